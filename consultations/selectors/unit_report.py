"""How units dealt with what was handed over to them in a period: counted, by name, never ranked.

Every figure is the length of a list that can be opened. A reply counts as in time by the day the
unit signed it: what the office needs to look at it is not the unit's time.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import HandlingUnit, Origin, Role, RoleGrant, User
from committees.models.regions import at_or_below
from consultations import calendar
from consultations.models import Reply, Task
from consultations.models.tasks import TaskQuerySet, past_due
from consultations.selectors.cases import tasks_for
from consultations.selectors.ratings import Score
from consultations.selectors.unit_scores import scores_by_unit
from consultations.workflow.tasks import TaskRole, TaskState

READERS = (
    Role.COUNTY_OFFICE, Role.DISPATCH_OFFICE, Role.LEADER, Role.PREFECTURE_OFFICE,
    Role.PROVINCE_OFFICE,
)  # fmt: skip
UNITS_ON_A_PAGE = 50
TASKS_ON_A_PAGE = 50
AT_ONCE = 500  # units whose figures are read together for an export
FEWEST_FOR_A_RATE = 5

ASSISTS = Q(role=TaskRole.ASSIST)
OWN = ~ASSISTS & ~Q(state=TaskState.CANCELLED)
COUNTS = ~Q(case__origin__in=(Origin.DEMO, Origin.SYNTHETIC)) | Q(case__committee__is_demo=True)


class Figure(TextChoices):
    """What is counted of each unit."""

    RECEIVED = "received", _("Handed over")
    IN_TIME = "in_time", _("Replied in time")
    LATE = "late", _("Replied late")
    OVERDUE = "overdue", _("Overdue and open")
    VERIFIED = "verified", _("Verified done")
    IN_PLAN = "in_plan", _("In plan, tracked")
    EXPLAINED = "explained", _("Closed with explanation")
    FALSE = "false", _("Once reported done, and was not")
    ASSISTING = "assisting", _("As an assisting unit")
    CANCELLED = "cancelled", _("Cancelled")


def meaning(figure: str) -> Q:
    """The tasks that a figure counts; `replied_on` comes from `with_replies`."""
    return {
        Figure.RECEIVED: OWN,
        Figure.IN_TIME: OWN & Q(replied_on__lte=F("due_on")),
        Figure.LATE: OWN & Q(replied_on__gt=F("due_on")),
        Figure.OVERDUE: OWN & past_due(timezone.localdate()),
        Figure.VERIFIED: OWN & Q(state=TaskState.VERIFIED),
        Figure.IN_PLAN: OWN & Q(state=TaskState.TRACKED),
        Figure.EXPLAINED: OWN & Q(state=TaskState.EXPLAINED),
        Figure.FALSE: OWN & Q(false_completions__gt=0),
        Figure.ASSISTING: ASSISTS & ~Q(state=TaskState.CANCELLED),
        Figure.CANCELLED: Q(state=TaskState.CANCELLED),
    }[Figure(figure)]


@dataclass(frozen=True)
class UnitRow:
    """One unit; `days` are the working days from hand-over to signed reply of what was replied,
    `score` what those concerned think of the cases in which it had a task of its own."""

    unit: HandlingUnit
    counted: Mapping[str, int]
    days: tuple[int, ...] = ()
    score: Score = field(default_factory=lambda: Score({}))

    def of(self, figure: str) -> int:
        return self.counted.get(figure, 0)

    @property
    def figures(self) -> list[tuple[Figure, int]]:
        return [(figure, self.of(figure)) for figure in Figure]

    @property
    def due(self) -> int:
        """What had to be replied to by now, or was replied to before."""
        return self.of(Figure.IN_TIME) + self.of(Figure.LATE) + self.of(Figure.OVERDUE)

    @property
    def rate(self) -> str:
        """Per cent replied in time of what was due; below five the fraction, of nothing a dash."""
        if not self.due:
            return "—"
        if self.due < FEWEST_FOR_A_RATE:
            return f"{self.of(Figure.IN_TIME)}/{self.due}"
        return f"{round(100 * self.of(Figure.IN_TIME) / self.due)}%"

    @property
    def average_days(self) -> float | None:
        return round(sum(self.days) / len(self.days), 1) if self.days else None


def readers(grants: Iterable[RoleGrant]) -> list[RoleGrant]:
    return [grant for grant in grants if grant.role in READERS]


def tasks_of_period(
    user: User, *, grants: Sequence[RoleGrant], first: dt.date, last: dt.date
) -> TaskQuerySet:
    """What the reader sees of the tasks handed over to their present unit in the period."""
    found = tasks_for(user, grants=readers(grants)).filter(
        COUNTS, unit__isnull=False, dispatched_on__gte=first, dispatched_on__lte=last
    )
    return with_replies(found.exclude(state=TaskState.DRAFTED))


def with_replies(tasks: TaskQuerySet) -> TaskQuerySet:
    """The tasks with `replied_on`, the day on which the reply of the present round was signed."""
    signed = Reply.objects.filter(task=OuterRef("pk"), round=OuterRef("round"))
    latest = signed.filter(signed_on__isnull=False).order_by("-pk").values("signed_on")[:1]
    rows: TaskQuerySet = tasks.annotate(replied_on=Subquery(latest))
    return rows


def units_in(grants: Iterable[RoleGrant]) -> QuerySet[HandlingUnit]:
    """The units inside the reader's places, by place and name."""
    inside = at_or_below({grant.reach for grant in readers(grants)})
    units = HandlingUnit.objects.filter(inside).select_related("region")
    return units.order_by("region", "name", "pk")


