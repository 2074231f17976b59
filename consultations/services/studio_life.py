"""Plan, activities and checklist of a studio. The public sees an activity once a second person
released it, and its words were scanned for personal data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit
from committees.grants import grants_of, is_from_above, same_hand
from committees.models import (
    AuditEntry,
    ChecklistLine,
    ChecklistMark,
    Member,
    Role,
    Studio,
    StudioActivity,
    StudioPlan,
    User,
)
from committees.services.versions import store
from consultations.privacy import findings
from consultations.workflow.engine import Refused

KEEPERS = (Role.STUDIO_DIRECTOR, Role.LIAISON, Role.COUNTY_OFFICE)


def role_in(studio: Studio, by: User) -> str | None:
    """The role in which a person keeps the papers of this studio, or None."""
    code = studio.committee.region_id
    held = {
        grant.role
        for grant in grants_of(by)
        if grant.studio_id == studio.pk or (grant.region_id == code and not is_from_above(grant))
    }
    return next((role.value for role in KEEPERS if role in held), None)


def _role(studio: Studio, by: User) -> str:
    role = role_in(studio, by)
    if role is None:
        raise Refused([_("This studio is kept by somebody else.")])
    return role


def _scanned(*texts: str) -> None:
    if found := findings("\n".join(texts)):
        raise Refused([_("Personal data in the public text: %s.") % "、".join(found)])


@transaction.atomic
def save_plan(studio: Studio, *, by: User, year: int, text: str) -> StudioPlan:
    """Write the plan of one year; what stood there before stays in its history."""
    role = _role(studio, by)
    _scanned(text)
    plan = StudioPlan.objects.filter(studio=studio, year=year).first()
    plan = plan or StudioPlan(studio=studio, year=year)
    plan.text = text
    store(plan, by=by)
    _told(plan, by=by, role=role, studio=studio)
    return plan


@transaction.atomic
def record_activity(
    studio: Studio, *, by: User, members: Iterable[Member] = (), **fields: Any
) -> StudioActivity:
    role = _role(studio, by)
    activity = StudioActivity(studio=studio, recorded_by=by, **fields)
    store(activity, by=by)
    activity.members.set(members)
    _told(activity, by=by, role=role, studio=studio)
    return activity


def against_releasing(
    activity: StudioActivity, *, by: User, hand: set[int] | None = None
) -> list[str]:
    """Every reason why this person does not release the activity now.

    `hand`, for a list, is what `same_hand` says of the person since its earliest day.
    """
    hand = same_hand(by, since=activity.held_on) if hand is None else hand
    reasons = []
    if activity.released_by_id is not None:
        reasons.append(_("It is released already."))
    if activity.recorded_by_id in hand:
        reasons.append(_("Somebody else than the writer releases it."))
    if found := findings(f"{activity.title}\n{activity.summary}"):
        reasons.append(_("Personal data in the public text: %s.") % "、".join(found))
    return reasons


@transaction.atomic
def release_activity(activity: StudioActivity, *, by: User) -> None:
    role = _role(activity.studio, by)
    fresh = StudioActivity.objects.select_for_update().get(pk=activity.pk)
    if reasons := against_releasing(fresh, by=by):
        raise Refused(reasons)
    fresh.released_by = by
    store(fresh, by=by, fields=["released_by"])
    _told(fresh, by=by, role=role, studio=activity.studio)


@transaction.atomic
def mark_points(
    studio: Studio, *, by: User, rows: Iterable[tuple[ChecklistLine, bool, str]]
) -> int:
    """Write what was found of each point; returns how many differ from what stood there."""
    role = _role(studio, by)
    changed = 0
    for line, is_met, note in rows:
        mark = ChecklistMark.objects.filter(line=line, studio=studio).first()
        if mark is not None and (mark.is_met, mark.note) == (is_met, note):
            continue
        if mark is None and not is_met and not note:
            continue
        mark = mark or ChecklistMark(line=line, studio=studio)
        mark.is_met, mark.note = is_met, note
        mark.marked_by, mark.marked_on = by, timezone.localdate()
        store(mark, by=by)
        changed += 1
    if changed:
        _told(studio, by=by, role=role, studio=studio)
    return changed


def _told(about: Any, *, by: User, role: str, studio: Studio) -> None:
    audit.record(
        AuditEntry.Kind.RECORD, by=by, role=role, region=studio.committee.region_id, about=about
    )
