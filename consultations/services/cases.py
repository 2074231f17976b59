"""Log a case and move it along its table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Committee, Origin, Region, User
from committees.parameters import value_for
from consultations import calendar
from consultations.models import Case, Event, Side
from consultations.permissions import may_create, studio_for
from consultations.services import (
    followups,
    hosts,
    meetings,
    outcomes,
    publishing,
    search,
    tasks,
    topics,
)
from consultations.services.closing import complete_if_done, record_public_step, wind_up
from consultations.services.numbering import case_code
from consultations.services.steps import NOTHING, Effect, Outcome, take
from consultations.workflow.cases import CASES, Stage
from consultations.workflow.engine import Ask, Refused, find

EFFECTS: dict[str, Effect] = {
    **topics.EFFECTS,
    **meetings.EFFECTS,
    **outcomes.EFFECTS,
    **followups.EFFECTS,
    **publishing.EFFECTS,
}

DUE_RULE = {
    Stage.PROPOSED: "topic_decision_days",
    Stage.DELIBERATED: "outcome_days",
    Stage.PARTY_REVIEW: "party_decision_days",
    Stage.FILING: "filing_days",
    Stage.RATING: "rating_days",
}

SENT_TWICE_WITHIN = dt.timedelta(minutes=10)


@transaction.atomic
def create(
    *,
    by: User,
    title: str,
    problem: str,
    region: Region,
    sides: tuple[str, ...] = (),
    co_hosts: Iterable[Mapping[str, Any]] = (),
    origin: str = Origin.ENTERED,
    **fields: Any,
) -> Case:
    """Log a draft. Raises `Refused` where the person has no role that may log a case there.

    Without a studio named, it is that of the person: who logs a case can follow it.
    """
    role = may_create(by, region)
    if role is None:
        raise Refused([_("You may not log a case in this place.")])
    case = Case.objects.create(
        code=case_code(region),
        title=title,
        problem=problem,
        region=region,
        studio=fields.pop("studio", None) or studio_for(by, region),
        committee=fields.pop("committee", None) or responsible_committee(region),
        year=timezone.localdate().year,
        created_by=by,
        owner=fields.pop("owner", by),
        origin=Origin.DEMO if region.is_demo else origin,
        **fields,
    )
    for name in sides:
        Side.objects.create(case=case, name=name)
    hosts.write_hosts(case, co_hosts)
    Event.objects.create(
        case=case, action="create", to_stage=Stage.DRAFT, actor=by, role=role, data={}
    )
    search.index(case)
    return case


@transaction.atomic
def create_once(*, by: User, title: str, problem: str, region: Region, **fields: Any) -> Case:
    """Log a draft, or give back the one this person has just logged in the same words.

    A form that was sent twice makes one record; the row of the person keeps the two apart.
    """
    User.objects.select_for_update().get(pk=by.pk)
    just_now = timezone.now() - SENT_TWICE_WITHIN
    typed: dict[str, Any] = {"title": title, "problem": problem, "region": region}
    same = Case.objects.filter(created_by=by, stage=Stage.DRAFT, created_at__gte=just_now, **typed)
    return same.order_by("pk").first() or create(by=by, **typed, **fields)


def responsible_committee(region: Region) -> Committee:
    """The committee of the county, or of the nearest region above that has one."""
    codes = [*region.ancestor_codes, region.code]
    found = Committee.objects.filter(region__in=codes).order_by("-region_id").first()
    if found is None:
        raise Refused([_("No committee is on record for this place.")])
    return found


@transaction.atomic
def advance(
    case: Case,
    action: str,
    *,
    by: User | None,
    role: str = "",
    data: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> Event:
    """Take one step of the case table; see `steps.take`."""
    event = take(
        case, action, by=by, role=role, data=data, version=version, effects=_with_due(action)
    )
    record_public_step(case, action)
    if action in search.STEPS:
        search.index(case)
    wind_up(case, reason=event.reason)
    if action == "file":
        tasks.dispatch_drafted(case, by=by)
        complete_if_done(case)
    return event


def _with_due(action: str) -> dict[str, Effect]:
    """The effect of an action, and with it the date by which the next stage is due."""

    def effect(ask: Ask) -> Outcome:
        outcome = EFFECTS.get(action, lambda ask: NOTHING)(ask)
        return Outcome({"stage_due_on": _due(ask, action), **outcome.fields}, outcome.facts)

    return {action: effect}


def _due(ask: Ask, action: str) -> dt.date | None:
    row = find(CASES, action, ask.subject.stage)
    target = row.target(ask, ask.subject.stage) if row else ask.subject.stage
    if target == ask.subject.stage:
        return ask.subject.stage_due_on
    rule = DUE_RULE.get(Stage(target))
    if rule is None:
        return None
    return calendar.add_working_days(ask.today, value_for(ask.subject.region, rule))
