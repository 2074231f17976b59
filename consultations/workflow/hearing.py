"""Who hears of what: one table from a line of history to those who are told. Writes nothing.

Whoever took the step is not told of it. Of several rows that name the same person the first holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from committees.models import Role


class NoticeKind(TextChoices):
    """What somebody is told, and chooses the letters by."""

    TASK_NEW = "task_new", _("A task for my unit")
    TASK_BACK = "task_back", _("A task that comes back to my unit")
    TASK_DECIDED = "task_decided", _("A decision on a task of my unit")
    TASK_ASKS = "task_asks", _("A unit asks for a return or an extension")
    TASK_ANSWERS = "task_answers", _("A unit has answered")
    TO_VERIFY = "to_verify", _("Answered: to be looked at on the spot")
    CASE_WAITS = "case_waits", _("A case that waits for me")
    CASE_MOVED = "case_moved", _("A case of mine that moves on")
    ASSIGNED = "assigned", _("A case put in my charge")
    MEETING = "meeting", _("A meeting set, moved or cancelled")
    MEETING_SOON = "meeting_soon", _("A meeting today or tomorrow")
    UNRECORDED = "unrecorded", _("A meeting whose day has passed without a record")
    DUE_SOON = "due_soon", _("Due within three working days")
    OVERDUE = "overdue", _("Overdue")
    URGED = "urged", _("A reminder or a supervision slip")
    MENTIONED = "mentioned", _("A note that is meant for me")
    DATE_CAME = "date_came", _("A date set earlier has come")
    DATES_MOVED = "dates_moved", _("Due dates moved with a rule or the calendar")


K = NoticeKind
# Sent at once unless the person says otherwise; the others wait for the digest of the morning.
URGENT = frozenset({K.TASK_BACK, K.MEETING, K.OVERDUE, K.URGED})


class Party(TextChoices):
    """Those who hear of a record for what they are to it, not for a role over it."""

    UNIT = "unit", "the unit of the task"
    FORMER_UNIT = "former_unit", "the unit that the task was taken from"
    LEAD_UNIT = "lead_unit", "the unit that the task assists"
    PROPOSERS = "proposers", "who logged, raised, keeps or helps with the case"
    GATE = "gate", "who decides on topics here"
    NAMED = "named", "who is put in charge by the line itself"


P = Party


@dataclass(frozen=True)
class Hear:
    """One row: what kind of notice, to whom (roles over the record, or parties to it)."""

    kind: NoticeKind
    to: tuple[Role | Party, ...]
    only_at: str = ""  # the stage or state reached, where it matters


OFFICE, DISPATCH, LEADER = Role.COUNTY_OFFICE, Role.DISPATCH_OFFICE, Role.LEADER
DIRECTOR, LIAISON, MEMBER = Role.STUDIO_DIRECTOR, Role.LIAISON, Role.MEMBER
MOVED = Hear(K.CASE_MOVED, (P.PROPOSERS,))
MEETING = Hear(K.MEETING, (P.PROPOSERS, DIRECTOR, LIAISON, MEMBER))
DECIDED = Hear(K.TASK_DECIDED, (P.UNIT,))
BACK = Hear(K.TASK_BACK, (P.UNIT,))
ASKS = Hear(K.TASK_ASKS, (OFFICE, DISPATCH))
VERIFY = Hear(K.TO_VERIFY, (Role.VILLAGE_CLERK, MEMBER), only_at="answered")

Hears = tuple[Hear, ...]
# fmt: off
OF_CASES: dict[str, Hears] = {
    "submit": (Hear(K.CASE_WAITS, (OFFICE, P.GATE)),),
    "send_back": (Hear(K.CASE_WAITS, (P.PROPOSERS,)),),
    "unmerge": (Hear(K.CASE_WAITS, (OFFICE,)), MOVED),
    "resume_review": (Hear(K.CASE_WAITS, (P.GATE,)), MOVED),
    "reconsider": (Hear(K.CASE_WAITS, (OFFICE, P.GATE)), MOVED),
    "approve": (Hear(K.CASE_WAITS, (DIRECTOR, LIAISON)), MOVED),
    "start_research": (Hear(K.CASE_WAITS, (MEMBER,)), MOVED),
    "approve_research": (Hear(K.CASE_WAITS, (DIRECTOR, LIAISON)), MOVED),
    "return_research": (Hear(K.CASE_WAITS, (DIRECTOR, LIAISON)), MOVED),
    "schedule": (MEETING,), "postpone": (MEETING,), "cancel": (MEETING,),
    "conclude": (Hear(K.CASE_WAITS, (DIRECTOR,)), MOVED),
    "conclude_without_consensus": (Hear(K.CASE_WAITS, (OFFICE,)), MOVED),
    "submit_outcome": (Hear(K.CASE_WAITS, (Role.PARTY_APPROVER,)), MOVED),
    "approve_outcome": (Hear(K.CASE_WAITS, (OFFICE,)), MOVED),
    "return_outcome": (Hear(K.CASE_WAITS, (DIRECTOR, OFFICE)), MOVED),
    "return_filing": (Hear(K.CASE_WAITS, (DIRECTOR,)), MOVED),
    "complete": (Hear(K.CASE_WAITS, (OFFICE,)), MOVED),
    "assign": (Hear(K.ASSIGNED, (P.NAMED,)),),
    **dict.fromkeys(
        ("reject", "refer", "merge", "defer", "file", "convert", "open_rating", "close", "reopen",
         "withdraw", "terminate", "split", "publish", "restrict", "lift_restriction",
         "take_words_out"),
        (MOVED,)),
}
OF_TASKS: dict[str, Hears] = {
    "dispatch": (Hear(K.TASK_NEW, (P.UNIT,)),),
    "reassign": (Hear(K.TASK_NEW, (P.UNIT,)), Hear(K.TASK_DECIDED, (P.FORMER_UNIT,))),
    "move_unit": (
        Hear(K.TASK_NEW, (P.UNIT,)), Hear(K.TASK_DECIDED, (P.FORMER_UNIT,)), MOVED),
    "note_dissent": (Hear(K.TASK_ASKS, (OFFICE, DISPATCH)),),
    "settle_dispute": (Hear(K.TASK_ANSWERS, (OFFICE,)),),
    "extension_lapse": (DECIDED, MOVED),
    "accept_by_lapse": (DECIDED,),
    "request_return": (ASKS,), "request_extension": (ASKS,),
    "keep": (BACK,), "return_reply": (BACK,), "reopen": (BACK, MOVED),
    "verify_partly": (BACK, MOVED), "verify_false": (BACK, MOVED),
    "grant_extension": (DECIDED, MOVED), "refuse_extension": (DECIDED, MOVED),
    "suspend": (DECIDED, MOVED), "resume": (DECIDED, MOVED), "cancel": (DECIDED, MOVED),
    "report_progress": (MOVED,),
    "give_opinion": (Hear(K.TASK_ANSWERS, (P.LEAD_UNIT,)),),
    "reply": (Hear(K.TASK_ANSWERS, (OFFICE,)),),
    "accept_reply": (DECIDED, VERIFY, MOVED),
    "verify_true": (DECIDED, MOVED),
    "look_back": (DECIDED, VERIFY, MOVED),
}
# fmt: on


def hears_of(action: str, *, reached: str, is_task: bool) -> Hears:
    """The rows of one line of history; none for what nobody needs to be told of."""
    rows = (OF_TASKS if is_task else OF_CASES).get(action, ())
    return tuple(row for row in rows if row.only_at in ("", reached))
