"""What the offices owe within a number of working days that differs by place: from when on it is late.

Each grant looks by the rules of its own place; they are read at once for all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from committees.grants import is_from_above
from committees.models import Role, RoleGrant
from consultations import calendar
from consultations.models import Sensitivity, Task
from consultations.selectors.cases import acts_in, task_scope
from consultations.selectors.rules import LocalRules
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import DISPATCHERS, TaskState

RULES = ("return_decision_days", "return_dispute_days", "dispatch_days", "publish_days")
ANSWERED_IN = (Stage.HANDLING, Stage.SUPERVISION, Stage.RATING)
NONE = Q(pk__in=[])
TO_HAND_OVER = Q(state=TaskState.DRAFTED, case__stage=Stage.HANDLING)


def late_returns(grants: Iterable[RoleGrant], rules: LocalRules, *, on: dt.date) -> Q:
    """Returns asked for longer ago than the place takes to decide; a disputed one, where the task
    was handed on before, goes to a conference and takes longer. They stay with the unit."""
    late = NONE
    for grant in _of(DISPATCHERS, grants):
        plain = _midnight(in_time_since(on, _days(rules, "return_decision_days", grant)))
        disputed = _midnight(in_time_since(on, _days(rules, "return_dispute_days", grant)))
        asked = Q(bounces=0, state_since__lt=plain) | Q(bounces__gt=0, state_since__lt=disputed)
        late |= task_scope(grant) & asked
    return late & Q(state=TaskState.RETURN_REQUESTED, case__stage=Stage.HANDLING)


def late_dispatches(grants: Iterable[RoleGrant], rules: LocalRules, *, on: dt.date) -> Q:
    """Drafted tasks of filed outcomes, counted from the later of the filing and their drafting."""
    late = NONE
    for grant in _of(DISPATCHERS, grants):
        first = _midnight(in_time_since(on, _days(rules, "dispatch_days", grant)))
        late |= task_scope(grant) & Q(state_since__lt=first, case__stage_since__lt=first)
    return late & TO_HAND_OVER


def late_releases(grants: Iterable[RoleGrant], rules: LocalRules, *, on: dt.date) -> Q:
    """Matters with an answer that the public cannot read yet, though nothing keeps them inside."""
    late = NONE
    for grant in _of((Role.COUNTY_OFFICE,), grants):
        first = in_time_since(on, _days(rules, "publish_days", grant))
        answered = Task.objects.filter(case=OuterRef("pk"), answered_on__lt=first)
        late |= acts_in(grant) & Q(Exists(answered))
    inside = {"is_public": False, "restricted_at": None, "exemption": ""}
    return late & Q(stage__in=ANSWERED_IN, sensitivity=Sensitivity.NORMAL, **inside)


def in_time_since(today: dt.date, days: int) -> dt.date:
    """The earliest day from which so many working days have not run out today."""
    day = today
    while calendar.add_working_days(day - calendar.ONE_DAY, days) >= today:
        day -= calendar.ONE_DAY
    return day


def _of(roles: Iterable[str], grants: Iterable[RoleGrant]) -> list[RoleGrant]:
    wanted = set(roles)
    return [g for g in grants if g.role in wanted and g.region_id and not is_from_above(g)]


def _days(rules: LocalRules, key: str, grant: RoleGrant) -> int:
    return rules.value(key, str(grant.region_id))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
