"""The soft tools of follow-up: a leader follows a case in person, an outcome goes on in another
form and comes back with an answer, a leader's instruction is carried out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Role, User
from consultations.models import Case, Conversion, Instruction, KeySupervision
from consultations.permissions import roles_on
from consultations.services.history import line
from consultations.services.screening import screen
from consultations.services.steps import claim
from consultations.workflow.cases import ENDS
from consultations.workflow.engine import Refused

# The way of a converted outcome: what each stop is called in the history, and its date.
WAY = ("filed_on", "accepted_on", "answered_on")


def office_of(case: Case, by: User) -> str:
    """The office keeps these records. Raises `Refused`."""
    if Role.COUNTY_OFFICE not in roles_on(by, case):
        raise Refused([_("This is kept by the county office.")])
    return Role.COUNTY_OFFICE.value


@transaction.atomic
def begin_key_supervision(
    case: Case, *, by: User, version: int, leader: str, aim: str, began_on: dt.date
) -> KeySupervision:
    """A leader takes the case under supervision in person; one at a time. Raises `Refused`."""
    role = _keep(case, by, version)
    if case.stage in ENDS:
        raise Refused([_("The case was ended.")])
    if case.key_supervisions.filter(ended_on=None).exists():
        raise Refused([_("A leader follows this case already.")])
    kept = KeySupervision.objects.create(
        case=case, leader=leader, aim=aim, began_on=began_on, set_by=by
    )
    line(case, "begin_key_supervision", by=by, role=role, facts={"key_supervision": kept.pk})
    return kept


@transaction.atomic
def end_key_supervision(
    kept: KeySupervision, *, by: User, version: int, ended_on: dt.date, result: str
) -> None:
    role = _keep(kept.case, by, version)
    if ended_on < kept.began_on:
        raise Refused([_("It ends after it began.")])
    open_one = KeySupervision.objects.filter(pk=kept.pk, ended_on=None)
    if not open_one.update(ended_on=ended_on, result=result):
        raise Refused([_("This has ended already.")])
    facts = {"key_supervision": kept.pk}
    line(kept.case, "end_key_supervision", by=by, role=role, facts=facts)


@transaction.atomic
def convert_more(case: Case, *, by: User, version: int, **fields: Any) -> Conversion:
    """Carry the case, or one agreed item of it, on in another form, beside its own way."""
    role = _keep(case, by, version)
    screen(case, [fields["title"]])
    members = fields.pop("members", ())
    made = Conversion.objects.create(case=case, **fields)
    made.members.set(members)
    facts = {"conversion": made.pk, "kind": made.kind}
    line(case, "convert_more", by=by, role=role, facts=facts, public=True)
    return made


@transaction.atomic
def record_way_back(made: Conversion, *, by: User, version: int, **fields: Any) -> None:
    """What became of it where it was sent: filed under a number, taken up or not, answered."""
    role = _keep(made.case, by, version)
    screen(made.case, [fields.get("answer")])
    for name, value in fields.items():
        setattr(made, name, value)
    made.save(update_fields=list(fields))
    reached = [name for name in WAY if getattr(made, name)]
    facts = {"conversion": made.pk, "reached": reached}
    line(made.case, "conversion_came_back", by=by, role=role, facts=facts, public=True)


@transaction.atomic
def record_instruction(
    case: Case, *, by: User, version: int, instruction: Instruction | None = None, **fields: Any
) -> Instruction:
    """Keep a leader's instruction on the case, or how far it is carried out."""
    role = _keep(case, by, version)
    kept = instruction or Instruction(case=case, committee=case.committee)
    if fields.get("state") and fields["state"] != kept.state:
        kept.state_on = timezone.localdate()
    for name, value in fields.items():
        setattr(kept, name, value)
    if kept.is_public:
        screen(case, [kept.subject, kept.text, kept.outcome])
    kept.save()
    facts = {"instruction": kept.pk, "state": kept.state}
    line(case, "record_instruction", by=by, role=role, facts=facts)
    return kept


def _keep(case: Case, by: User, version: int) -> str:
    role = office_of(case, by)
    claim(case, version=version)
    return role
