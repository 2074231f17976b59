"""Citizen supervisors: the office hands out the link to one case, its holder says what was found.

The token has 256 random bits, so its digest needs no slow hash; it is shown once and never stored.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit
from committees.models import AuditEntry, Role, User
from consultations.models import Case, Event, SupervisorLink, Task
from consultations.permissions import roles_on
from consultations.services import tasks
from consultations.workflow.engine import SUPERVISOR, Refused

ISSUERS = (Role.COUNTY_OFFICE, Role.LIAISON)
LONGEST = 90  # days


@dataclass(frozen=True)
class Issued:
    """What is handed over, shown once: the link and its token."""

    link: SupervisorLink
    token: str


def may_issue(by: User, case: Case) -> str | None:
    """The role in which a person hands out and revokes links of a case, or None."""
    held = roles_on(by, case)
    return next((role for role in ISSUERS if role in held), None)


@transaction.atomic
def issue(case: Case, *, by: User, called: str, days: int) -> Issued:
    """A fresh link to one case, good for so many days. Raises `Refused`."""
    role = _issuer(case, by)
    if case.restricted_at is not None:
        raise Refused([_("The case is restricted: nobody without an account sees it.")])
    if not 1 <= days <= LONGEST:
        raise Refused([_("A link is good for at most %s days.") % LONGEST])
    token, now = secrets.token_urlsafe(32), timezone.now()
    link = SupervisorLink.objects.create(
        case=case, called=called, digest=_digest(token), issued_by=by, issued_at=now,
        expires_at=now + dt.timedelta(days=days),
    )  # fmt: skip
    _note(AuditEntry.Kind.LINK_ISSUED, link, by=by, role=role, facts={"days": days})
    return Issued(link, token)


@transaction.atomic
def revoke(link: SupervisorLink, *, by: User) -> None:
    """End a link at once; one that was revoked already stays as it is. Raises `Refused`."""
    role = _issuer(link.case, by)
    still = SupervisorLink.objects.filter(pk=link.pk, revoked_at=None)
    if still.update(revoked_at=timezone.now(), revoked_by=by):
        _note(AuditEntry.Kind.LINK_REVOKED, link, by=by, role=role)


def find(token: str) -> SupervisorLink | None:
    """The link of this token while it is good. Why one is not is nobody's business."""
    open_ones = SupervisorLink.objects.open().filter(case__restricted_at=None)
    return open_ones.select_related("case__region").filter(digest=_digest(token)).first()


@transaction.atomic
def opened(link: SupervisorLink) -> None:
    """Count that the page was looked at; the first time of a day stands in the audit log."""
    now = timezone.now()
    new_day = link.last_used_at is None or link.last_used_at.date() != now.date()
    SupervisorLink.objects.filter(pk=link.pk).update(uses=F("uses") + 1, last_used_at=now)
    if new_day:
        _note(AuditEntry.Kind.LINK_USED, link, by=None)


def tasks_to_verify(link: SupervisorLink) -> list[Task]:
    """What the units of the case have answered and nobody has looked at yet."""
    answered = link.case.tasks.filter(state="answered").exclude(role="assist")
    about = answered.select_related("unit", "item", "case__region")
    return list(about.order_by("item__number", "number", "pk"))


@transaction.atomic
def verify(
    link: SupervisorLink, task: Task, action: str, *, data: Mapping[str, Any], version: int
) -> Event:
    """Say of a task that it is really done, or not. The table of tasks asks whether the link is
    good; a link revoked meanwhile is not. Raises `Refused`."""
    fresh = SupervisorLink.objects.select_for_update().get(pk=link.pk)
    event = tasks.advance(
        task, action, by=None, role=SUPERVISOR, data={**data, "link": fresh}, version=version
    )
    facts = {"task": task.pk, "step": action}
    _note(AuditEntry.Kind.LINK_USED, link, by=None, facts=facts)
    return event


def _issuer(case: Case, by: User) -> str:
    role = may_issue(by, case)
    if role is None:
        raise Refused([_("You may not hand out links to this case.")])
    return role


def _note(
    kind: str,
    link: SupervisorLink,
    *,
    by: User | None,
    role: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    told = {"case": link.case_id, **(facts or {})}
    audit.record(kind, by=by, about=link, role=role, region=link.case.region_id, facts=told)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
