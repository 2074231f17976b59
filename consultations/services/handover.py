"""What the steps between office and unit write: hand-over, signing, return, extension, suspension."""

from __future__ import annotations

import datetime as dt
from typing import Any

from consultations import calendar
from consultations.calendar import Basis
from consultations.models import ExtensionRequest, Handover, ReturnRequest, Suspension, Task
from consultations.selectors.proposed import reply_rule
from consultations.services import handover_letters
from consultations.services.due_dates import by_rule, task_due
from consultations.services.joint import keep_conference
from consultations.services.steps import Effect, Outcome
from consultations.workflow.engine import Ask

Kind = Handover.Kind
# Whoever gets the task from another unit begins from the beginning.
NEW_UNIT = {
    "signed_on": None, "handler": "", "accepted_by_lapse": False, "contacted_on": None,
    "waits_since": None,
}  # fmt: skip


def dispatch(ask: Ask) -> Outcome:
    """The date agreed for the item holds for whoever answers for it, not for who assists."""
    task = ask.subject
    agreed = task.due_on or (None if task.is_assist else task.item.due_on)
    basis = Basis(Basis.AGREED, ask.today) if agreed else reply_basis(task, ask.today)
    due = task_due(basis, named=agreed)
    fields = {"dispatched_on": ask.today, "first_dispatched_on": ask.today, **due}
    told = handover_letters.hand_over(ask, task.unit, due_on=due["due_on"], kind=Kind.FIRST)
    return Outcome(fields, {"unit": task.unit_name, "due_on": due["due_on"].isoformat()} | told)


def reply_basis(task: Task, start: dt.date) -> Basis:
    """When the reply (of an assisting unit: the opinion) is due for a hand-over on `start`."""
    rule = reply_rule(task.pace, assists=task.is_assist)
    return by_rule(task.case.region, rule, start=start)


def sign_for(ask: Ask) -> Outcome:
    handover_letters.taken_up(ask.subject, on=ask.today)
    return Outcome({"signed_on": ask.today, "handler": ask.given("handler") or ""})


def accept_by_lapse(ask: Ask) -> Outcome:
    handover_letters.taken_up(ask.subject, on=ask.today, by_lapse=True)
    return Outcome({"signed_on": ask.today, "accepted_by_lapse": True})


def request_return(ask: Ask) -> Outcome:
    request = ReturnRequest.objects.create(
        task=ask.subject,
        unit=ask.subject.unit,
        reason=ask.given("reason"),
        basis=ask.given("basis"),
        suggested_unit=str(ask.given("suggested_unit"))[:60],
        suggested=ask.given("suggested"),
        requested_by=ask.by,
        requested_on=ask.today,
    )
    facts = {"request": request.pk, "unit": ask.subject.unit_name}
    return Outcome(_waiting(ask), facts)


def reassign(ask: Ask) -> Outcome:
    """The new unit's clock starts afresh; the total clock (`first_dispatched_on`) runs on."""
    task, unit = ask.subject, ask.given("unit")
    held = keep_conference(ask, unit=unit)
    _decide_return(ask, granted=True)
    _drop_extension(ask)
    due = task_due(reply_basis(task, ask.today))
    kind = Kind.CONFERENCE if held else Kind.RETURNED
    told = handover_letters.hand_over(ask, unit, due_on=due["due_on"], kind=kind)
    count = {"bounces": task.bounces + 1}
    again = {"unit": unit, "term": task.term + 1, "dispatched_on": ask.today, **due}
    fields = NEW_UNIT | count | again
    told |= {"conference": held.pk} if held else {}
    return Outcome(fields, {"from": task.unit_name, "unit": str(unit)} | count | told)


def move_unit(ask: Ask) -> Outcome:
    """The remit itself moved: the new unit's clock starts afresh, and nobody passed anything on."""
    task, unit = ask.subject, ask.given("unit")
    _drop_extension(ask)
    due = task_due(reply_basis(task, ask.today))
    told = handover_letters.hand_over(
        ask, unit, due_on=due["due_on"], kind=Kind.CHANGED, ground=ask.given("ground")
    )
    again = {"unit": unit, "term": task.term + 1, "dispatched_on": ask.today, **due}
    fields = NEW_UNIT | again
    left = {"from": task.unit_name, "from_unit": task.unit_id}
    return Outcome(fields, left | {"unit": str(unit)} | told)


def keep(ask: Ask) -> Outcome:
    held = keep_conference(ask, unit=ask.subject.unit)
    _decide_return(ask, granted=False)
    handover_letters.taken_up(ask.subject, on=ask.today)
    signed = ask.subject.signed_on or ask.today
    facts = {"conference": held.pk} if held else {}
    return Outcome({"signed_on": signed, **_waited(ask)}, facts)


def _waiting(ask: Ask) -> dict[str, Any]:
    """From now on until the decision no day counts as overdue: it was asked for in time."""
    due = ask.subject.due_on
    in_time = due is not None and ask.today <= due
    return {"waits_since": ask.today} if in_time else {}


