"""How a due date is written: the date and its basis, side by side; and how many are moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from committees import audit
from committees.models import AuditEntry, Region, User
from committees.parameters import value_for
from consultations.calendar import Basis
from consultations.models import Case, Suggestion, Task
from consultations.selectors.due_dates import Subject
from consultations.selectors.due_moves import Move
from consultations.services import history
from consultations.workflow.engine import Refused

BATCH = 200
WITH: dict[type[Subject], str] = {Task: "case__region", Case: "region", Suggestion: "region"}

# The unit of a rule by the end of its key; rules in calendar days are the exception.
IN_CALENDAR_DAYS = ("reconsult_days",)


def by_rule(region: Region, rule: str, *, start: dt.date) -> Basis:
    """Counted from `start` by the rule as it says in the place on that day."""
    count = value_for(region, rule, on=start)
    return Basis(Basis.RULE, start, count, unit_of(rule), rule)


def unit_of(rule: str) -> str:
    if rule.endswith("_months"):
        return Basis.MONTHS
    return Basis.DAYS if rule in IN_CALENDAR_DAYS else Basis.WORKING


def task_due(basis: Basis, *, named: dt.date | None = None) -> dict[str, Any]:
    """The columns of a task; `named` is the date where people named it."""
    return {"due_on": named or basis.due, "due_basis": basis.kept()}


def case_due(basis: Basis, *, named: dt.date | None = None) -> dict[str, Any]:
    """The same for the present stage of a case."""
    return {"stage_due_on": named or basis.due, "due_basis": basis.kept()}


def move_all(
    moves: Iterable[Move],
    action: str,
    *,
    by: User,
    role: str,
    facts: Mapping[str, Any],
    reason: str = "",
) -> None:
    """Move due dates, each with a line of history that says from when to when. Inside the
    transaction of the caller. Raises `Refused` where a date is another by now."""
    for batch in batched(moves, BATCH):
        found = _read(batch)
        for move in batch:
            subject = found.get((move.model, move.pk))
            if subject is None or not _move(move):
                raise Refused([_("A due date is another by now. Look at them once more.")])
            told = {**facts, "from": move.old.isoformat(), "to": move.new.isoformat()}
            _tell(subject, action, by=by, role=role, facts=told, reason=reason)


def batched(moves: Iterable[Move], size: int) -> Iterator[list[Move]]:
    waiting = iter(moves)
    while batch := list(islice(waiting, size)):
        yield batch


def _read(batch: list[Move]) -> dict[tuple[type[Subject], int], Subject]:
    """What the lines of history need of each record: one query for each kind."""
    found: dict[tuple[type[Subject], int], Subject] = {}
    for model in (Task, Case, Suggestion):
        keys = [move.pk for move in batch if move.model is model]
        rows = model._default_manager.select_related(WITH[model]) if keys else None
        found |= {(model, pk): row for pk, row in rows.in_bulk(keys).items()} if rows else {}
    return found


def _move(move: Move) -> int:
    """Over the date that was seen only; an open form learns of it by the version."""
    newer: dict[str, Any] = {"version": F("version") + 1}
    if move.model is Task:
        due = task_due(move.basis, named=move.new)
        return Task.objects.filter(pk=move.pk, due_on=move.old).update(**due, **newer)
    if move.model is Case:
        due = case_due(move.basis, named=move.new)
        return Case.objects.filter(pk=move.pk, stage_due_on=move.old).update(**due, **newer)
    waiting = Suggestion.objects.filter(pk=move.pk, answer_due_on=move.old)
    return waiting.update(answer_due_on=move.new)


def _tell(
    subject: Subject, action: str, *, by: User, role: str, facts: Mapping[str, Any], reason: str
) -> None:
    if isinstance(subject, Suggestion):
        audit.record(AuditEntry.Kind.RECORD, by=by, role=role, about=subject,
                     region=subject.region_id, facts={"act": action, **facts})  # fmt: skip
        return
    task = subject if isinstance(subject, Task) else None
    case = subject.case if isinstance(subject, Task) else subject
    stands = (task.state, task.state) if task else None
    history.line(
        case, action, by=by, role=role, task=task, moved=stands, facts=facts, reason=reason
    )
