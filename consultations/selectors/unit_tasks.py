"""The tasks of a handling unit in four boxes, each a list of bounded cost at any depth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.grants import UNIT_ROLES
from committees.models import RoleGrant, User
from consultations.models.tasks import TaskQuerySet, past_due
from consultations.selectors.cases import tasks_for
from consultations.selectors.keyset import CURSOR, Order
from consultations.selectors.todo import RUNS, SOON
from consultations.workflow.tasks import TaskState


class Box(TextChoices):
    NEW = "new", _("Newly handed over")
    MINE = "mine", _("In hand")
    SOON = "soon", _("Due soon")
    LATE = "late", _("Late")


@dataclass(frozen=True)
class DayOrder(Order):
    """By a day, the earliest first; rows without one are left out beforehand."""

    field: str = "due_on"
    newest_first: bool = False

    def place_of(self, row: Model) -> str:
        return f"{getattr(row, self.field):%Y%m%d}-{row.pk}"

    def read(self, text: str) -> tuple[Any, int] | None:
        match = CURSOR.fullmatch(text)
        if match is None or len(match[1]) != 8:
            return None
        try:
            return dt.datetime.strptime(match[1], "%Y%m%d").date(), int(match[2])
        except ValueError:
            return None


ORDERS: dict[str, Order] = {
    Box.NEW: Order("state_since", newest_first=True),
    Box.MINE: Order("state_since", newest_first=True),
    Box.SOON: DayOrder(),
    Box.LATE: DayOrder(),
}


def unit_tasks(
    user: User, box: str, *, grants: Iterable[RoleGrant], on: dt.date | None = None
) -> TaskQuerySet:
    """What lies in a box of the person's units, without order; see `ORDERS`."""
    own = [grant for grant in grants if grant.role in UNIT_ROLES]
    rows = tasks_for(user, grants=own).filter(_where(box, on or timezone.localdate()))
    return rows.select_related("unit", "case__region")


def _where(box: str, today: dt.date) -> Q:
    if box == Box.LATE:
        return RUNS & past_due(today)
    if box == Box.SOON:
        return RUNS & Q(due_on__range=(today, today + SOON))
    state = TaskState.DISPATCHED if box == Box.NEW else TaskState.HANDLING
    return Q(state=state, case__stage="handling")
