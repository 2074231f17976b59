"""The clock of a task: how long each unit had it, and how long the whole took, in working days.

Derived from the history, nothing of it is stored. A day belongs to whoever had the task at its end.

- The unit's clock runs from the hand-over until the unit's answer: while the task waits to be
  signed for or is handled, and also while a return is asked for, for the unit keeps it until the
  office says otherwise; how many of these days it waited for that is told apart (`waited`), and
  none of them counts as overdue. A request to return that is not granted, an extension and an acceptance by
  lapse change nothing of the clock; an extension moves the due date only.
- It is paused while the task is suspended, until it is resumed, also beyond the day that was named:
  only the office ends a suspension, and the light says that it has run out.
- The days in which a reply is looked at by the office, and those until somebody found out that an
  answer was not true, are nobody's in the unit. They count in the whole.
- Handed to another unit, a new spell begins; the whole runs on.
- A task that ended rests. Taken up again it begins a new spell in a new round, and what it rested
  counts nowhere.
- Who assists has a clock of its own, until its opinion is given.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils import timezone

from consultations import calendar
from consultations.models import Event, Task
from consultations.workflow.tasks import TASKS, TaskState


class Kind(Enum):
    """Whose the days in a state are."""

    UNIT = "unit"
    WAITING = "waiting"
    PAUSED = "paused"
    OFFICE = "office"
    LOOKED_AT = "looked_at"
    REST = "rest"


T = TaskState
KIND_OF: dict[str, Kind] = {
    T.DISPATCHED: Kind.UNIT,
    T.RETURN_REQUESTED: Kind.WAITING,
    T.HANDLING: Kind.UNIT,
    T.SUSPENDED: Kind.PAUSED,
    T.REPLIED: Kind.OFFICE,
    T.ANSWERED: Kind.LOOKED_AT,
}
# The steps that move a task; those that hand it to another unit say from which.
TELLING = tuple(dict.fromkeys(row.action for row in TASKS if row.targets))
TO_ANOTHER_UNIT = ("reassign", "move_unit")
BEGINNING = (*TO_ANOTHER_UNIT, "reopen")


@dataclass(frozen=True)
class Move:
    """A step that changed whose days they are; `left` is the unit that a task was taken from."""

    action: str
    state: str
    on: dt.date
    left: str = ""


@dataclass
class Spell:
    """One unit's time with the task in one round, in working days."""

    round: int
    began_on: dt.date
    unit: str = ""
    until: dt.date | None = None
    used: int = 0
    waited: int = 0
    paused: int = 0
    elsewhere: int = 0


@dataclass(frozen=True)
class Clock:
    """The spells in their order; `total` runs from the first hand-over to the end, without rests."""

    spells: list[Spell] = field(default_factory=list)
    total: int = 0
    is_running: bool = False

    @property
    def rounds(self) -> int:
        return self.spells[-1].round if self.spells else 0

    @property
    def pauses(self) -> int:
        return sum(spell.paused + spell.elsewhere for spell in self.spells)


@dataclass(frozen=True)
class _Stretch:
    move: Move
    kind: Kind
    until: dt.date | None

    def days(self, on: dt.date) -> int:
        return calendar.working_days_between(self.move.on, self.until or on)


def clocks_of(
    tasks: Sequence[Task],
    *,
    on: dt.date | None = None,
    events: Iterable[Event] | None = None,
) -> dict[int, Clock]:
    """The clocks of some tasks by one statement; by none where their whole history was read."""
    moves = moves_of(tasks) if events is None else moves_in(events)
    return {task.pk: clock_of(task, moves[task.pk], on=on) for task in tasks}


def moves_of(tasks: Iterable[Task]) -> dict[int, list[Move]]:
    found: dict[int, list[Move]] = defaultdict(list)
    keys = [task.pk for task in tasks if task.first_dispatched_on]
    if not keys:
        return found
    rows = Event.objects.filter(task__in=keys, action__in=TELLING).order_by("at", "pk")
    for key, action, state, at, data in rows.values_list(
        "task_id", "action", "to_stage", "at", "data"
    ):
        found[key].append(move(action, state, at, str(data.get("from", ""))))
    return found


def moves_in(events: Iterable[Event]) -> dict[int, list[Move]]:
    """The same out of lines of history, in order of time."""
    found: dict[int, list[Move]] = defaultdict(list)
    for event in events:
        if event.task_id and event.action in TELLING:
            left = event.data.get("from", "")
            found[event.task_id].append(move(event.action, event.to_stage, event.at, left))
    return found


