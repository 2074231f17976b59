"""From agreed items to filed tasks: compile, approve or return, file and hand over."""

from __future__ import annotations

from typing import Any

from committees.services.versions import store
from consultations.models import AgreedItem, Approval, Filing
from consultations.services.numbering import filing_number
from consultations.services.steps import Effect, Outcome
from consultations.workflow.engine import Ask
from consultations.workflow.tasks import TaskState


def submit_outcome(ask: Ask) -> Outcome:
    AgreedItem.objects.filter(case=ask.subject).update(return_reason="")
    return Outcome({"compiled_by": ask.by}, {"items": ask.subject.items.count()})


def approve_outcome(ask: Ask) -> Outcome:
    approval = _decide(ask, approved=True, opinion=ask.given("opinion") or "")
    return Outcome(facts={"approval": approval.pk, "number": approval.number})


def return_outcome(ask: Ask) -> Outcome:
    reasons = {int(pk): text for pk, text in ask.given("item_reasons").items() if text}
    for item in ask.subject.items.filter(pk__in=reasons):
        item.return_reason = reasons[item.pk]
        store(item, by=ask.by, fields=["return_reason"])
    numbers = list(ask.subject.items.filter(pk__in=reasons).values_list("number", flat=True))
    substance = bool(ask.given("substance"))
    opinion = "；".join(reasons.values())[:500]
    approval = _decide(ask, approved=False, opinion=opinion, is_substantial=substance)
    return Outcome(facts={"approval": approval.pk, "items": numbers, "substance": substance})


def file(ask: Ask) -> Outcome:
    """Registration, not a second approval: the number is given, the tasks follow by remit."""
    filing = Filing.objects.create(
        case=ask.subject, number=filing_number(ask.subject.region), filed_by=ask.by
    )
    tasks = ask.subject.tasks.filter(state=TaskState.DRAFTED).count()
    return Outcome({"rounds": ask.subject.rounds + 1}, {"number": filing.number, "tasks": tasks})


def _decide(ask: Ask, **fields: Any) -> Approval:
    return Approval.objects.create(
        case=ask.subject,
        kind=Approval.Kind.OUTCOME,
        number=ask.given("number") or "",
        decided_on=ask.given("decided_on") or ask.today,
        decided_by=ask.by,
        **fields,
    )


EFFECTS: dict[str, Effect] = {
    "submit_outcome": submit_outcome,
    "approve_outcome": approve_outcome,
    "return_outcome": return_outcome,
    "file": file,
}
