"""Who is in charge of a case and who works on it, one change at a time; the same twice is refused."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import User
from consultations.models import Case
from consultations.permissions import roles_on
from consultations.services.history import line
from consultations.services.records import editing_role, save_with_history
from consultations.services.steps import claim
from consultations.workflow.engine import Refused


@transaction.atomic
def name_owner(case: Case, *, by: User, owner: User, version: int) -> None:
    """Put somebody in charge. `JustChanged` when the case is not as it was looked at."""
    role = editing_role(case, by)
    refuse_strangers(case, owner)
    if case.owner_id == owner.pk:
        raise Refused([_("%s is in charge already.") % owner])
    claim(case, version=version)
    case.owner = owner
    save_with_history(case, by=by)
    line(case, "assign", by=by, role=role, facts={"owner": owner.pk, "helper": None})


@transaction.atomic
def add_helper(case: Case, *, by: User, helper: User) -> None:
    role = editing_role(case, by)
    refuse_strangers(case, helper)
    if case.helpers.filter(pk=helper.pk).exists():
        raise Refused([_("%s is a co-worker already.") % helper])
    case.helpers.add(helper)
    line(case, "assign", by=by, role=role, facts={"owner": None, "helper": helper.pk})


@transaction.atomic
def remove_helper(case: Case, *, by: User, helper: User) -> None:
    """Take a co-worker off. No role is asked of the helper: who left the place can be taken off."""
    role = editing_role(case, by)
    if not case.helpers.filter(pk=helper.pk).exists():
        raise Refused([_("%s is no co-worker.") % helper])
    case.helpers.remove(helper)
    facts: dict[str, Any] = {"helper": helper.pk}
    line(case, "take_off", by=by, role=role, facts=facts)


def refuse_strangers(case: Case, person: User) -> None:
    if not roles_on(person, case):
        raise Refused([_("%s has no role in this place.") % person])
