"""How much is late and how much soon will be, within what somebody watches over."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from committees.grants import grants_of
from committees.models import Origin, Role, User
from consultations import calendar
from consultations.models.tasks import TaskQuerySet, past_due
from consultations.selectors.cases import tasks_for
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import RUNNING

SUPERVISORS = (
    Role.COUNTY_OFFICE, Role.LEADER, Role.DISPATCH_OFFICE, Role.PREFECTURE_OFFICE,
    Role.PROVINCE_OFFICE,
)  # fmt: skip
SOON = 3  # working days
MOST = 100  # beyond, the number says only: more


@dataclass(frozen=True)
class AtRisk:
    """Running tasks past their date, and due within three working days. Each at most `MOST`."""

    late: int = 0
    soon: int = 0

    @property
    def is_any(self) -> bool:
        return bool(self.late or self.soon)


def at_risk(user: User) -> AtRisk:
    """Nothing for whoever watches over nothing. Two bounded queries."""
    grants = [grant for grant in grants_of(user) if grant.role in SUPERVISORS]
    if not grants:
        return AtRisk()
    today = timezone.localdate()
    running = tasks_for(user, grants=grants).filter(case__stage=Stage.HANDLING, state__in=RUNNING)
    if not user.is_demo:
        running = running.exclude(case__origin=Origin.DEMO)
    until = calendar.add_working_days(today, SOON)
    return AtRisk(
        late=_some(running.filter(past_due(today))),
        soon=_some(running.filter(due_on__range=(today, until))),
    )


def _some(tasks: TaskQuerySet) -> int:
    return len(tasks.order_by("due_on", "pk").values_list("pk", flat=True)[:MOST])
