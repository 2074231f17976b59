"""What was changed in the typed fields of a case and of what hangs on it: before, after, by whom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import DateTimeField, Field, ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import User
from consultations.models import AgreedItem, Case, Commitment, Meeting, Reply, Task
from consultations.selectors.compared import Piece, pieces

SHOWN = 50
ROWS = 200  # versions of a part that are looked through, the newest
# What steps write, and what only ties the records together.
HIDDEN = {
    "prefecture_code", "county_code", "stage", "stage_since", "stage_due_on", "version",
    "steps_recorded", "listed_at", "updated_at", "is_public", "published_at", "restricted_at",
    "rounds", "compiled_by", "summary_by", "created_by", "created_at", "review_on", "id", "case",
    "item", "task", "meeting", "citation", "origin", "state", "state_since", "status", "round",
    "bounces", "first_dispatched_on", "dispatched_on", "signed_on", "accepted_by_lapse",
    "answered_on", "verified_on", "look_back_on", "suspended_until", "last_progress_on",
    "false_completions", "times_postponed", "confirmed_at", "settled_by", "checked_by",
    "drafted_by", "signed_by", "decided_by", "accepted", "due_basis", "relapses", "asleep_since",
    "anonymised_at", "term", "contacted_on", "flags", "waits_since",
}  # fmt: skip
# The parts of a record: what they are called, their model, and the way from a version to its case.
PARTS: dict[str, tuple[Any, type[Model], str]] = {
    "case": (_("topic"), Case, "id"),
    "meeting": (_("meeting record"), Meeting, "case"),
    "item": (_("agreed items"), AgreedItem, "case"),
    "task": (_("tasks"), Task, "case"),
    "promise": (_("commitments"), Commitment, "item__case"),
    "reply": (_("replies"), Reply, "task__case"),
}


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str
    name: str = ""

    @property
    def both(self) -> tuple[list[Piece], list[Piece]]:
        """Before and after, cut where they differ."""
        return pieces(self.old, self.new)


@dataclass(frozen=True)
class Change:
    """One saving that changed something. `about` names the record within its part."""

    at: dt.datetime
    by: User | None
    fields: list[FieldChange]
    part: Any = ""
    about: str = ""


@dataclass(frozen=True)
class Version:
    """How a part of a record stood from a moment on."""

    key: int
    at: dt.datetime
    by: User | None


def changes(case: Case, *, part: str = "", field: str = "") -> list[Change]:
    """The latest first, of one part or of all, of one field or of all. Each part costs one query
    for its versions, and one for each kind of record they point at."""
    found = [
        change
        for key in ([part] if part in PARTS else PARTS)
        for change in _of_part(case, key, field)
    ]
    return sorted(found, key=lambda change: change.at, reverse=True)[:SHOWN]


def field_choices() -> list[tuple[str, str]]:
    """(name, label) of every field that may have changed, each name once."""
    found: dict[str, str] = {}
    for _label, model, _path in PARTS.values():
        for field in _fields(model):
            found.setdefault(field.name, str(field.verbose_name))
    return sorted(found.items(), key=lambda row: row[1])


def versions(case: Case) -> list[Version]:
    """The versions of the topic itself, the newest first."""
    rows = case.history.select_related("history_user").order_by("-history_date", "-history_id")
    return [Version(row.history_id, row.history_date, row.history_user) for row in rows[:SHOWN]]


def compared(case: Case, old: int, new: int) -> list[FieldChange]:
    """Every field of two versions of the topic side by side; [] where one is not the case's own."""
    rows = {row.history_id: row for row in case.history.filter(history_id__in=(old, new))}
    if {old, new} - rows.keys():
        return []
    names = _names(Case, rows.values())
    return [_change(field, rows[old], rows[new], names) for field in _fields(Case)]


def _of_part(case: Case, key: str, field: str) -> list[Change]:
    label, model, path = PARTS[key]
    rows = _rounds(case) if model is Reply else _history(model, path, case)
    by_record: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_record[row.task_id if model is Reply else row.id].append(row)
    names = _names(model, rows)
    fields = [f for f in _fields(model) if not field or f.name == field]
    found = []
    for new, old in (pair for mine in by_record.values() for pair in pairwise(mine)):
        changed = [
            _change(f, old, new, names)
            for f in fields
            if getattr(old, f.attname) != getattr(new, f.attname)
        ]
        if changed:
            about = "" if model is Case else str(_record(model, new))
            found.append(Change(new.history_date, new.history_user, changed, label, about))
    return found


def _history(model: Any, path: str, case: Case) -> list[Any]:
    rows = model.history.filter(**{path: case.pk}).select_related("history_user")
    return list(rows.order_by("-history_date", "-history_id")[:ROWS])


def _rounds(case: Case) -> list[Any]:
    """Replies keep no versions: each round has a reply of its own, compared with the one before."""
    rows = Reply.objects.filter(task__case=case).select_related("drafted_by", "signed_by", "task")
    found: list[Any] = list(rows.order_by("-pk")[:ROWS])
    for row in found:
        day = row.signed_on or timezone.localdate()
        row.history_date = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
        row.history_user = row.signed_by or row.drafted_by
    return found


def _record(model: type[Model], row: Any) -> str:
    """What the record is called, from the version alone."""
    if model is Meeting:
        return row.name or str(row.round)
    if model is Reply:
        return str(row.task)
    return str(getattr(row, "text", "") or getattr(row, "title", ""))


def _fields(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if field.name not in HIDDEN]


def _change(
    field: Field, old: Any, new: Any, names: dict[type[Model], dict[Any, str]]
) -> FieldChange:
    before, after = _word(field, old, names), _word(field, new, names)
    return FieldChange(str(field.verbose_name), before, after, field.name)


def _names(model: type[Model], rows: Iterable[Any]) -> dict[type[Model], dict[Any, str]]:
    """The records that the rows point at, one query for each kind."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for field in _fields(model):
        if isinstance(field, ForeignKey):
            keys = {getattr(row, field.attname) for row in rows} - {None}
            wanted[field.related_model] |= keys
    return {
        kind: {record.pk: str(record) for record in kind._default_manager.filter(pk__in=keys)}
        for kind, keys in wanted.items()
        if keys
    }


def _word(field: Field, row: Any, names: dict[type[Model], dict[Any, str]]) -> str:
    value = getattr(row, field.attname)
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(field, ForeignKey):
        return names.get(field.related_model, {}).get(value, str(value))
    if isinstance(field, DateTimeField):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return str(dict(field.flatchoices).get(value, value))
