"""What people do with a slip 督办单: send it, let it drop, answer it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Region, Role, User
from committees.parameters import value_for
from consultations import calendar
from consultations.models import Task, Urging
from consultations.permissions import roles_on
from consultations.selectors.urgings import still_applies
from consultations.services import history, reminders
from consultations.services.ladder import SENT, facts_of
from consultations.services.numbering import slip_numbers
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import DISPATCHERS, PROXIES

ANSWERERS = (Role.UNIT_OFFICER, Role.UNIT_LEADER)


def sending_role(user: User, task: Task) -> str | None:
    """The role in which somebody sends the slips of a task, or None."""
    return _first(user, task, DISPATCHERS)


def answering_role(user: User, task: Task) -> str | None:
    """The role in which somebody answers for the unit: its own people, or an office from paper."""
    return _first(user, task, (*ANSWERERS, *PROXIES))


def proxy_role(user: User, task: Task) -> str | None:
    """The role in which an office enters the answer of a unit from paper, or None."""
    return _first(user, task, PROXIES)


def _first(user: User, task: Task, wanted: tuple[str, ...]) -> str | None:
    held = roles_on(user, task)
    return next((role for role in wanted if role in held), None)


def against_sending(urging: Urging) -> list[str]:
    """Why a slip cannot be sent now; nothing where it can."""
    if urging.sent_on is not None:
        return [_("This slip was sent already.")]
    if urging.dropped_on is not None:
        return [_("This slip was dropped.")]
    if not still_applies(urging):
        return [_("The unit has answered meanwhile, or has a new due date: no slip is needed.")]
    return []


@transaction.atomic
def send(urging: Urging, *, by: User, note: str = "") -> None:
    """A person sends a draft; it gets its number now. Raises `Refused`."""
    found, role = _locked(urging), sending_role(by, urging.task)
    if role is None:
        raise Refused([_("This step is taken by somebody else.")])
    if reasons := against_sending(found):
        raise Refused(reasons)
    today, region = timezone.localdate(), found.task.case.region
    found.number = slip_numbers(slip_prefix(region), 1)[0]
    found.sent_on, found.sent_by, found.note = today, by, note
    days = value_for(region, "urge_answer_days")
    found.answer_due_on = calendar.add_working_days(today, days)
    found.save(update_fields=["number", "sent_on", "sent_by", "note", "answer_due_on"])
    _tell(found, SENT, by=by, role=role)
    reminders.tell(found)


@transaction.atomic
def drop(urging: Urging, *, by: User, reason: str) -> None:
    """A person lets a draft drop, with a reason; it is not drafted again. Raises `Refused`."""
    found, role = _locked(urging), sending_role(by, urging.task)
    if role is None or not found.is_draft:
        raise Refused([_("This slip does not wait to be sent.")])
    found.dropped_on, found.dropped_by = timezone.localdate(), by
    found.drop_reason = reason
    found.save(update_fields=["dropped_on", "dropped_by", "drop_reason"])
    _tell(found, "urge_drop", by=by, role=role, reason=reason)


@transaction.atomic
def answer(
    urging: Urging, *, by: User, expected_on: dt.date, text: str = "", paper_note: str = ""
) -> None:
    """The unit says by when its reply follows. Raises `Refused`."""
    found, role = _locked(urging), answering_role(by, urging.task)
    if reasons := _against_answer(found, role, expected_on, paper_note):
        raise Refused(reasons)
    found.answer, found.expected_on = text, expected_on
    found.answered_on, found.answered_by = timezone.localdate(), by
    found.paper_note = paper_note if role in PROXIES else ""
    found.save(update_fields=["answer", "expected_on", "answered_on", "answered_by", "paper_note"])
    _tell(found, "urge_answer", by=by, role=role or "", behalf=role in PROXIES)


def _against_answer(
    urging: Urging, role: str | None, expected_on: dt.date, paper_note: str
) -> list[str]:
    reasons = []
    if role is None:
        reasons.append(_("This step is taken by somebody else."))
    if not urging.waits_for_answer:
        reasons.append(_("This slip was answered already, or waits for no answer."))
    if expected_on < timezone.localdate():
        reasons.append(_("The day by which the reply follows is not in the past."))
    if role in PROXIES and not paper_note:
        reasons.append(_("Entered on behalf of the unit: say which paper or call it rests on."))
    return reasons


def slip_prefix(region: Region) -> str:
    return value_for(region, "slip_prefix") or f"{region.code[:6]}协督"


def _locked(urging: Urging) -> Urging:
    rows = Urging.objects.select_for_update(of=("self",)).select_related(
        "task__case__region", "unit"
    )
    return rows.get(pk=urging.pk)


def _tell(
    urging: Urging, action: str, *, by: User, role: str, reason: str = "", behalf: bool = False
) -> None:
    task = urging.task
    history.line(
        task.case,
        action,
        by=by,
        role=role,
        task=task,
        moved=(task.state, task.state),
        reason=reason,
        facts=facts_of(urging),
        on_behalf_of=str(urging.unit)[:60] if behalf else "",
    )
