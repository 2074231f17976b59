"""Which running due dates another calendar or another rule would move."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from committees.models import RoleGrant, User
from consultations import calendar
from consultations.calendar import Basis, Table
from consultations.models import Case, Suggestion, Task
from consultations.selectors.cases import cases_for, suggestions_for, tasks_for
from consultations.selectors.due_dates import Subject
from consultations.workflow.cases import OPEN
from consultations.workflow.tasks import TaskState

# The states in which somebody still owes what is due on the date; a suspended clock goes on later.
OWED = (
    TaskState.DISPATCHED, TaskState.RETURN_REQUESTED, TaskState.HANDLING, TaskState.SUSPENDED,
    TaskState.REPLIED,
)  # fmt: skip
SHOWN = 100


@dataclass(frozen=True)
class Move:
    """A due date that becomes another; `model` is the class of the record."""

    model: type[Subject]
    pk: int
    old: dt.date
    new: dt.date
    basis: Basis


def digest(moves: Iterable[Move]) -> str:
    """The same for the same moves: whether what is confirmed is what was shown."""
    told = hashlib.sha256()
    for move in moves:
        told.update(f"{move.model.__name__}:{move.pk}:{move.old}:{move.new};".encode())
    return told.hexdigest()[:32]


def changed_days(before: Table, after: Table) -> list[dt.date]:
    """The days that are worked by one table and off by the other."""
    found = set()
    for year in {*before.years, *after.years}:
        for days in (before.of(year), after.of(year)):
            found |= {day for day in (*days.off, *days.worked)
                      if before.works(day) != after.works(day)}  # fmt: skip
    return sorted(found)


@dataclass(frozen=True)
class Running:
    """A running due date that was counted, in the region with this code."""

    model: type[Subject]
    pk: int
    due: dt.date
    basis: Basis
    region: str


def calendar_moves(before: Table, after: Table) -> list[Move]:
    """The running due dates that the change moves. What is not due by the first of the two stays:
    somebody named it."""
    days = changed_days(before, after)
    if not days:
        return []
    by = _Both(before, after)
    return [
        Move(one.model, one.pk, one.due, new, one.basis)
        for one in _running(since=days[0])
        if (new := by.moved(one.due, one.basis)) is not None
    ]


class _Both:
    """Counts by two tables; many due dates share their start and rule."""

    def __init__(self, before: Table, after: Table) -> None:
        self.before, self.after = before, after
        self.known: dict[Basis, tuple[dt.date | None, dt.date | None]] = {}

    def moved(self, due: dt.date, basis: Basis) -> dt.date | None:
        if basis not in self.known:
            with calendar.supposing(self.before):
                old = basis.due
            with calendar.supposing(self.after):
                self.known[basis] = old, basis.due
        old, new = self.known[basis]
        return new if old == due and new != old else None


def _running(*, since: dt.date) -> Iterator[Running]:
    """Every running due date from a day on, of each kind the earliest first."""
    yield from _tasks(Task.objects.filter(due_on__gte=since))
    yield from _cases(Case.objects.filter(stage_due_on__gte=since))
    yield from _suggestions(Suggestion.objects.filter(answer_due_on__gte=since))


def _suggestions(suggestions: QuerySet[Suggestion]) -> Iterator[Running]:
    owed = suggestions.filter(state=Suggestion.State.RECEIVED, due_basis__isnull=False)
    columns = ("pk", "answer_due_on", "due_basis", "region_id")
    rows = owed.order_by("answer_due_on", "pk").values_list(*columns)
    yield from _counted(Suggestion, rows.iterator())


def _tasks(tasks: QuerySet[Task]) -> Iterator[Running]:
    owed = tasks.filter(state__in=OWED, due_basis__isnull=False).order_by("due_on", "pk")
    columns = ("pk", "due_on", "due_basis", "case__region_id")
    yield from _counted(Task, owed.values_list(*columns).iterator())


def _cases(cases: QuerySet[Case]) -> Iterator[Running]:
    owed = cases.filter(stage__in=OPEN, due_basis__isnull=False).order_by("stage_due_on", "pk")
    columns = ("pk", "stage_due_on", "due_basis", "region_id")
    yield from _counted(Case, owed.values_list(*columns).iterator())


def _counted(model: type[Subject], rows: Iterable[tuple[Any, ...]]) -> Iterator[Running]:
    for pk, due, kept, region in rows:
        basis = Basis.read(kept)
        if due is not None and basis is not None and basis.count is not None:
            yield Running(model, pk, due, basis, region)


def begun_by_rule(
    rule: str,
    *,
    tasks: QuerySet[Task],
    cases: QuerySet[Case],
    suggestions: QuerySet[Suggestion],
) -> Iterator[Running]:
    """The running due dates, of these records, that were counted by a rule."""
    yield from _tasks(tasks.filter(due_basis__rule=rule))
    yield from _cases(cases.filter(due_basis__rule=rule))
    yield from _suggestions(suggestions.filter(due_basis__rule=rule))


def rule_moves(running: Iterable[Running], *, value_in: Callable[[str], int]) -> list[Move]:
    """What is due on another day by the value that `value_in` gives for the code of a region."""
    found = []
    for one in running:
        basis = replace(one.basis, count=value_in(one.region))
        if basis != one.basis and (new := basis.due) is not None and new != one.due:
            found.append(Move(one.model, one.pk, one.due, new, basis))
    return found


@dataclass(frozen=True)
class MoveLine:
    """A move as it is shown; without its subject to somebody who does not see the matter."""

    move: Move
    subject: Subject | None

    @property
    def is_task(self) -> bool:
        return self.move.model is Task

    @property
    def is_case(self) -> bool:
        return self.move.model is Case

    @property
    def is_provisional(self) -> bool:
        return calendar.is_provisional(self.move.new.year)


def move_lines(
    moves: list[Move], user: User, *, grants: Iterable[RoleGrant] | None = None
) -> list[MoveLine]:
    """The first of them, each with its record where the viewer may see it: three queries at most."""
    shown = moves[:SHOWN]
    held = None if grants is None else list(grants)
    rows: dict[type[Subject], QuerySet[Any]] = {
        Task: tasks_for(user, grants=held).select_related("case", "unit"),
        Case: cases_for(user, grants=held),
        Suggestion: suggestions_for(user, grants=held),
    }
    seen = {
        model: found.in_bulk([move.pk for move in shown if move.model is model])
        for model, found in rows.items()
    }
    return [MoveLine(move, seen[move.model].get(move.pk)) for move in shown]
