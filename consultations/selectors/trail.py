"""The audit trail: every line of history a person may read, one list, narrowed by what is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.grants import BUSINESS_ROLES
from committees.models import RoleGrant, User
from consultations.models import Case, Event, Sensitivity
from consultations.models.events import ACTING
from consultations.selectors.cases import UPPER, case_scope
from consultations.selectors.keyset import Order, page_of
from consultations.selectors.silent import silenced
from consultations.selectors.timeline import LABELS

SIZE = 50
NEWEST = Order("at", newest_first=True)
MOST = 50  # people, or cases, that one word may stand for
SYSTEM = "system"
BY_ITSELF = Q(actor__isnull=True, citation__isnull=True, role="")
WIDE = 4  # digits of a region from which each line is asked for its case, instead of collecting


@dataclass(frozen=True)
class Entry:
    """A line of history as the viewer may read it: who has no part in cases reads of a case the
    number alone."""

    event: Event
    label: str
    is_sensitive: bool
    is_open: bool  # whether the viewer may open the record of the case, and read its words

    @property
    def changed_fields(self) -> bool:
        return self.is_open and self.event.action == "edit"


@dataclass(frozen=True)
class Trail:
    """One page of the trail, and the cursors of the pages beside it ("" where there is none)."""

    entries: list[Entry]
    older: str
    newer: str


def trail(grants: Iterable[RoleGrant], asked: Mapping[str, Any], place: Mapping[str, str]) -> Trail:
    """What `asked` narrows (person, role, action, since, until, case); `place` is the page.

    At most three queries: the people and the cases that were named, and the page itself.
    """
    held = list(grants)
    rows = _scope(held).filter(_narrowed(asked)).select_related("case", "task", "actor")
    found = page_of(rows, place, size=SIZE, order=NEWEST)
    own = [grant for grant in held if grant.role in BUSINESS_ROLES]
    return Trail(
        [_entry(event, is_open=bool(own)) for event in silenced(found)], found.after, found.before
    )


def _scope(grants: list[RoleGrant]) -> QuerySet[Event]:
    """Audit administrators read their region, the others their own cases."""
    mine = Q(pk__in=[])
    for grant in grants:
        if grant.unit_id is not None:
            continue
        cases = Case.objects.filter(case_scope(grant))
        if grant.role in UPPER or len(grant.region_id or "") in (2, WIDE):
            mine |= Q(Exists(cases.filter(pk=OuterRef("case"))))
        else:
            mine |= Q(case__in=cases.values("pk"))
    return Event.objects.told().filter(mine)


def _narrowed(asked: Mapping[str, Any]) -> Q:
    found = Q()
    if person := asked.get("person"):
        found &= Q(actor__in=_people(person))
    if role := asked.get("role"):
        found &= BY_ITSELF if role == SYSTEM else Q(role=role)
    if action := asked.get("action"):
        found &= Q(action=action)
    if case := asked.get("case"):
        found &= Q(case__in=_cases(case))
    if since := asked.get("since"):
        found &= Q(at__gte=_midnight(since))
    if until := asked.get("until"):
        found &= Q(at__lt=_midnight(until + dt.timedelta(days=1)))
    return found


def _people(text: str) -> list[int]:
    """Accounts by the beginning of their user name, or by any part of the person's name."""
    named = Q(username__istartswith=text) | Q(display_name__contains=text)
    return list(User.objects.filter(named).order_by("pk").values_list("pk", flat=True)[:MOST])


def _cases(code: str) -> list[int]:
    """Cases by the beginning of their number."""
    begins = Case.objects.filter(code__gte=code, code__lt=f"{code}\uffff")
    return list(begins.order_by("code", "pk").values_list("pk", flat=True)[:MOST])


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _entry(event: Event, *, is_open: bool) -> Entry:
    case = event.case
    plain = case.sensitivity == Sensitivity.NORMAL and case.restricted_at is None
    return Entry(event, str(LABELS.get(event.action, event.action)), not plain, is_open)


def actors() -> list[tuple[str, Any]]:
    """The choices of who acted: the roles, and what happened by itself."""
    return [*ACTING, (SYSTEM, _("automatic"))]
