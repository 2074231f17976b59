"""The light of a running task: colour, shape and word always together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Parameter
from committees.parameters import DEFAULTS
from consultations import calendar
from consultations.models import Case, Milestone, Task
from consultations.workflow.tasks import RUNNING, TaskState


class Light(TextChoices):
    NONE = "none", _("no clock")
    GREEN = "green", _("in time")
    BLUE = "blue", _("due soon")
    YELLOW = "yellow", _("due very soon or quiet")
    RED = "red", _("overdue")

    @property
    def is_late(self) -> bool:
        return self is Light.RED


@dataclass(frozen=True)
class Limits:
    """When a light changes in one place; there is no light without the limits of its place."""

    blue_days: int
    yellow_days: int
    quiet_days: int
    first_contact_days: int


KEYS = tuple(field.name for field in fields(Limits))


@dataclass(frozen=True)
class Lights:
    """The local limits: for each rule its values by the code of the region that set them.

    Read whole and at once, so that a list costs one statement however many rows it has.
    """

    local: Mapping[str, Mapping[str, int]]

    @classmethod
    def of_rules(cls, rules: Iterable[Parameter]) -> Lights:
        """From local rules, oldest first: what is not in force yet counts for nothing."""
        today, found = timezone.localdate(), defaultdict[str, dict[str, int]](dict)
        for rule in rules:
            if rule.effective_from <= today:
                found[rule.key][rule.region_id] = rule.value
        return cls(found)

    def limits_in(self, region: str) -> Limits:
        """The nearest value upward of each rule, or its default."""
        return Limits(**{key: self._nearest(key, region) for key in KEYS})

    def _nearest(self, key: str, region: str) -> int:
        values = self.local.get(key, {})
        codes = [code for code in values if region.startswith(code)]
        return values[max(codes, key=len)] if codes else DEFAULTS[key].default

    def of_task(self, task: Task, *, case: Case) -> Light:
        return light_of(task, limits=self.limits_in(case.region_id))

    def talk_by(self, task: Task, *, case: Case) -> dt.date | None:
        return first_talk_due(task, limits=self.limits_in(case.region_id))

    def of_milestones(self, milestones: Iterable[Milestone], *, case: Case) -> list[MilestoneLine]:
        return milestone_lines(milestones, limits=self.limits_in(case.region_id))


def lights_now() -> Lights:
    """All the local limits, read now."""
    rules = Parameter.objects.filter(key__in=KEYS).order_by("effective_from", "pk")
    return Lights.of_rules(rules.only("key", "region_id", "value", "effective_from"))


def lights_once(holder: Any) -> Lights:
    """The same, read once for something that lives as long as one page: the request."""
    if not hasattr(holder, "lights"):
        holder.lights = lights_now()
    lights: Lights = holder.lights
    return lights


@dataclass(frozen=True)
class MilestoneLine:
    milestone: Milestone
    light: Light


def light_of(task: Task, *, limits: Limits, on: dt.date | None = None) -> Light:
    """Green, blue (≤ 5 working days left), yellow (≤ 2 left, 30 quiet days, or no first talk in
    time), red (overdue).

    Past its date, but waiting for a decision that was asked for in time, it is yellow.
    The days are those of the place. A suspended task has no clock, until the suspension itself
    has run out: then it is red.
    """
    today = on or timezone.localdate()
    until = task.suspended_until
    if task.state == TaskState.SUSPENDED and until is not None and until < today:
        return Light.RED
    if task.state not in RUNNING or task.due_on is None:
        return Light.NONE
    light = _by_days_left(task.due_on, today, limits)
    if light is Light.RED and task.waits_since is not None:
        return Light.YELLOW
    if light not in (Light.GREEN, Light.BLUE):
        return light
    talk_by = first_talk_due(task, limits=limits)
    late_to_talk = talk_by is not None and talk_by < today
    return Light.YELLOW if late_to_talk or _is_quiet(task, today, limits.quiet_days) else light


def first_talk_due(task: Task, *, limits: Limits) -> dt.date | None:
    """By when the unit talks with who raised the matter; None where it has, or need not."""
    since = task.dispatched_on
    if task.contacted_on or task.is_assist or since is None or task.state != TaskState.HANDLING:
        return None
    return calendar.add_working_days(since, limits.first_contact_days)


def milestone_light(milestone: Milestone, *, limits: Limits, on: dt.date | None = None) -> Light:
    """The same colours by the same days for a milestone; one that was reached has no clock."""
    if milestone.done_on is not None or milestone.due_on is None:
        return Light.NONE
    return _by_days_left(milestone.due_on, on or timezone.localdate(), limits)


def milestone_lines(milestones: Iterable[Milestone], *, limits: Limits) -> list[MilestoneLine]:
    """In order of their due dates; those without one stand last."""
    ordered = sorted(milestones, key=lambda one: (one.due_on or dt.date.max, one.pk))
    return [MilestoneLine(one, milestone_light(one, limits=limits)) for one in ordered]


def _by_days_left(due: dt.date, today: dt.date, limits: Limits) -> Light:
    if due < today:
        return Light.RED
    left = calendar.working_days_between(today, due)
    if left <= limits.yellow_days:
        return Light.YELLOW
    return Light.BLUE if left <= limits.blue_days else Light.GREEN


def _is_quiet(task: Task, today: dt.date, days: int) -> bool:
    last = task.last_progress_on or task.signed_on
    return last is not None and (today - last).days >= days
