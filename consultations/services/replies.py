"""What a unit's answer writes, and what others find when they look: reply, verify, look back."""

from __future__ import annotations

import datetime as dt

from committees.models import ResultMeaning
from committees.parameters import value_for
from consultations import calendar
from consultations.models import AssistingOpinion, ProgressEntry, Reply, Verification
from consultations.services.due_dates import by_rule, task_due
from consultations.services.joint import opinions_taken_over
from consultations.services.photos import keep_photo
from consultations.services.steps import Effect, Outcome
from consultations.workflow.engine import Ask
from consultations.workflow.tasks import TaskState

REHANDLE_MONTHS = 1


def report_progress(ask: Ask) -> Outcome:
    percent = ask.given("percent")
    entry = ProgressEntry.objects.create(
        next_step=ask.given("next_step") or "",
        outlook=ask.given("outlook") or "",
        task=ask.subject,
        text=ask.given("text"),
        percent=percent,
        written_by=ask.by,
        paper_note=ask.given("paper_note") or "",
    )
    fields = {"last_progress_on": ask.today, "outlook": entry.outlook}
    if percent is not None:
        fields["percent"] = percent
    return Outcome(fields, {"entry": entry.pk, "percent": percent} | keep_photo(ask))


def give_opinion(ask: Ask) -> Outcome:
    opinion = AssistingOpinion.objects.create(
        task=ask.subject,
        text=ask.given("text"),
        stance=ask.given("stance") or AssistingOpinion.Stance.AGREES,
        given_by=ask.by,
        given_on=ask.today,
        paper_note=ask.given("paper_note") or "",
    )
    return Outcome(
        {"answered_on": ask.today}, {"opinion": opinion.pk, "stance": opinion.stance}
    )


def draft_reply(ask: Ask) -> Outcome:
    """One draft a round, rewritten until it is signed; a returned reply stays on record."""
    task = ask.subject
    draft = task.latest_reply
    if draft is None or draft.accepted is not None:
        draft = Reply(task=task, round=task.round)
    draft.body = ask.given("body")
    draft.result_class = ask.given("result_class")
    draft.meaning = ask.given("meaning")
    draft.promise_on = ask.given("promise_on")
    draft.explanation = ask.given("explanation") or ""
    draft.drafted_by = ask.by
    draft.paper_note = ask.given("paper_note") or ""
    draft.save()
    return Outcome(facts={"reply": draft.pk, "meaning": draft.meaning})


def reply(ask: Ask) -> Outcome:
    signed = ask.subject.latest_reply
    signed.number = ask.given("number") or ""
    signed.opinion_decision = ask.given("opinion_decision") or ""
    signed.signed_by, signed.signed_on = ask.by, ask.today
    signed.save(update_fields=["number", "opinion_decision", "signed_by", "signed_on"])
    quoted = opinions_taken_over(ask.subject)
    signed.opinions.set(quoted)
    facts = {"reply": signed.pk, "meaning": signed.meaning, "opinions": [o.pk for o in quoted]}
    return Outcome(facts=facts)


def return_reply(ask: Ask) -> Outcome:
    """The days the reply lay here are not the unit's: it has its time to mend it from now."""
    task, returned = ask.subject, _decide(ask, accepted=False)
    due = task_due(by_rule(task.case.region, "correct_days", start=ask.today))
    fields = {**due, "term": task.term + 1} if task.due_on < due["due_on"] else {}
    return Outcome(fields, {"reply": returned.pk})


def accept_reply(ask: Ask) -> Outcome:
    accepted = _decide(ask, accepted=True)
    fields: dict = {"answered_on": ask.today}
    if accepted.meaning == ResultMeaning.IN_PLAN:
        fields |= {"promise_on": accepted.promise_on, "look_back_on": _next_look(ask)}
    return Outcome(fields, {"reply": accepted.pk, "meaning": accepted.meaning})


def _decide(ask: Ask, *, accepted: bool) -> Reply:
    decided = ask.subject.latest_reply
    decided.accepted, decided.decided_by, decided.decided_on = accepted, ask.by, ask.today
    decided.return_reason = "" if accepted else ask.given("reason")[:300]
    decided.save(update_fields=["accepted", "decided_by", "decided_on", "return_reason"])
    return decided


def _next_look(ask: Ask) -> dt.date:
    days = value_for(ask.subject.case.region, "lookback_days")
    return ask.today + dt.timedelta(days=days)


def verify_true(ask: Ask) -> Outcome:
    found = _verify(ask, is_true=True)
    return Outcome({"verified_on": ask.today, "percent": 100}, _facts(found) | keep_photo(ask))


def verify_false(ask: Ask) -> Outcome:
    """Counted openly as a false completion; the unit has a month to put it right."""
    found = _verify(ask, is_true=False)
    fields = {
        "false_completions": ask.subject.false_completions + 1,
        "term": ask.subject.term + 1,
        "due_on": calendar.add_months(ask.today, REHANDLE_MONTHS),
        "answered_on": None,
    }
    return Outcome(fields, _facts(found) | keep_photo(ask))


def _facts(found: Verification) -> dict:
    facts = {"verification": found.pk, "method": found.method}
    return facts | ({"link": found.link_id} if found.link_id else {})


def _verify(ask: Ask, *, is_true: bool) -> Verification:
    return Verification.objects.create(
        task=ask.subject,
        round=ask.subject.round,
        is_true=is_true,
        method=ask.given("method"),
        finding=(ask.given("finding") or ask.given("reason") or "")[:500],
        verified_by=ask.by,
        link=None if ask.by else ask.given("link"),
        verified_on=ask.today,
    )


def look_back(ask: Ask) -> Outcome:
    outcome = ask.given("outcome")
    fields: dict = {"look_back_on": None}
    if outcome == TaskState.TRACKED:
        fields = {"look_back_on": _next_look(ask)}
        if ask.given("promise_on"):
            fields["promise_on"] = ask.given("promise_on")
    return Outcome(fields, {"outcome": outcome, "finding": ask.given("finding")})


def reopen(ask: Ask) -> Outcome:
    fields = {
        "round": ask.subject.round + 1,
        "term": ask.subject.term + 1,
        "due_on": calendar.add_months(ask.today, REHANDLE_MONTHS),
        "verified_on": None,
        "answered_on": None,
        "look_back_on": None,
        "percent": None,
    }
    return Outcome(fields, {"round": ask.subject.round + 1})


EFFECTS: dict[str, Effect] = {
    "report_progress": report_progress,
    "give_opinion": give_opinion,
    "draft_reply": draft_reply,
    "reply": reply,
    "return_reply": return_reply,
    "accept_reply": accept_reply,
    "verify_true": verify_true,
    "verify_false": verify_false,
    "look_back": look_back,
    "reopen": reopen,
}
