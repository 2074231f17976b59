"""What a unit's answer writes, and what others find when they look: reply, verify, look back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from committees.models import ResultMeaning
from committees.parameters import value_for
from consultations.models import AssistingOpinion, LookBack, ProgressEntry, Reply, Verification
from consultations.services.due_dates import by_rule, task_due
from consultations.services.joint import opinions_taken_over
from consultations.services.photos import keep_evidence, keep_photo
from consultations.services.steps import Effect, Outcome
from consultations.workflow.engine import Ask
from consultations.workflow.reply_checks import flags_of


def report_progress(ask: Ask) -> Outcome:
    percent = ask.given("percent")
    entry = ProgressEntry.objects.create(
        task=ask.subject,
        text=ask.given("text"),
        next_step=ask.given("next_step") or "",
        outlook=ask.given("outlook") or "",
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
    return Outcome({"answered_on": ask.today}, {"opinion": opinion.pk, "stance": opinion.stance})


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
    signed.flags = flags_of(ask.subject, signed.body)
    signed.save(update_fields=["number", "opinion_decision", "signed_by", "signed_on", "flags"])
    quoted = opinions_taken_over(ask.subject)
    signed.opinions.set(quoted)
    facts = {"reply": signed.pk, "meaning": signed.meaning, "opinions": [o.pk for o in quoted]}
    return Outcome(facts=facts)


def return_reply(ask: Ask) -> Outcome:
    """The days the reply lay here are not the unit's: it has its time to mend it from now."""
    task, returned = ask.subject, _decide(ask, accepted=False)
    due = task_due(by_rule(task.case.region, "correct_days", start=ask.today))
    fields: dict[str, Any] = {"waits_since": None}
    if task.due_on < due["due_on"]:
        fields |= {**due, "term": task.term + 1}
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
    fields = {"verified_on": ask.today, "percent": 100, "look_back_on": None}
    return Outcome(fields, _facts(found) | keep_evidence(ask))


def verify_partly(ask: Ask) -> Outcome:
    """Some of it is done: the unit has time for the rest. No false completion, and not done."""
    found = _verify(ask, is_partly=True)
    return Outcome(_handled_again(ask), _facts(found) | keep_evidence(ask))


def verify_false(ask: Ask) -> Outcome:
    """Counted openly as a false completion; the unit has its time to put it right."""
    found = _verify(ask)
    fields = {"false_completions": ask.subject.false_completions + 1} | _handled_again(ask)
    return Outcome(fields, _facts(found) | keep_evidence(ask))


def _handled_again(ask: Ask) -> dict[str, Any]:
    """What was answered is open again, with a date of its own."""
    return {"answered_on": None, "look_back_on": None, "waits_since": None} | _due_again(ask)


def _due_again(ask: Ask) -> dict[str, Any]:
    """When what has to be put right is due."""
    due = task_due(by_rule(ask.subject.case.region, "rehandle_months", start=ask.today))
    return {**due, "term": ask.subject.term + 1}


def _facts(found: Verification) -> dict[str, Any]:
    facts = {"verification": found.pk, "method": found.method}
    return facts | ({"link": found.link_id} if found.link_id else {})


def _verify(ask: Ask, *, is_true: bool = False, is_partly: bool = False) -> Verification:
    return Verification.objects.create(
        task=ask.subject,
        round=ask.subject.round,
        is_true=is_true,
        is_partly=is_partly,
        method=ask.given("method"),
        finding=(ask.given("finding") or ask.given("reason") or "")[:500],
        verified_by=ask.by,
        link=None if ask.by else ask.given("link"),
        verified_on=ask.today,
    )


def look_back(ask: Ask) -> Outcome:
    """What became of a promise; what had been promised until then stays on record. One that is
    solved stands on the desk until somebody else has verified it."""
    task, outcome = ask.subject, ask.given("outcome")
    seen = LookBack.objects.create(
        case=task.case, task=task, outcome=outcome, finding=ask.given("finding")[:500],
        due_on=task.look_back_on, looked_on=ask.today, looked_by=ask.by,
        promise_before=task.promise_on, promise_on=ask.given("promise_on"),
    )  # fmt: skip
    runs_on = outcome in (LookBack.Outcome.ON_PLAN, LookBack.Outcome.SLIPPED)
    solved = ask.today if outcome == LookBack.Outcome.SOLVED else None
    fields: dict[str, Any] = {"look_back_on": _next_look(ask) if runs_on else solved}
    facts = {"look_back": seen.pk, "outcome": outcome, "finding": seen.finding}
    if seen.promise_on:
        fields["promise_on"] = seen.promise_on
        days = {"from": seen.promise_before, "to": seen.promise_on}
        facts |= {name: day.isoformat() for name, day in days.items() if day}
    return Outcome(fields, facts)


def reopen(ask: Ask) -> Outcome:
    again = {"round": ask.subject.round + 1, "verified_on": None, "percent": None}
    return Outcome(again | _handled_again(ask), {"round": again["round"]})


EFFECTS: dict[str, Effect] = {
    "report_progress": report_progress,
    "give_opinion": give_opinion,
    "draft_reply": draft_reply,
    "reply": reply,
    "return_reply": return_reply,
    "accept_reply": accept_reply,
    "verify_true": verify_true,
    "verify_partly": verify_partly,
    "verify_false": verify_false,
    "look_back": look_back,
    "reopen": reopen,
}
