"""Log a case and move it along its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from committees.models import User
from consultations.calendar import Basis
from consultations.models import Case, Event
from consultations.services import (
    followups,
    joining,
    meetings,
    outcomes,
    publishing,
    search,
    splitting,
    tasks,
    topics,
)
from consultations.services.closing import complete_if_done, record_public_step, wind_up
from consultations.services.drafts import create, create_once, responsible_committee
from consultations.services.due_dates import by_rule, case_due
from consultations.services.history import refusals_told
from consultations.services.steps import NOTHING, Effect, Outcome, take
from consultations.workflow.cases import CASES, Stage
from consultations.workflow.engine import Ask, find

__all__ = ["EFFECTS", "advance", "create", "create_once", "responsible_committee"]

EFFECTS: dict[str, Effect] = {
    **topics.EFFECTS,
    **joining.EFFECTS,
    **splitting.EFFECTS,
    **meetings.EFFECTS,
    **outcomes.EFFECTS,
    **followups.EFFECTS,
    **publishing.EFFECTS,
}

DUE_RULE = {
    Stage.PROPOSED: "topic_decision_days",
    Stage.NO_CONSENSUS: "reconsult_days",
    Stage.DELIBERATED: "outcome_days",
    Stage.PARTY_REVIEW: "party_decision_days",
    Stage.FILING: "filing_days",
    Stage.RATING: "rating_days",
}


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
    with refusals_told(case, action, by=by), transaction.atomic():
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
        fields = _due(ask, action)
        if (named := outcome.fields.get("stage_due_on")) and "due_basis" not in outcome.fields:
            fields = case_due(Basis(Basis.AGREED, ask.today), named=named)
        return Outcome({**fields, **outcome.fields}, outcome.facts)

    return {action: effect}


def _due(ask: Ask, action: str) -> dict[str, Any]:
    row = find(CASES, action, ask.subject.stage)
    target = row.target(ask, ask.subject.stage) if row else ask.subject.stage
    if target == ask.subject.stage:
        return {}
    rule = DUE_RULE.get(Stage(target))
    if rule is None:
        return {"stage_due_on": None, "due_basis": None}
    return case_due(by_rule(ask.subject.region, rule, start=ask.today))
