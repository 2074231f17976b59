"""What became of a record and of the rows below it: which field, from what to what, by whom, when.

Read from the versions that are kept at every saving. What is sealed is never told.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext

from committees.models import (
    HandlingUnit,
    Member,
    Seat,
    Studio,
    StudioSeat,
    UnitContact,
    User,
)
from committees.partial_dates import PartialDate
from committees.sealed import IndexField, SealedCharField

SHOWN = 100
# The rows below a record that are told with it, and the column that points at it.
BELOW: dict[type[Model], tuple[type[Model], str]] = {
    HandlingUnit: (UnitContact, "unit"),
    Studio: (StudioSeat, "studio"),
    Member: (Seat, "member"),
}
UNTOLD = {"id", "pinyin", "origin", "citation", "password", "last_login"}


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One saving: `kind` is "+" for a new row, "~" for a change, "-" where it was taken out.

    `before_is_known` is False where the record is older than its versions.
    """

    at: dt.datetime
    by: User | None
    kind: str
    what: str
    fields: list[FieldChange]
    before_is_known: bool

    @property
    def word(self) -> str:
        return {"+": gettext("added"), "-": gettext("taken out")}.get(self.kind, gettext("changed"))


def history_of(record: Model) -> list[Change]:
    """The latest first: of the record itself, then of the rows below it. Bounded queries."""
    model = type(record)
    rows = _versions(model, id=record.pk)
    found = list(_changes(model, rows, hidden=set()))
    if model in BELOW:
        child, column = BELOW[model]
        below = _versions(child, **{column: record.pk})
        found += _changes(child, below, hidden={column})
    found.sort(key=lambda change: change.at, reverse=True)
    return found[:SHOWN]


def _versions(model: type[Any], **where: Any) -> list[Any]:
    rows = model.history.filter(**where).select_related("history_user")
    return list(rows.order_by("-history_date", "-history_id")[: SHOWN + 1])


def _changes(model: type[Any], rows: list[Any], *, hidden: set[str]) -> Iterator[Change]:
    fields = [f for f in model._meta.concrete_fields if _is_told(f) and f.name not in hidden]
    names = _names(fields, rows)
    for row, before in _with_the_one_before(rows):
        told = [
            FieldChange(str(f.verbose_name), _word(f, before, names), _word(f, row, names))
            for f in fields
            if _value(f, row) != _value(f, before)
        ]
        is_known = before is not None or row.history_type == "+"
        if told or row.history_type == "-":
            what = f"{model._meta.verbose_name} {row.name if hasattr(row, 'name') else ''}".strip()
            yield Change(row.history_date, row.history_user, row.history_type, what,
                         told if is_known else [], is_known)  # fmt: skip


def _is_told(field: Field[Any, Any]) -> bool:
    return field.name not in UNTOLD and not isinstance(field, SealedCharField | IndexField)


def _with_the_one_before(rows: Iterable[Any]) -> Iterator[tuple[Any, Any | None]]:
    """Each version with the one of the same row that it replaced."""
    by_row: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        by_row[row.id].append(row)
    for versions in by_row.values():
        yield from zip(versions, [*versions[1:], None], strict=True)


def _value(field: Field[Any, Any], row: Any | None) -> Any:
    """What stood there; nothing is None, however a column writes it."""
    value = getattr(row, field.attname) if row is not None else None
    return None if value == "" else value


def _names(fields: Iterable[Field[Any, Any]], rows: list[Any]) -> dict[type[Model], dict[Any, str]]:
    """The records that the versions point at, one query for each kind."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for field in fields:
        if isinstance(field, ForeignKey):
            wanted[field.related_model] |= {getattr(row, field.attname) for row in rows} - {None}
    return {
        model: {record.pk: str(record) for record in model._default_manager.filter(pk__in=keys)}
        for model, keys in wanted.items()
        if keys
    }


def _word(field: Field[Any, Any], row: Any | None, names: dict[type[Model], dict[Any, str]]) -> str:
    value = _value(field, row)
    if value is None:
        return "—"
    if isinstance(field, ForeignKey):
        return names.get(field.related_model, {}).get(value, str(value))
    if isinstance(value, dt.date):
        return str(PartialDate.parse(value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(dict(field.flatchoices).get(value, value))
