"""How hand-overs were taken up: the letters, what nobody signed for, what a filing would hand over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from committees.models import HandlingUnit, RoleGrant, User
from committees.parameters import value_for
from consultations import calendar
from consultations.models import Case, Handover, HandoverLetter, Task
from consultations.selectors.cases import tasks_for
from consultations.selectors.keyset import Page, page_of
from consultations.selectors.proposed import DueDates
from consultations.selectors.unit_tasks import DayOrder
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import DISPATCHERS, TaskState

ON_A_PAGE = 50
BY_DUE = DayOrder("due_on")


@dataclass(frozen=True)
class Planned:
    """One letter as a filing of today would write it: the unit, and its tasks with their dates."""

    unit: HandlingUnit
    tasks: list[tuple[Task, dt.date]]


def not_taken_up(user: User, wanted: Mapping[str, str], *, grants: Iterable[RoleGrant]) -> Page:
    """Handed over and not signed for, in the reach of the dispatch office; the earliest due first."""
    own = [grant for grant in grants if grant.role in DISPATCHERS]
    rows = tasks_for(user, grants=own).filter(
        state=TaskState.DISPATCHED, case__stage=Stage.HANDLING, due_on__isnull=False
    )
    open_ones = Handover.objects.filter(ended_on=None).select_related("letter", "seen_by")
    rows = rows.select_related("unit", "case__region").prefetch_related(
        Prefetch("handovers", open_ones, to_attr="open_handovers")
    )
    return page_of(rows, wanted, size=ON_A_PAGE, order=BY_DUE)


def sign_by(tasks: Iterable[Task]) -> dict[int, dt.date | None]:
    """Until when each is to be signed for; the rule of a place is read once."""
    days: dict[str, int] = {}
    found: dict[int, dt.date | None] = {}
    for task in tasks:
        place = task.case.region
        if place.pk not in days:
            days[place.pk] = value_for(place, "sign_for_days")
        start = task.dispatched_on
        found[task.pk] = start and calendar.add_working_days(start, days[place.pk])
    return found


def handovers_of(task: Task) -> list[Handover]:
    """Every hand-over of a task in order, with its letter."""
    return list(task.handovers.select_related("letter", "unit", "seen_by").order_by("pk"))


def letter_of(task: Task) -> HandoverLetter | None:
    """The letter by which the task came to the unit that has it now."""
    latest = task.handovers.filter(unit=task.unit_id).select_related(
        "letter__unit", "letter__case__region", "letter__case__committee"
    )
    found = latest.order_by("-pk").first()
    return found.letter if found else None


def lines_of(letter: HandoverLetter) -> list[Handover]:
    """The tasks that the letter names, as they stood in it."""
    rows = letter.lines.select_related("task__item", "task__lead__unit", "unit")
    return list(rows.order_by("task__item__number", "task__number", "pk"))


def planned_letters(case: Case) -> list[Planned]:
    """What filing the case today would hand over, by unit, in the order of the numbers."""
    rows = case.tasks.filter(state=TaskState.DRAFTED, unit__isnull=False)
    rows = rows.select_related("unit", "item").order_by("item__number", "number", "pk")
    due = DueDates(case, filed_today=True)
    found: dict[int, Planned] = {}
    for task in rows:
        if task.unit is None:
            continue
        agreed = task.due_on or (None if task.is_assist else task.item.due_on)
        letter = found.setdefault(task.unit.pk, Planned(task.unit, []))
        usual = due.opinion if task.is_assist else due.paced(task.pace)
        letter.tasks.append((task, agreed or usual))
    return list(found.values())