def _waited(ask: Ask) -> dict[str, Any]:
    """The wait is over. Where the date passed meanwhile, the day of the decision is the date."""
    task, today = ask.subject, calendar.on_working_day(ask.today)
    if task.waits_since is None or task.due_on is None or task.due_on >= ask.today:
        return {"waits_since": None}
    return {"waits_since": None, **task_due(Basis(Basis.WAITED, task.due_on), named=today)}


def _decide_return(ask: Ask, *, granted: bool) -> None:
    request = ask.subject.return_requests.get(granted=None)
    request.granted, request.decided_by, request.decided_on = granted, ask.by, ask.today
    request.decision_note = ask.given("reason")[:300]
    request.save(update_fields=["granted", "decided_by", "decided_on", "decision_note"])


def request_extension(ask: Ask) -> Outcome:
    task = ask.subject
    request = ExtensionRequest.objects.create(
        task=task,
        unit=task.unit,
        round=task.round,
        reason=ask.given("reason"),
        old_due_on=task.due_on,
        new_due_on=ask.given("new_due_on"),
        requested_by=ask.by,
        requested_on=ask.today,
    )
    facts = {"request": request.pk, "new_due_on": request.new_due_on.isoformat()}
    return Outcome(_waiting(ask), facts)


def grant_extension(ask: Ask) -> Outcome:
    """A suspension meanwhile may have moved the due date further already; it never moves back."""
    request = _decide_extension(ask, granted=True)
    due = max(request.new_due_on, ask.subject.due_on)
    if due < ask.today:  # decided upon after the date that was asked for
        due = calendar.on_working_day(ask.today)
    facts = {"from": request.old_due_on.isoformat(), "to": due.isoformat()}
    if due == ask.subject.due_on:
        return Outcome(_waited(ask), facts)
    fields = {"waits_since": None} | task_due(Basis(Basis.EXTENDED, request.old_due_on), named=due)
    return Outcome({**fields, "term": ask.subject.term + 1}, facts)


def refuse_extension(ask: Ask) -> Outcome:
    request = _decide_extension(ask, granted=False)
    return Outcome(_waited(ask), {"request": request.pk})


def extension_lapse(ask: Ask) -> Outcome:
    """Nobody decided in time: silence refuses, and the line says so to who waits for the result."""
    request = _decide_extension(ask, granted=False)
    ExtensionRequest.objects.filter(pk=request.pk).update(by_silence=True)
    facts = {"request": request.pk, "new_due_on": request.new_due_on.isoformat()}
    return Outcome(_waited(ask), facts)


def _decide_extension(ask: Ask, *, granted: bool) -> ExtensionRequest:
    request = ask.subject.extension_requests.get(granted=None, round=ask.subject.round)
    request.granted, request.decided_by, request.decided_on = granted, ask.by, ask.today
    request.save(update_fields=["granted", "decided_by", "decided_on"])
    return request


def suspend(ask: Ask) -> Outcome:
    suspension = Suspension.objects.create(
        task=ask.subject,
        cause=ask.given("cause"),
        reason=ask.given("reason"),
        began_on=ask.today,
        until=ask.given("until"),
    )
    facts = {"cause": suspension.cause, "until": suspension.until.isoformat()}
    return Outcome({"suspended_until": suspension.until}, facts)


def resume(ask: Ask) -> Outcome:
    """The due date moves by the days the clock stood still."""
    task = ask.subject
    suspension = task.suspensions.get(ended_on=None)
    suspension.ended_on = ask.today
    suspension.save(update_fields=["ended_on"])
    days = (ask.today - suspension.began_on).days
    fields: dict = {"suspended_until": None}
    if task.due_on and days:
        fields |= task_due(Basis(Basis.SUSPENDED, task.due_on, days, Basis.DAYS))
    return Outcome(fields, {"days": days})


def cancel(ask: Ask) -> Outcome:
    """Nothing of a cancelled task stays open: no suspension, no request."""
    ask.subject.suspensions.filter(ended_on=None).update(ended_on=ask.today)
    ask.subject.return_requests.filter(granted=None).update(
        granted=False,
        decided_by=ask.by,
        decided_on=ask.today,
        decision_note=ask.given("reason")[:300],
    )
    _drop_extension(ask)
    handover_letters.let_go(ask.subject, on=ask.today)
    return Outcome({"suspended_until": None, "waits_since": None})


def _drop_extension(ask: Ask) -> None:
    ask.subject.extension_requests.filter(granted=None).update(
        granted=False, decided_by=ask.by, decided_on=ask.today
    )


EFFECTS: dict[str, Effect] = {
    "dispatch": dispatch,
    "sign_for": sign_for,
    "accept_by_lapse": accept_by_lapse,
    "request_return": request_return,
    "reassign": reassign,
    "move_unit": move_unit,
    "keep": keep,
    "request_extension": request_extension,
    "grant_extension": grant_extension,
    "refuse_extension": refuse_extension,
    "extension_lapse": extension_lapse,
    "suspend": suspend,
    "resume": resume,
    "cancel": cancel,
}
