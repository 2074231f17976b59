"""The light of a running task: colour, shape and word always together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.parameters import DEFAULTS
from consultations import calendar
from consultations.models import Milestone, Task
from consultations.workflow.tasks import RUNNING, TaskState


class Light(TextChoices):
    NONE = "none", _("no clock")
    GREEN = "green", _("in time")
    BLUE = "blue", _("due soon")
    YELLOW = "yellow", _("due very soon or quiet")
    RED = "red", _("overdue")


@dataclass(frozen=True)
class MilestoneLine:
    milestone: Milestone
    light: Light


def light_of(task: Task, *, on: dt.date | None = None, rules: dict | None = None) -> Light:
    """Green, blue (≤ 5 working days left), yellow (≤ 2 left or 30 quiet days), red (overdue).

    A suspended task has no clock, until the suspension itself has run out: then it is red.
    """
    today = on or timezone.localdate()
    until = task.suspended_until
    if task.state == TaskState.SUSPENDED and until is not None and until < today:
        return Light.RED
    if task.state not in RUNNING or task.due_on is None:
        return Light.NONE
    limit = {key: rule.default for key, rule in DEFAULTS.items()} | (rules or {})
    if task.due_on < today:
        return Light.RED
    left = calendar.working_days_between(today, task.due_on)
    if left <= limit["yellow_days"] or _is_quiet(task, today, limit["quiet_days"]):
        return Light.YELLOW
    return Light.BLUE if left <= limit["blue_days"] else Light.GREEN


def milestone_light(milestone: Milestone, *, on: dt.date | None = None) -> Light:
    """The same colours by the same days for a milestone; one that was reached has no clock."""
    today = on or timezone.localdate()
    if milestone.done_on is not None or milestone.due_on is None:
        return Light.NONE
    if milestone.due_on < today:
        return Light.RED
    left = calendar.working_days_between(today, milestone.due_on)
    if left <= DEFAULTS["yellow_days"].default:
        return Light.YELLOW
    return Light.BLUE if left <= DEFAULTS["blue_days"].default else Light.GREEN


def milestone_lines(milestones: Iterable[Milestone]) -> list[MilestoneLine]:
    """In order of their due dates; those without one stand last."""
    ordered = sorted(milestones, key=lambda one: (one.due_on or dt.date.max, one.pk))
    return [MilestoneLine(one, milestone_light(one)) for one in ordered]


def _is_quiet(task: Task, today: dt.date, days: int) -> bool:
    last = task.last_progress_on or task.signed_on
    return last is not None and (today - last).days >= days
