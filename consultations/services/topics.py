"""What the steps around the topic write: decisions, deferral, research."""

from __future__ import annotations

from consultations.models import Approval, FieldVisit
from consultations.services.photos import keep_photo
from consultations.services.steps import Effect, Outcome
from consultations.workflow.engine import Ask


def approve(ask: Ask) -> Outcome:
    approval = Approval.objects.create(
        case=ask.subject,
        kind=Approval.Kind.TOPIC,
        approved=True,
        opinion=ask.given("opinion") or "",
        number=ask.given("number") or "",
        decided_on=ask.given("decided_on") or ask.today,
        decided_by=ask.by,
    )
    return Outcome(facts={"approval": approval.pk, "number": approval.number})


def defer(ask: Ask) -> Outcome:
    day = ask.given("review_on")
    return Outcome({"review_on": day, "stage_due_on": day}, {"review_on": day.isoformat()})


def resume_review(ask: Ask) -> Outcome:
    return Outcome({"review_on": None})


def refer(ask: Ask) -> Outcome:
    return Outcome(facts={"channel": ask.given("channel")})


def start_research(ask: Ask) -> Outcome:
    return Outcome({"plan": ask.given("plan")})


def approve_research(ask: Ask) -> Outcome:
    return _decide_research(ask, approved=True, opinion=ask.given("opinion"))


def return_research(ask: Ask) -> Outcome:
    """The case stays in research; the reason stands with the decision."""
    return _decide_research(ask, approved=False, opinion=ask.given("reason"))


def _decide_research(ask: Ask, *, approved: bool, opinion: str) -> Outcome:
    decision = Approval.objects.create(
        case=ask.subject,
        kind=Approval.Kind.RESEARCH,
        approved=approved,
        opinion=opinion[:500],
        number=ask.given("number") or "",
        decided_on=ask.given("decided_on") or ask.today,
        decided_by=ask.by,
    )
    return Outcome(facts={"approval": decision.pk, "number": decision.number})


def log_visit(ask: Ask) -> Outcome:
    typed = dict(ask.given("visit"))
    members, photo = typed.pop("members", ()), typed.pop("photo", None)
    visit = FieldVisit.objects.create(case=ask.subject, logged_by=ask.by, **typed)
    visit.members.set(members)
    facts = {
        "visit": visit.pk,
        "place": visit.place,
        "method": visit.method,
        "people_met": visit.people_met,
        "visited_on": typed["visited_on"].text,
    }
    return Outcome(facts=facts | keep_photo(ask, photo=photo))


EFFECTS: dict[str, Effect] = {
    "approve": approve,
    "defer": defer,
    "resume_review": resume_review,
    "refer": refer,
    "start_research": start_research,
    "log_visit": log_visit,
    "approve_research": approve_research,
    "return_research": return_research,
}
