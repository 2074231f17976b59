"""Reminders and slips for whoever asks: drafts are the office's, a unit sees what reached it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.grants import BUSINESS_ROLES, UNIT_ROLES
from committees.models import Role, RoleGrant, User
from consultations.models import Task, Urging
from consultations.models.urging import SLIPS
from consultations.selectors.cases import task_scope
from consultations.selectors.ladder import URGED

SEE_DRAFTS = (Role.COUNTY_OFFICE, Role.DISPATCH_OFFICE, Role.LEADER)
SENT = Q(sent_on__isnull=False)
# Drafts that are still about something: the task runs and its due date was not set anew.
WAITING = Q(sent_on=None, dropped_on=None, task__state__in=URGED, task__term=F("term"))
UNANSWERED = SENT & Q(answered_on=None, rung__in=SLIPS)


class Standing(TextChoices):
    """How a row stands, for the filter of the list."""

    WAITING = "waiting", _("Drafts waiting to be sent")
    UNANSWERED = "unanswered", _("Slips without an answer")
    ANSWERED = "answered", _("Slips with an answer")
    REMINDED = "reminded", _("Notes and reminders")
    DROPPED = "dropped", _("Dropped")


OF_STANDING = {
    Standing.WAITING: WAITING,
    Standing.UNANSWERED: UNANSWERED,
    Standing.ANSWERED: Q(answered_on__isnull=False),
    Standing.REMINDED: SENT & ~Q(rung__in=SLIPS),
    Standing.DROPPED: Q(dropped_on__isnull=False),
}


def urgings_for(user: User, *, grants: Iterable[RoleGrant]) -> QuerySet[Urging]:
    """What a person may read, by the tasks that each grant shows."""
    mine = Q(pk__in=[])
    for grant in grants:
        if grant.role in BUSINESS_ROLES:
            mine |= _of_grant(grant)
    return Urging.objects.filter(mine)


def _of_grant(grant: RoleGrant) -> Q:
    seen = Q(task__in=Task.objects.filter(task_scope(grant)).order_by())
    if grant.role in UNIT_ROLES:
        return seen & SENT & Q(unit=grant.unit_id)
    return seen if grant.role in SEE_DRAFTS else seen & SENT


def slips_to_answer(user: User, *, grants: Iterable[RoleGrant]) -> QuerySet[Urging]:
    """What waits for the answer of the person's own units, the earliest first."""
    own = [grant for grant in grants if grant.role in UNIT_ROLES]
    rows = urgings_for(user, grants=own).filter(UNANSWERED)
    return rows.select_related("task__case", "unit").order_by("answer_due_on", "pk")


def standing_of(urging: Urging) -> str:
    """How a row stands, in a word."""
    if urging.answered_on:
        return gettext("answered")
    if urging.sent_on:
        return gettext("waits for an answer") if urging.wants_answer else gettext("sent")
    return gettext("dropped") if urging.dropped_on else gettext("draft")


def still_applies(urging: Urging) -> bool:
    task = urging.task
    return task.state in URGED and task.term == urging.term


def urgings_of(
    task: Task, *, user: User, grants: Iterable[RoleGrant], sent: bool = False
) -> QuerySet[Urging]:
    """Those of one task, the latest first; `sent` leaves out the drafts for everybody."""
    rows = urgings_for(user, grants=grants).filter(task=task).order_by("-pk")
    return rows.filter(SENT) if sent else rows
