"""The life of a task, from the hand-over to the verified result (`domain.md` §5).

*Answered* (办复) is the unit's word; *verified* (办实) is somebody else's look. They stay apart.
"""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from committees.models import ResultMeaning, Role
from consultations.workflow import handover_guards as hand
from consultations.workflow import reply_checks as read
from consultations.workflow import task_guards as must
from consultations.workflow.engine import SUPERVISOR, SYSTEM, Ask, Table
from consultations.workflow.engine import Transition as Row


class TaskState(TextChoices):
    DRAFTED = "drafted", _("Drafted")
    DISPATCHED = "dispatched", _("Awaiting sign-for")
    RETURN_REQUESTED = "return_requested", _("Return requested")
    HANDLING = "handling", _("Being handled")
    SUSPENDED = "suspended", _("Suspended")
    REPLIED = "replied", _("Reply under review")
    ANSWERED = "answered", _("Answered")
    VERIFIED = "verified", _("Verified done")
    TRACKED = "tracked", _("In plan, tracked")
    EXPLAINED = "explained", _("Closed with explanation")
    CANCELLED = "cancelled", _("Cancelled")


class TaskRole(TextChoices):
    SOLE = "sole", _("Sole unit")
    LEAD = "lead", _("Lead unit")
    ASSIST = "assist", _("Assisting unit")
    SPLIT = "split", _("Separate part")


class Pace(TextChoices):
    """How much time a task is given where nobody named a date; without one of these the usual."""

    FAST = "fast", _("urgent")
    LONG = "long", _("long")


T = TaskState
ENDED = (T.VERIFIED, T.TRACKED, T.EXPLAINED, T.CANCELLED)
OPEN = tuple(state for state in T if state not in ENDED)
RUNNING = (T.DISPATCHED, T.RETURN_REQUESTED, T.HANDLING)  # the unit's clock runs

OFFICER = (Role.UNIT_OFFICER,)
UNIT_LEADER = (Role.UNIT_LEADER,)
OFFICE = (Role.COUNTY_OFFICE,)
DISPATCHERS = (Role.COUNTY_OFFICE, Role.DISPATCH_OFFICE)
WITNESSES = (Role.MEMBER, Role.VILLAGE_CLERK, Role.COUNTY_OFFICE, SUPERVISOR)
PROXIES = (Role.COUNTY_OFFICE, Role.LIAISON)

BY_MEANING = {
    ResultMeaning.SOLVED: T.ANSWERED,
    ResultMeaning.IN_PLAN: T.TRACKED,
    ResultMeaning.DEFERRED: T.EXPLAINED,
    ResultMeaning.REFERENCE: T.EXPLAINED,
}

BY_LOOK_BACK = {
    "on_plan": T.TRACKED,
    "slipped": T.TRACKED,
    "solved": T.ANSWERED,  # to be verified by somebody else
    "given_up": T.EXPLAINED,
}


def _by_result_class(ask: Ask) -> str:
    return BY_MEANING[ask.subject.latest_reply.meaning]


def _is_running(task: Any) -> bool:
    """An assisting task has ended when its opinion is given."""
    return not (task.is_assist and task.state == T.ANSWERED)


def _was_passed_on(task: Any) -> bool:
    return task.bounces > 0


def _leads(task: Any) -> bool:
    return task.role == TaskRole.LEAD


def _waits_for_a_talk(task: Any) -> bool:
    """The first talk of the unit that has the task; what follows is progress."""
    return task.contacted_on is None


def _assists(task: Any) -> bool:
    return task.is_assist


def _answers_for_all(task: Any) -> bool:
    return not task.is_assist


def _by_look_back(ask: Ask) -> str:
    return BY_LOOK_BACK[ask.given("outcome")]


