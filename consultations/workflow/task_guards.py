"""Conditions of the task table. Each answers None when met, otherwise the reason why not."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from committees.models import ResultMeaning, Role, RoleGrant
from committees.parameters import value_for
from consultations import calendar
from consultations.workflow.cases import ENDS
from consultations.workflow.engine import SUPERVISOR, Ask, by_person, by_role


def _rule(ask: Ask, key: str) -> int:
    """As it said when the task was handed to the unit: what runs keeps the rule it began with."""
    return value_for(ask.subject.case.region, key, on=ask.subject.dispatched_on or ask.today)


def _rule_today(ask: Ask, key: str) -> int:
    """For what begins today."""
    return value_for(ask.subject.case.region, key, on=ask.today)


def case_is_handling(ask: Ask) -> str | None:
    if ask.subject.case.stage == "handling":
        return None if ask.subject.unit_id else _("Name the handling unit.")
    return _("Tasks are handed over when the outcome is filed.")


def case_goes_on(ask: Ask) -> str | None:
    if ask.subject.case.stage in ENDS:
        return _("The case was ended; its tasks rest.")
    return None


def sign_for_time_lapsed(ask: Ask) -> str | None:
    days = _rule(ask, "sign_for_days") + _rule(ask, "lapse_days")
    if ask.today > calendar.add_working_days(ask.subject.dispatched_on, days):
        return None
    return _("The time for signing has not run out.")


def be_inside_return_window(ask: Ask) -> str | None:
    days = ask.once("return_window_days", lambda: _rule(ask, "return_window_days"))
    if ask.today <= calendar.add_working_days(ask.subject.dispatched_on, days):
        return None
    return _("A task is returned within %s working days of the hand-over.") % days


def be_first_return_of_unit(ask: Ask) -> str | None:
    task = ask.subject
    unit = {"unit": task.unit_id}
    if ask.once("returned", lambda: task.return_requests.filter(**unit).exists()):
        return _("This unit asked once already.")
    return None


def have_basis(ask: Ask) -> str | None:
    if ask.data is None or ask.given("basis"):
        return None
    return _("Name the rule or duty list that the return rests on.")


def name_suggested_unit(ask: Ask) -> str | None:
    if ask.data is None or ask.given("suggested_unit"):
        return None
    return _("Name the unit that it should go to instead.")


def name_other_unit(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    unit = ask.given("unit")
    if unit is None or unit.pk == ask.subject.unit_id:
        return _("Choose another unit.")
    return None


def have_text(ask: Ask) -> str | None:
    if ask.data is None or str(ask.given("text") or "").strip():
        return None
    return _("Write what was done.")


def be_assistant(ask: Ask) -> str | None:
    return None if ask.subject.is_assist else _("Only an assisting unit gives an opinion.")


def not_be_assistant(ask: Ask) -> str | None:
    return _("The lead unit answers for all.") if ask.subject.is_assist else None


def be_running(ask: Ask) -> str | None:
    if ask.subject.is_assist and ask.subject.state == "answered":
        return _("The opinion was given; nothing is left to cancel.")
    return None


def be_in_time_for_extension(ask: Ask) -> str | None:
    task = ask.subject
    days = ask.once("extension_ask_days", lambda: _rule(ask, "extension_ask_days"))
    if not task.due_on:
        return _("The task has no due date to extend.")
    if calendar.working_days_between(ask.today, task.due_on) >= days:
        return None
    return _("An extension is requested at least %s working days before the due date.") % days


def be_first_extension(ask: Ask) -> str | None:
    task = ask.subject
    now = {"round": task.round, "unit": task.unit_id}
    if ask.once("extended", lambda: task.extension_requests.filter(**now).exists()):
        return _("A unit requests an extension once; this one has done so.")
    return None


def name_new_due(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    task, new, most = ask.subject, ask.given("new_due_on"), _rule(ask, "extension_max_days")
    if not new or not task.due_on or new <= task.due_on:
        return _("Give a new due date after the present one.")
    if new > task.due_on + dt.timedelta(days=most):
        return _("The extension is at most %s days.") % most
    return None


def have_open_extension(ask: Ask) -> str | None:
    task = ask.subject
    if task.extension_requests.filter(granted__isnull=True, round=task.round).exists():
        return None
    return _("No extension is waiting for a decision.")


def name_cause_and_end(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    until, most = ask.given("until"), _rule_today(ask, "suspend_max_days")
    if not ask.given("cause") or not until or until <= ask.today:
        return _("A suspension has a cause and an end in the future.")
    if (until - ask.today).days > most:
        return _("A suspension lasts at most %s days.") % most
    return None


def reply_is_complete(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    if not ask.given("body") or not ask.given("meaning"):
        return _("Answer each point and choose the result class.")
    if ask.given("meaning") == ResultMeaning.IN_PLAN and not ask.given("promise_on"):
        return _("In plan: give the date by which it is promised.")
    if ask.given("promise_on") and ask.given("promise_on") <= ask.today:
        return _("The promised date lies in the future.")
    if ask.given("meaning") in (ResultMeaning.DEFERRED, ResultMeaning.REFERENCE) and not ask.given(
        "explanation"
    ):
        return _("Explain why it cannot be done now.")
    return None


def have_reply_draft(ask: Ask) -> str | None:
    reply = ask.once("reply", lambda: ask.subject.latest_reply)
    if reply is not None and reply.accepted is None:
        return None
    return _("The officer drafts the reply first.")


@by_person
def not_be_of_unit(ask: Ask) -> str | None:
    if ask.by is None:  # who has no account has no unit
        return None
    if ask.once("is_of_unit", lambda: _is_of_unit(ask)):
        return _("Nobody verifies the work of his or her own unit.")
    return None


def _is_of_unit(ask: Ask) -> bool:
    """By the own grants, those of a deputy and of whom one acts for."""
    held = RoleGrant.objects.in_force().filter(user__in=ask.hand, unit=ask.subject.unit_id)
    return bool(held.exists())


def have_method(ask: Ask) -> str | None:
    if ask.data is None or ask.given("method"):
        return None
    return _("Say how it was checked.")


@by_role
def hold_open_link(ask: Ask) -> str | None:
    """Who has no account has a link, and acts in its case only, for as long as it is good."""
    if ask.role != SUPERVISOR or ask.data is None:
        return None
    link = ask.given("link")
    if link is not None and link.opens(ask.subject.case):
        return None
    return _("This link does not open this case.")


def name_outcome(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    if ask.given("outcome") not in ("on_plan", "slipped", "solved", "given_up"):
        return _("Say whether the promise is on plan, has slipped, is kept or was given up.")
    if not str(ask.given("finding") or "").strip():
        return _("Write what was found; where it was given up, why.")
    return None


def name_later_promise(ask: Ask) -> str | None:
    """A promise slips to a later day that is named; the day before it stays on record."""
    if ask.data is None:
        return None
    new, old = ask.given("promise_on"), ask.subject.promise_on
    if ask.given("outcome") != "slipped":
        return _("Only where the promise has slipped is there a new date.") if new else None
    if new and new > ask.today and (old is None or new > old):
        return None
    return _("It has slipped: give a new date, later than the one promised until now.")


@by_role
def have_rounds_left_or_leader(ask: Ask) -> str | None:
    """What came back after the end is taken up whatever round it was: else nobody would say so."""
    if ask.role == Role.LEADER or ask.given("came_back"):
        return None
    most = ask.once("rehandle_rounds", lambda: _rule(ask, "rehandle_rounds"))
    if ask.subject.round < most:
        return None
    return _("After %s rounds the leader decides.") % most
