"""How a due date is written: the date and its basis, side by side; and how many are moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit
from committees.models import AuditEntry, Region, User
from committees.parameters import value_for
from consultations.calendar import Basis
from consultations.models import Case, Event, Suggestion, Task
from consultations.selectors.due_dates import Subject, unit_of
from consultations.selectors.due_moves import Move
from consultations.services import history
from consultations.services.history import Told
from consultations.services.moved_dates import Concerned
from consultations.workflow.engine import Refused

BATCH = 500
WITH: dict[type[Subject], str] = {Task: "case__region", Case: "region", Suggestion: "region"}


def by_rule(region: Region, rule: str, *, start: dt.date) -> Basis:
    """Counted from `start` by the rule as it says in the place on that day."""
    count = value_for(region, rule, on=start)
    return Basis(Basis.RULE, start, count, unit_of(rule), rule)


def task_due(basis: Basis, *, named: dt.date | None = None) -> dict[str, Any]:
    """The columns of a task; `named` is the date where people named it."""
    return {"due_on": named or basis.due, "due_basis": basis.kept()}


def case_due(basis: Basis, *, named: dt.date | None = None) -> dict[str, Any]:
    """The same for the present stage of a case."""
    return {"stage_due_on": named or basis.due, "due_basis": basis.kept()}


def answer_due(basis: Basis, *, named: dt.date | None = None) -> dict[str, Any]:
    """The same for the first answer to a suggestion."""
    return {"answer_due_on": named or basis.due, "due_basis": basis.kept()}


def move_all(
    moves: Iterable[Move],
    action: str,
    *,
    by: User,
    role: str,
    facts: Mapping[str, Any],
    reason: str = "",
) -> None:
    """Move due dates, each with a line of history that says from when to when; who is concerned is
    told once of all of them. Inside the transaction of the caller. Raises `Refused` where a date is another by now."""
    concerned, first = Concerned(), None
    for batch in batched(moves, BATCH):
        found = _read(batch)
        if _write(batch) != len(batch) or len(found) != len(batch):
            raise Refused([_("A due date is another by now. Look at them once more.")])
        told = [(found[move.model, move.pk], {**facts, **_days(move)}) for move in batch]
        lines = _tell(told, action, by=by, role=role, reason=reason)
        first = first or next(iter(lines), None)
        concerned.add(line.task or line.case for line in lines)
    if first is not None:
        concerned.tell(first)


def _days(move: Move) -> dict[str, str]:
    return {"from": move.old.isoformat(), "to": move.new.isoformat()}


def batched(moves: Iterable[Move], size: int) -> Iterator[list[Move]]:
    waiting = iter(moves)
    while batch := list(islice(waiting, size)):
        yield batch


def _read(batch: list[Move]) -> dict[tuple[type[Subject], int], Subject]:
    """What the lines of history need of each record: one query for each kind."""
    found: dict[tuple[type[Subject], int], Subject] = {}
    for model in (Task, Case, Suggestion):
        if keys := [move.pk for move in batch if move.model is model]:
            rows = model._default_manager.select_related(WITH[model]).in_bulk(keys)
            found |= {(model, pk): row for pk, row in rows.items()}
    return found


def _write(batch: list[Move]) -> int:
    """How many were written: over the dates that were seen only. What moves alike is written at
    once; an open form learns of it by the version."""
    alike: dict[tuple[type[Subject], dt.date, dt.date, Basis], list[int]] = {}
    for move in batch:
        alike.setdefault((move.model, move.old, move.new, move.basis), []).append(move.pk)
    return sum(_write_alike(*key, pks=pks) for key, pks in alike.items())


def _write_alike(
    model: type[Subject], old: dt.date, new: dt.date, basis: Basis, *, pks: list[int]
) -> int:
    newer: dict[str, Any] = {"version": F("version") + 1}
    if model is Task:
        due = task_due(basis, named=new)
        return Task.objects.filter(pk__in=pks, due_on=old).update(**due, **newer)
    if model is Case:
        due = case_due(basis, named=new)
        return Case.objects.filter(pk__in=pks, stage_due_on=old).update(**due, **newer)
    waiting = Suggestion.objects.filter(pk__in=pks, answer_due_on=old)
    return waiting.update(**answer_due(basis, named=new))


def _tell(
    told: list[tuple[Subject, dict[str, Any]]], action: str, *, by: User, role: str, reason: str
) -> list[Event]:
    """A line of history for each; a suggestion has none, so the audit log tells of it."""
    today, lines, rows = timezone.localdate(), [], []
    for subject, facts in told:
        if isinstance(subject, Suggestion):
            rows.append((subject, subject.region_id, {"act": action, **facts}))
        else:
            lines.append(Told(subject, action, facts, today))
    audit.record_many(AuditEntry.Kind.RECORD, rows, by=by, role=role)
    return history.at_once(lines, by=by, role=role, reason=reason)
