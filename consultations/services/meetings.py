"""What the steps around a meeting write."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F
from django.utils import timezone

from committees.services.versions import store
from consultations.models import AgendaItem, Case, Meeting, Statement
from consultations.selectors.meeting_days import facts_of_notice
from consultations.services.due_dates import by_rule, case_due
from consultations.services.steps import Effect, Outcome
from consultations.workflow.engine import Ask


def schedule(ask: Ask) -> Outcome:
    held = ask.subject.meetings.filter(status=Meeting.Status.HELD).count()
    planned = ask.given("meeting")
    meeting = Meeting.objects.create(case=ask.subject, round=held + 1, **planned)
    carry_over(ask.subject, meeting)
    facts = {
        "meeting": meeting.pk,
        "round": meeting.round,
        "starts_at": planned["starts_at"].isoformat(),
        "place": str(meeting.room or meeting.place),
    }
    return _set_for(ask, timezone.localdate(planned["starts_at"]), facts)


def _set_for(ask: Ask, held: dt.date, facts: dict[str, Any]) -> Outcome:
    """What is owed now is the record, counted from the day of the meeting."""
    region = ask.subject.region
    due = case_due(by_rule(region, "minutes_days", start=held))
    return Outcome(due, facts | facts_of_notice(region, held, on=ask.today))


def carry_over(case: Case, meeting: Meeting) -> None:
    """What the last meeting left open stands on the agenda of this one, in the words of then."""
    last = case.meetings.filter(status=Meeting.Status.HELD).order_by("-round", "-pk").first()
    if last is None:
        return
    left_open = last.statements.filter(kind=Statement.Kind.DISSENT).order_by("order", "pk")
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, order=number, title=said.text[:80], carried_from=said)
        for number, said in enumerate(left_open, start=1)
    )


def postpone(ask: Ask) -> Outcome:
    meeting, new = _planned(ask), ask.given("starts_at")
    before = meeting.starts_at.isoformat() if meeting.starts_at else ""
    facts = {"meeting": meeting.pk, "from": before, "to": new.isoformat()}
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=new, times_postponed=F("times_postponed") + 1
    )
    return _set_for(ask, timezone.localdate(new), facts)


def cancel(ask: Ask) -> Outcome:
    meeting = _planned(ask)
    Meeting.objects.filter(pk=meeting.pk).update(status=Meeting.Status.CANCELLED)
    return Outcome(facts={"meeting": meeting.pk})


def conclude(ask: Ask) -> Outcome:
    """The agreed items are frozen as they were read back."""
    meeting = _hold(ask)
    ask.subject.items.filter(confirmed_at=None).update(confirmed_at=timezone.now())
    ask.subject.items.filter(meeting=None).update(meeting=meeting)
    count = ask.subject.items.count()
    return Outcome(facts={"meeting": meeting.pk, "round": meeting.round, "items": count})


def conclude_without_consensus(ask: Ask) -> Outcome:
    meeting = _hold(ask)
    Statement.objects.create(
        meeting=meeting, kind=Statement.Kind.DISSENT, text=ask.given("dissent"), order=999
    )
    return Outcome(facts={"meeting": meeting.pk, "round": meeting.round})


def _planned(ask: Ask) -> Meeting:
    return ask.subject.meetings.get(status=Meeting.Status.PLANNED)


def _hold(ask: Ask) -> Meeting:
    meeting = _planned(ask)
    meeting.status = Meeting.Status.HELD
    meeting.held_on = ask.given("held_on")
    meeting.head_count = ask.given("head_count") or meeting.head_count
    store(meeting, by=ask.by, fields=["status", "held_on", "head_count"])
    return meeting


EFFECTS: dict[str, Effect] = {
    "schedule": schedule,
    "postpone": postpone,
    "cancel": cancel,
    "conclude": conclude,
    "conclude_without_consensus": conclude_without_consensus,
}
