"""Tasks come into the hands of units: a numbered letter for each unit, and how it was taken up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from committees.grants import UNIT_ROLES, grants_of
from committees.models import HandlingUnit, User
from consultations.models import Handover, HandoverLetter, Task
from consultations.services.numbering import letter_number
from consultations.workflow.engine import Ask

Kind = Handover.Kind
LETTERS = "letters"  # in the data of a step: the letters written in the same stroke, by unit


def hand_over(
    ask: Ask, unit: HandlingUnit, *, due_on: dt.date | None, kind: str, ground: str = ""
) -> dict[str, Any]:
    """Write the hand-over of the task to a unit, in a letter of its own or in the one that this
    stroke wrote to the unit already. The facts for the line of history."""
    task = ask.subject
    let_go(task, on=ask.today)
    letter = _letter(ask, unit)
    Handover.objects.create(
        task=task, letter=letter, unit=unit, kind=kind, ground=ground[:200],
        handed_on=ask.today, due_on=due_on,
    )  # fmt: skip
    return {"letter": letter.number}


def _letter(ask: Ask, unit: HandlingUnit) -> HandoverLetter:
    written: dict[int, HandoverLetter] | None = ask.given(LETTERS)
    written = {} if written is None else written
    if unit.pk not in written:
        case = ask.subject.case
        written[unit.pk] = HandoverLetter.objects.create(
            number=letter_number(case.region), case=case, unit=unit, written_on=ask.today,
            written_by=ask.by,
        )  # fmt: skip
    return written[unit.pk]


def let_go(task: Task, *, on: dt.date) -> None:
    """The unit has the task no longer."""
    Handover.objects.filter(task=task, ended_on=None).update(ended_on=on)


def taken_up(task: Task, *, on: dt.date, by_lapse: bool = False) -> None:
    """Signed for, or accepted by lapse; what was signed for earlier stays as it was."""
    open_one = Handover.objects.filter(task=task, ended_on=None, signed_on=None)
    open_one.update(signed_on=on, by_lapse=by_lapse)


def seen(task: Task, *, by: User) -> None:
    """Somebody of the very unit opened the task: noted the first time, never asked for."""
    units = [grant.unit_id for grant in grants_of(by) if grant.role in UNIT_ROLES]
    if task.unit_id not in units:
        return
    unseen = Handover.objects.filter(task=task, unit=task.unit_id, ended_on=None, seen_at=None)
    if unseen.exists():
        unseen.update(seen_at=timezone.now(), seen_by=by)
