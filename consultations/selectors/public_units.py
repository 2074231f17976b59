"""Handling units, and their tasks in public cases: what was handed over, answered, verified, late.

Counted are the cases followed here, never demonstrations nor what a report tells; every figure is
the length of a list that can be opened. The figures serve to look things up, not to rank units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet
from django.utils import timezone

from committees.models import HandlingUnit, Origin
from committees.models.regions import at_or_below
from consultations.models import Case, Remit, Task
from consultations.models.tasks import TaskQuerySet, past_due
from consultations.selectors.cases import public_cases
from consultations.selectors.jsonrows import JSONRows
from consultations.selectors.keyset import Order, Page, page_of
from consultations.selectors.public import REAL
from consultations.selectors.unit_report import UnitRow, counts_of, with_replies
from consultations.workflow.tasks import TaskState

IN_DIRECTORY = 50
REMITS_SHOWN = 60
MOST_BELOW = 50
ON_A_PAGE = 20
BY_PLACE = Order("region_id", newest_first=False)
OLDEST_FIRST = Order("id", newest_first=False)
DONE = (TaskState.ANSWERED, TaskState.VERIFIED)
OF_STATE = "state-"  # begins the name of the list of one state
HANDED_OVER = tuple(s for s in TaskState if s not in (TaskState.DRAFTED, TaskState.CANCELLED))


@dataclass(frozen=True)
class UnitFigures:
    """How many tasks of one unit are in which state, and how many are late today."""

    by_state: Mapping[str, int]
    overdue: int

    def _sum(self, states: Iterable[str]) -> int:
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def handed_over(self) -> int:
        return self._sum(HANDED_OVER)

    @property
    def answered(self) -> int:
        return self._sum(DONE)

    @property
    def verified(self) -> int:
        return self._sum((TaskState.VERIFIED,))

    @property
    def in_plan(self) -> int:
        return self._sum((TaskState.TRACKED,))

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """(list, state, count) of those there are any of, in the order of a task's life."""
        found = [(s.value, self.by_state.get(s, 0)) for s in TaskState]
        return [(f"{OF_STATE}{state}", state, n) for state, n in found if n]


def late() -> Q:
    return past_due(timezone.localdate())


def list_of(name: str) -> Q:
    """The tasks behind a figure or a state; everything that was handed over for any other name."""
    figures = {
        "answered": Q(state__in=DONE),
        "verified": Q(state=TaskState.VERIFIED),
        "in_plan": Q(state=TaskState.TRACKED),
        "overdue": late(),
    }
    states = {f"{OF_STATE}{state}": Q(state=state) for state in TaskState}
    return (figures | states).get(name, Q(state__in=HANDED_OVER))


def units_by_place(*, region: str, demo: bool, wanted: Mapping[str, str]) -> Page:
    """The units in use in order of place: real ones, or apart from them the invented ones."""
    rows = HandlingUnit.objects.select_related("region__parent", "parent").filter(
        is_active=True, origin__in=(Origin.DEMO,) if demo else REAL
    )
    if region:
        rows = rows.filter(at_or_below([region]))
    return page_of(rows, wanted, size=IN_DIRECTORY, order=BY_PLACE)


def case_counts(units: Iterable[HandlingUnit]) -> dict[int, int]:
    """How many real public cases each of these units has a part in, by one statement."""
    mine = Task.objects.filter(
        unit__in=[unit.pk for unit in units], case__is_public=True, case__origin__in=REAL
    )
    counted = mine.exclude(state=TaskState.DRAFTED).order_by().values_list("unit")
    return dict(counted.annotate(n=Count("case", distinct=True)))


def unit_page(pk: int) -> HandlingUnit | None:
    """The unit, the one above it, and in `below` the key and name of those in use below it."""
    below = HandlingUnit.objects.filter(parent=OuterRef("pk"), is_active=True)
    alike = below.filter(Q(origin=OuterRef("origin")) | Q(origin__in=REAL, parent__origin__in=REAL))
    rows = JSONRows(alike.order_by("name", "pk")[:MOST_BELOW], "id", "name")
    units = HandlingUnit.objects.select_related("region__parent", "parent")
    return units.annotate(below=rows).filter(pk=pk).first()


def public_figures(units: Sequence[HandlingUnit]) -> list[UnitRow]:
    """How these units dealt with their public tasks, ever since they were followed here."""
    tasks = Task.objects.filter(case__is_public=True, case__origin=Origin.ENTERED)
    return counts_of(units, with_replies(tasks.exclude(state=TaskState.DRAFTED)))


def remits_of(unit: HandlingUnit) -> list[Remit]:
    """What the unit answers for today."""
    rows = Remit.objects.in_force().filter(unit=unit).select_related("field", "region")
    return list(rows.order_by("level", "field__order", "pk")[:REMITS_SHOWN])


def cases_of_unit(unit: HandlingUnit) -> QuerySet[Case]:
    """Collected from its tasks: a unit has a part in few of all cases."""
    mine = Task.objects.filter(unit=unit).exclude(state=TaskState.DRAFTED)
    return public_cases().filter(pk__in=mine.order_by().values("case"))


def tasks_of_unit(unit: HandlingUnit) -> TaskQuerySet:
    """Its tasks in public cases that were followed here; of an invented unit the invented ones."""
    origin = Origin.DEMO if unit.origin == Origin.DEMO else Origin.ENTERED
    mine = Task.objects.filter(unit=unit, case__is_public=True, case__origin=origin)
    return mine.exclude(state=TaskState.DRAFTED)


def task_rows(unit: HandlingUnit, name: str, wanted: Mapping[str, str]) -> Page:
    """A page of the list of that name, in the order in which the tasks were handed over."""
    rows = tasks_of_unit(unit).filter(list_of(name)).select_related("case", "item", "unit")
    return page_of(rows, wanted, size=ON_A_PAGE, order=OLDEST_FIRST)


def figures_of_unit(unit: HandlingUnit) -> UnitFigures | None:
    """By one statement over the unit's own tasks; nothing is counted of an invented unit."""
    if unit.origin == Origin.DEMO:
        return None
    counted = tasks_of_unit(unit).order_by().values("state")
    rows: list[dict[str, Any]] = list(
        counted.annotate(n=Count("pk"), overdue=Count("pk", filter=late()))
    )
    by_state = {row["state"]: row["n"] for row in rows}
    return UnitFigures(by_state, overdue=sum(row["overdue"] for row in rows))
