"""The rows of many tables about one record by one statement, as JSON lists.

The statement is made once and kept: composing eighteen subqueries anew took 40 ms of Python for
each page, running them takes less than one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db import connection
from django.db.models import JSONField, Model, QuerySet, Subquery
from django.db.models.functions import JSONObject

LARGEST = 2**63 - 1  # a key the database can be asked for


class JSONRows(Subquery):
    """The rows of a correlated queryset in its order, as a list of objects; [] for none.

    Names stand for themselves, `alias="path__to__field"` for a value of a related row. The values
    are those of JSON: `as_models` makes dates and decimals of them again.
    """

    template = "(SELECT json_group_array(json(_rows._row)) FROM (%(subquery)s) _rows)"

    def __init__(self, rows: QuerySet, *names: str, **aliased: Any) -> None:
        fields = {name: name for name in names} | aliased
        super().__init__(rows.values(_row=JSONObject(**fields)), output_field=JSONField())

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT COALESCE(jsonb_agg(_rows._row), '[]') FROM (%(subquery)s) _rows)"
        return self.as_sql(compiler, connection, template=template, **context)


class Bundle:
    """Named `JSONRows` of one of some records. `of(pk)` runs them all; {} where it is not there.

    `records` and `build` are called once for each kind of database, and must not depend on
    anything but that.
    """

    PLACE = -(2**40)  # stands for the key in the kept statement; no other parameter is like it

    def __init__(
        self, records: Callable[[], QuerySet], build: Callable[[], dict[str, JSONRows]]
    ) -> None:
        self.records, self.build = records, build
        self.kept: dict[str, tuple[list[str], str, tuple[Any, ...]]] = {}

    def of(self, pk: int) -> dict[str, list[dict[str, Any]]]:
        if pk > LARGEST:
            return {}
        names, sql, params = self._statement()
        with connection.cursor() as cursor:
            cursor.execute(sql, [pk if value == self.PLACE else value for value in params])
            row = cursor.fetchone()
        return {name: json.loads(text) for name, text in zip(names, row or (), strict=False)}

    def _statement(self) -> tuple[list[str], str, tuple[Any, ...]]:
        if connection.vendor not in self.kept:
            parts = self.build()
            rows = self.records().filter(pk=self.PLACE).order_by().values_list(*parts.values())
            self.kept[connection.vendor] = (list(parts), *rows.query.sql_with_params())
        return self.kept[connection.vendor]


M = TypeVar("M", bound=Model)


def as_models(model: type[M], rows: Iterable[Mapping[str, Any]]) -> list[M]:
    """Instances that only know these values; names that are no column become plain attributes."""
    columns = {field.attname: field for field in model._meta.concrete_fields}
    found = []
    for row in rows:
        known = {name: _value(columns[name], row[name]) for name in row if name in columns}
        instance = model(**known)
        for name in row.keys() - columns.keys():
            setattr(instance, name, row[name])
        found.append(instance)
    return found


def _value(column: Any, value: Any) -> Any:
    """A value of JSON as the column holds it. SQLite writes moments in UTC without saying so, and
    JSON within JSON as text."""
    if isinstance(column, JSONField) and isinstance(value, str):
        return json.loads(value)
    found = column.to_python(value)
    if isinstance(found, dt.datetime) and found.tzinfo is None:
        return found.replace(tzinfo=dt.UTC)
    return found
