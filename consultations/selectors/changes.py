"""What was changed in the typed fields of a case: before, after, by whom, when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Field, ForeignKey, Model

from committees.models import User
from consultations.models import Case

SHOWN = 50
HIDDEN = {
    "prefecture_code", "county_code", "stage", "stage_since", "stage_due_on", "version",
    "steps_recorded", "listed_at", "updated_at", "is_public", "published_at", "restricted_at",
    "rounds", "compiled_by", "summary_by", "created_by", "created_at", "review_on",
}  # fmt: skip


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One saving of the record that changed something."""

    at: dt.datetime
    by: User | None
    fields: list[FieldChange]


def changes(case: Case) -> list[Change]:
    """The latest changes first. A few queries: the rows, and the records they point at."""
    rows = list(
        case.history.select_related("history_user").order_by("-history_date", "-history_id")[
            : SHOWN + 1
        ]
    )
    pairs = list(pairwise(rows))
    names = _names(rows)
    found = []
    for new, old in pairs:
        fields = [
            FieldChange(str(field.verbose_name), _word(field, old, names), _word(field, new, names))
            for field in _fields()
            if getattr(old, field.attname) != getattr(new, field.attname)
        ]
        if fields:
            found.append(Change(new.history_date, new.history_user, fields))
    return found


def _fields() -> list[Field]:
    return [field for field in Case._meta.concrete_fields if field.name not in HIDDEN]


def _names(rows: list[Any]) -> dict[type[Model], dict[Any, str]]:
    """The records that the rows point at, one query for each kind."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for field in _fields():
        if isinstance(field, ForeignKey):
            keys = {getattr(row, field.attname) for row in rows} - {None}
            wanted[field.related_model] |= keys
    return {
        model: {record.pk: str(record) for record in model._default_manager.filter(pk__in=keys)}
        for model, keys in wanted.items()
        if keys
    }


def _word(field: Field, row: Any, names: dict[type[Model], dict[Any, str]]) -> str:
    value = getattr(row, field.attname)
    if value in (None, ""):
        return "—"
    if isinstance(field, ForeignKey):
        return names.get(field.related_model, {}).get(value, str(value))
    return str(dict(field.flatchoices).get(value, value))
