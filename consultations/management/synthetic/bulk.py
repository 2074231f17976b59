"""Rows straight into a table: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

BATCH = 20_000


class Table:
    """Collects rows of one model and writes them in batches, keys included.

    `names` are the attribute names a row gives, the key first; every other column takes the
    default of its field. No signals, no history rows, no `save`.
    """

    def __init__(self, model: type[models.Model], *names: str) -> None:
        self.model = model
        fields = {field.attname: field for field in model._meta.concrete_fields}
        given = [fields.pop(name) for name in names]
        self.constants = [f.get_db_prep_save(f.get_default(), connection) for f in fields.values()]
        self.columns = [field.column for field in (*given, *fields.values())]
        self.conversions = [(n, c) for n, f in enumerate(given) if (c := _conversion(f))]
        self.next_key = (model._default_manager.aggregate(top=models.Max("pk"))["top"] or 0) + 1
        self.rows: list[list[Any]] = []

    def add(self, *values: Any) -> int:
        """Add a row without its key; the key it will have."""
        key, self.next_key = self.next_key, self.next_key + 1
        self.put(key, *values)
        return key

    def put(self, *values: Any) -> None:
        """Add a row that brings its key."""
        row = [*values, *self.constants]
        for place, convert in self.conversions:
            if row[place] is not None:
                row[place] = convert(row[place])
        self.rows.append(row)

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= BATCH

    def write(self) -> None:
        names = ", ".join(map(connection.ops.quote_name, self.columns))
        table = connection.ops.quote_name(self.model._meta.db_table)
        WRITE[connection.vendor](f"{table} ({names})", len(self.columns), self.rows)
        self.rows = []


def write(tables: Iterable[Table], *, only_full: bool = False) -> None:
    """Write what the tables collected, in their order, so that keys exist before they are named."""
    if not only_full or any(table.is_full for table in tables):
        for table in tables:
            table.write()


def finish(tables: Iterable[Table]) -> None:
    """Let the sequences go on after the given keys, and the planner know the new sizes."""
    for statement in connection.ops.sequence_reset_sql(no_style(), [t.model for t in tables]):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(target: str, width: int, rows: list[list[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(target: str, width: int, rows: list[list[Any]]) -> None:
    places = ", ".join(["%s"] * width)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {target} VALUES ({places})", rows)  # noqa: S608  own names


WRITE = {"postgresql": _copy, "sqlite": _insert}


def _conversion(field: models.Field) -> Callable[[Any], Any] | None:
    """What a value needs on the way to the column; most need nothing."""
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    return None
