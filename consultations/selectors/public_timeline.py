"""The history of a public case in plain words: what was done and when, never by whom inside.

A step inside the office stays inside (a return, a deferral, a draft). Some lines that the workflow
keeps inside are still told, as bare facts: that the topic was handed in, that research began, that
the outcome went to the Party committee, that a unit signed for its task, that the case was
published. Of these only the last of a kind is told, so that a second try shows no first.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.models import Event
from consultations.privacy import findings
from consultations.selectors.timeline import LABELS, Line, day_of, detail_of, how_it_ended

TOLD_AS_WELL = ("submit", "start_research", "submit_outcome", "sign_for", "publish")
PLAIN = {
    "create": _("The matter is raised"),
    "submit": _("The topic is handed in"),
    "approve": _("The topic is taken up"),
    "start_research": _("Research begins"),
    "log_visit": _("A visit on the spot"),
    "schedule": _("The meeting is fixed"),
    "postpone": _("The meeting is put off"),
    "cancel": _("The meeting is called off"),
    "conclude": _("The meeting comes to an agreement"),
    "conclude_without_consensus": _("The meeting comes to no agreement yet"),
    "convert": _("The matter is carried on in another way"),
    "submit_outcome": _("The outcome goes to the Party committee"),
    "approve_outcome": _("The Party committee approves the outcome"),
    "file": _("Filed, and handed over to the units"),
    "complete": _("All that was handed over has been dealt with"),
    "open_rating": _("The residents are asked for their opinion"),
    "close": _("Closed and put on file"),
    "reopen": _("Taken up again"),
    "publish": _("Published on this site"),
    "follow_up": _("Looked after again"),
    "look_again": _("Looked at again, months after the end"),
    "check_commitment": _("A promise is checked"),
}
PLAIN_TASK = {
    "dispatch": _("Handed over to the unit"),
    "sign_for": _("The unit signs for it"),
    "reassign": _("Given to another unit"),
    "move_unit": _("Given to another unit: the remit changed"),
    "report_progress": _("The unit reports progress"),
    "grant_extension": _("More time is granted"),
    "reply": _("The unit answers"),
    "accept_reply": _("The answer is accepted"),
    "verify_true": _("Checked: really done"),
    "verify_partly": _("Checked: partly done"),
    "verify_false": _("Checked: not really done"),
    "cancel": _("The task is dropped"),
    "reopen": _("The task is taken up again"),
}
# The facts of a line that are told.
FACTS = ("note", "number", "items", "done", "in_plan", "cancelled", "answer")
# Why something ended or was put off is told with it, for everybody waits for that.
WITH_REASON = ("reject", "refer", "merge", "terminate", "postpone", "cancel")


def public_lines(events: Iterable[Event], *, names: Iterable[str]) -> list[Line]:
    """The lines in order of time; `names` of residents must not stand in a reason."""
    events = list(events)
    last = {(e.action, e.task_id): e.pk for e in events}
    told = [e for e in events if e.is_public or last[e.action, e.task_id] == e.pk]
    hidden = list(names)
    tellable = [e for e in told if not findings(e.reason, names=hidden)]
    return [Line(e, _label(e), day_of(e), detail=_detail(e, tellable)) for e in told]


def _label(event: Event) -> str:
    words = PLAIN_TASK if event.task_id else PLAIN
    return how_it_ended(event) or str(
        words.get(event.action) or LABELS.get(event.action, event.action)
    )


def _detail(event: Event, tellable: list[Event]) -> str:
    if event.action == "conclude" and event.items:  # type: ignore[attr-defined]
        n = int(event.items)  # type: ignore[attr-defined]
        return ngettext("%(n)s item agreed", "%(n)s items agreed", n) % {"n": n}
    if event.action == "file":
        return event.number or ""  # type: ignore[attr-defined]
    if event.action in WITH_REASON:
        return event.reason if event in tellable else ""
    return detail_of(event, tellable)