def never_began(task: Task) -> bool:
    """Nothing was handed over yet, or was cancelled before: no clock ran that could have ended."""
    return task.first_dispatched_on is None and task.state in (T.DRAFTED, T.CANCELLED)


def move(action: str, state: str, at: dt.datetime, left: Any) -> Move:
    taken = str(left or "") if action in TO_ANOTHER_UNIT else ""
    return Move(action, state, timezone.localdate(at), taken)


def clock_of(
    task: Task, moves: Sequence[Move], *, on: dt.date | None = None, unit: str | None = None
) -> Clock:
    """From the moves of a task in order of time; `unit` spares looking up what its unit is called."""
    today = on or timezone.localdate()
    whole = _whole(task, moves)
    if not whole:
        return Clock()
    stretches = _stretches(task, whole)
    spells = _spells(stretches, today)
    _name(spells, stretches, task.unit_name if unit is None else unit)
    ended = stretches[-1].kind is Kind.REST
    last = next((s.move.on for s in _trailing(stretches)), None)
    rests = sum(s.days(today) for s in stretches if s.kind is Kind.REST and s.until)
    rests -= sum(s.days(today) for s in _trailing(stretches) if s.until)
    first = stretches[0].move.on
    return Clock(spells, calendar.working_days_between(first, last or today) - rests, not ended)


def _whole(task: Task, moves: Sequence[Move]) -> list[Move]:
    """The moves, and where the history does not lead to where the task stands, what the row says."""
    found = list(moves)
    if not found and task.first_dispatched_on:
        found.append(Move("dispatch", T.DISPATCHED, task.first_dispatched_on))
    if found and _kind(task, found[-1].state) is not _kind(task, task.state):
        day = max(found[-1].on, timezone.localdate(task.state_since))
        found.append(Move("", task.state, day))
    return found


def _kind(task: Task, state: str) -> Kind:
    if task.is_assist and state == T.ANSWERED:
        return Kind.REST
    return KIND_OF.get(state, Kind.REST)


def _stretches(task: Task, moves: list[Move]) -> list[_Stretch]:
    """Each move until the next. Looking at an answer is no part of the clock where it came to an
    end, or has not yet sent the task back."""
    kinds = [_kind(task, move.state) for move in moves]
    for place in reversed(range(len(kinds))):
        after = kinds[place + 1] if place + 1 < len(kinds) else Kind.REST
        if kinds[place] is Kind.LOOKED_AT and after is Kind.REST:
            kinds[place] = Kind.REST
    for place in range(1, len(kinds)):
        if kinds[place] is Kind.LOOKED_AT and kinds[place - 1] is Kind.REST:
            kinds[place] = Kind.REST
    ends = [*(move.on for move in moves[1:]), None]
    return [_Stretch(*row) for row in zip(moves, kinds, ends, strict=True)]


def _trailing(stretches: list[_Stretch]) -> list[_Stretch]:
    """The rest in which the task lies now."""
    found: list[_Stretch] = []
    for stretch in reversed(stretches):
        if stretch.kind is not Kind.REST:
            break
        found.insert(0, stretch)
    return found


def _spells(stretches: list[_Stretch], today: dt.date) -> list[Spell]:
    spells: list[Spell] = []
    for stretch in stretches:
        action, day = stretch.move.action, stretch.move.on
        if not spells or action in BEGINNING:
            if spells:
                spells[-1].until = spells[-1].until or day
            again = bool(spells) and action == "reopen"
            spells.append(Spell(spells[-1].round + again if spells else 1, day))
        _count(spells[-1], stretch, today)
    return spells


def _count(spell: Spell, stretch: _Stretch, today: dt.date) -> None:
    days = stretch.days(today)
    if stretch.kind is Kind.REST:
        spell.until = spell.until or stretch.move.on
        return
    spell.until = None
    if stretch.kind in (Kind.UNIT, Kind.WAITING):
        spell.used += days
        spell.waited += days if stretch.kind is Kind.WAITING else 0
    elif stretch.kind is Kind.PAUSED:
        spell.paused += days
    else:
        spell.elsewhere += days


def _name(spells: list[Spell], stretches: list[_Stretch], last: str) -> None:
    """Each spell by the unit that it was taken from; what was not taken is the present unit's."""
    begun = [s.move for s in stretches[1:] if s.move.action in BEGINNING]
    for place, spell in enumerate(spells):
        taken = (move.left for move in begun[place:] if move.left)
        spell.unit = next(taken, last)