def units_of(tasks: QuerySet[Task], *, grants: Iterable[RoleGrant]) -> QuerySet[HandlingUnit]:
    """Of these units those that have any of the tasks."""
    return units_in(grants).filter(Exists(tasks.order_by().filter(unit=OuterRef("pk"))))


def figures_of(units: Sequence[HandlingUnit], tasks: QuerySet[Task]) -> list[UnitRow]:
    """The figures of these units with their days, and what those concerned think, in their order."""
    theirs: QuerySet[Any] = tasks.filter(unit__in=units).order_by()
    days, scores = _days(theirs), scores_by_unit(theirs.filter(OWN))
    return [
        replace(row, days=tuple(days[row.unit.pk]), score=scores.get(row.unit.pk, row.score))
        for row in counts_of(units, tasks)
    ]


def counts_of(units: Sequence[HandlingUnit], tasks: QuerySet[Task]) -> list[UnitRow]:
    """The counts alone, by one statement: no task is read."""
    theirs: QuerySet[Any] = tasks.filter(unit__in=units).order_by()
    counts: dict[str, Any] = {
        figure.value: Count("pk", filter=meaning(figure)) for figure in Figure
    }
    counted = {row["unit"]: row for row in theirs.values("unit").annotate(**counts)}
    return [UnitRow(unit, counted.get(unit.pk, {})) for unit in units]


def _days(tasks: QuerySet[Any]) -> dict[int, list[int]]:
    """By unit, the working days that each signed reply took."""
    found: dict[int, list[int]] = defaultdict(list)
    spans = tasks.filter(OWN, replied_on__isnull=False)
    for unit, start, end in spans.values_list("unit", "dispatched_on", "replied_on"):
        found[unit].append(calendar.working_days_between(start, end))
    return found


def all_figures(tasks: QuerySet[Task], *, grants: Iterable[RoleGrant]) -> Iterator[UnitRow]:
    """Every unit's row, some hundred units at a time."""
    units, start = units_of(tasks, grants=grants), 0
    while batch := list(units[start : start + AT_ONCE]):
        yield from figures_of(batch, tasks)
        start += AT_ONCE