# fmt: off
TASKS: Table = (
    Row("dispatch", _("Hand over"), (T.DRAFTED,), (T.DISPATCHED,), (*DISPATCHERS, SYSTEM),
        (must.case_is_handling,), public=True),
    Row("sign_for", _("Sign for"), (T.DISPATCHED,), (T.HANDLING,), OFFICER,
        (), ("handler",), proxy_roles=PROXIES),
    Row("accept_by_lapse", _("Accepted by lapse"), (T.DISPATCHED,), (T.HANDLING,), (SYSTEM,),
        (must.sign_for_time_lapsed,)),
    Row("request_return", _("Request return"), (T.DISPATCHED, T.HANDLING),
        (T.RETURN_REQUESTED,), UNIT_LEADER,
        (must.be_inside_return_window, must.be_first_return_of_unit, must.have_basis,
         must.name_suggested_unit, hand.not_be_bound_by_conference),
        ("basis", "suggested_unit", "suggested"), proxy_roles=PROXIES, needs_reason=True, severe=True),
    Row("reassign", _("Hand to another unit"), (T.RETURN_REQUESTED,), (T.DISPATCHED,),
        DISPATCHERS, (must.name_other_unit, hand.have_conference_from_second_bounce),
        ("unit", "conference"), needs_reason=True, public=True),
    Row("keep", _("Keep with the unit"), (T.RETURN_REQUESTED,), (T.HANDLING,), DISPATCHERS,
        (hand.conference_is_complete,), ("conference",), needs_reason=True),
    Row("note_dissent", _("Have dissent noted"), (T.DISPATCHED, T.HANDLING), (), UNIT_LEADER,
        (hand.be_bound_by_conference, must.have_text), ("text",), proxy_roles=PROXIES,
        fits=_was_passed_on),
    Row("move_unit", _("Move to another unit: the remit changed"), (T.DISPATCHED, T.HANDLING),
        (T.DISPATCHED,), DISPATCHERS, (must.name_other_unit, hand.name_ground),
        ("unit", "ground"), needs_reason=True, public=True, severe=True),
    Row("record_contact", _("Record the first talk"), (T.HANDLING,), (), OFFICER,
        (hand.talk_is_complete,), ("talked_on", "way", "text"), proxy_roles=PROXIES,
        fits=_waits_for_a_talk),
    Row("report_progress", _("Report progress"), (T.HANDLING,), (), OFFICER,
        (must.have_text,), ("text", "next_step", "outlook", "percent", "photo"),
        proxy_roles=PROXIES, public=True),
    Row("give_opinion", _("Give an assisting opinion"), (T.HANDLING,), (T.ANSWERED,), OFFICER,
        (must.be_assistant, must.have_text), ("text", "stance"), proxy_roles=PROXIES, fits=_assists),
    Row("settle_dispute", _("Settle between the units"), (T.HANDLING,), (), UNIT_LEADER,
        (hand.have_open_dispute, hand.settlement_is_complete),
        ("level", "settled_on", "position", "text"), proxy_roles=PROXIES, fits=_leads),
    Row("request_extension", _("Request an extension"), (T.HANDLING,), (), UNIT_LEADER,
        (must.be_in_time_for_extension, must.be_first_extension, must.name_new_due),
        ("new_due_on",), proxy_roles=PROXIES, needs_reason=True),
    Row("grant_extension", _("Grant the extension"), (T.HANDLING,), (), DISPATCHERS,
        (must.have_open_extension,), public=True),
    Row("refuse_extension", _("Refuse the extension"), (T.HANDLING,), (), DISPATCHERS,
        (must.have_open_extension,), needs_reason=True, severe=True),
    Row("extension_lapse", _("Extension refused by silence"), (T.HANDLING,), (), (SYSTEM,),
        (must.have_open_extension, hand.time_for_decision_is_over)),
    Row("suspend", _("Suspend"), (T.HANDLING,), (T.SUSPENDED,), DISPATCHERS,
        (must.name_cause_and_end,), ("cause", "until"), needs_reason=True, public=True,
        severe=True),
    Row("resume", _("Resume"), (T.SUSPENDED,), (T.HANDLING,), DISPATCHERS, public=True),
    Row("draft_reply", _("Draft the reply"), (T.HANDLING,), (), OFFICER,
        (must.not_be_assistant, must.reply_is_complete),
        ("body", "result_class", "promise_on", "explanation"), proxy_roles=PROXIES,
        fits=_answers_for_all),
    Row("reply", _("Sign the reply"), (T.HANDLING,), (T.REPLIED,), UNIT_LEADER,
        (must.not_be_assistant, must.have_reply_draft, hand.have_opinions_or_decision,
         hand.have_settled_disputes, read.confirm_what_is_flagged),
        ("number", "opinion_decision", "flags_confirmed"), proxy_roles=PROXIES, public=True,
        fits=_answers_for_all),
    Row("return_reply", _("Return the reply"), (T.REPLIED,), (T.HANDLING,), OFFICE,
        needs_reason=True, severe=True),
    Row("accept_reply", _("Accept the reply"), (T.REPLIED,),
        (T.ANSWERED, T.TRACKED, T.EXPLAINED), OFFICE, public=True, choose=_by_result_class),
    Row("verify_true", _("Verify: really done"), (T.ANSWERED,), (T.VERIFIED,), WITNESSES,
        (must.case_goes_on, must.not_be_of_unit, must.not_be_assistant, must.have_method,
         must.hold_open_link),
        ("method", "finding", "evidence"), public=True, fits=_answers_for_all),
    Row("verify_partly", _("Verify: partly done"), (T.ANSWERED,), (T.HANDLING,), WITNESSES,
        (must.case_goes_on, must.not_be_of_unit, must.not_be_assistant, must.have_method,
         must.hold_open_link),
        ("method", "finding", "evidence"), needs_reason=True, public=True, fits=_answers_for_all),
    Row("verify_false", _("Verify: not done"), (T.ANSWERED,), (T.HANDLING,), WITNESSES,
        (must.case_goes_on, must.not_be_of_unit, must.not_be_assistant, must.have_method,
         must.hold_open_link),
        ("method", "finding", "evidence"), needs_reason=True, public=True, fits=_answers_for_all),
    Row("look_back", _("Look back at the promise"), (T.TRACKED,),
        (T.ANSWERED, T.EXPLAINED, T.TRACKED), OFFICE,
        (must.case_goes_on, must.name_outcome, must.name_later_promise),
        ("outcome", "finding", "promise_on"), public=True, choose=_by_look_back),
    Row("reopen", _("Reopen the task"), (T.VERIFIED, T.TRACKED, T.EXPLAINED), (T.HANDLING,),
        (Role.COUNTY_OFFICE, Role.LEADER),
        (must.case_goes_on, must.have_rounds_left_or_leader),
        needs_reason=True, public=True, severe=True),
    Row("cancel", _("Cancel the task"), OPEN, (T.CANCELLED,), (*OFFICE, SYSTEM), (must.be_running,),
        needs_reason=True, public=True, severe=True, fits=_is_running),
)
# fmt: on
