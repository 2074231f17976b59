"""The ladder 催办、督办: which rungs there are, and the running tasks that have come to each.

Due dates lead to it, and local rules say after how many days; the rungs of one term of a task are
each written once. What is returned to the office or rests is not urged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from committees.models import Origin
from consultations import calendar
from consultations.models import Task, Urging
from consultations.selectors.rules import LocalRules, local_rules
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskState

RULES = (
    "blue_days", "quiet_days", "urge_reminder_days", "urge_slip_days", "urge_leader_days",
    "urge_answer_days", "slip_prefix",
)  # fmt: skip
URGED = (TaskState.DISPATCHED, TaskState.HANDLING)
Rung, Level = Urging.Rung, Urging.Level


@dataclass(frozen=True)
class Step:
    """One rung: which tasks may have come to it, and since which day; None for not yet."""

    rung: Urging.Rung
    level: Urging.Level
    where: Callable[[dt.date, LocalRules], Q]
    since: Callable[[Task, dt.date, LocalRules], dt.date | None]


def ladder_rules() -> LocalRules:
    return local_rules(*RULES)


def on_rung(step: Step, on: dt.date, rules: LocalRules) -> QuerySet[Task]:
    """Tasks that may be due on a rung and have no row for it in their term; `since` decides."""
    written = Urging.objects.filter(task=OuterRef("pk"), term=OuterRef("term"), rung=step.rung)
    rows = Task.objects.alias(quiet_since=Coalesce("last_progress_on", "signed_on"))
    rows = rows.filter(step.where(on, rules), state__in=URGED, unit__isnull=False)
    open_ones = Q(case__stage=Stage.HANDLING, case__restricted_at=None)
    return rows.filter(open_ones, ~Exists(written)).exclude(case__origin=Origin.REPORTED)


def _soon(on: dt.date, rules: LocalRules) -> Q:
    """Weekends and holidays make of working days at most some more days than twice as many."""
    most = rules.most("blue_days")
    return Q(due_on__range=(on, on + dt.timedelta(days=2 * most + 15)))


def _since_soon(task: Task, on: dt.date, rules: LocalRules) -> dt.date | None:
    left = calendar.working_days_between(on, due_of(task))
    return on if 0 <= left <= rules.value("blue_days", task.case.region_id) else None


def _quiet(on: dt.date, rules: LocalRules) -> Q:
    least = dt.timedelta(days=rules.least("quiet_days"))
    return Q(due_on__gte=on, quiet_since__lte=on - least)


def _since_quiet(task: Task, on: dt.date, rules: LocalRules) -> dt.date | None:
    last = task.last_progress_on or task.signed_on
    if last is None:
        return None
    day = last + dt.timedelta(days=rules.value("quiet_days", task.case.region_id))
    return day if day <= on else None


def _passed(key: str) -> Callable[[dt.date, LocalRules], Q]:
    """So many working days are never fewer days of the calendar."""

    def where(on: dt.date, rules: LocalRules) -> Q:
        return Q(due_on__lte=on - dt.timedelta(days=rules.least(key)), waits_since=None)

    return where


def _after(key: str) -> Callable[[Task, dt.date, LocalRules], dt.date | None]:
    def since(task: Task, on: dt.date, rules: LocalRules) -> dt.date | None:
        day = calendar.add_working_days(due_of(task), rules.value(key, task.case.region_id))
        return day if day <= on else None

    return since


def due_of(task: Task) -> dt.date:
    return cast(dt.date, task.due_on)  # the queries ask for it


STEPS = (
    Step(Rung.NOTE, Level.BLUE, _soon, _since_soon),
    Step(Rung.QUIET, Level.YELLOW, _quiet, _since_quiet),
    Step(Rung.REMINDER, Level.RED, _passed("urge_reminder_days"), _after("urge_reminder_days")),
    Step(Rung.SLIP, Level.RED, _passed("urge_slip_days"), _after("urge_slip_days")),
    Step(Rung.LEADER, Level.RED, _passed("urge_leader_days"), _after("urge_leader_days")),
)
