"""Correct a visit that is on record: with a reason, and with what stood there before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import User
from consultations.models import Case, FieldVisit
from consultations.services.history import line
from consultations.services.records import editing_role
from consultations.services.screening import released_anew, screen
from consultations.services.steps import claim
from consultations.workflow.cases import Stage
from consultations.workflow.engine import Refused

# Afterwards the meeting has talked about what was found: it stays as it was laid before it.
OPEN = (Stage.APPROVED, Stage.RESEARCH, Stage.SCHEDULED)
FIELDS = ("visited_on", "place", "method", "people_met", "visitors", "findings")


@transaction.atomic
@released_anew
def correct_visit(
    visit: FieldVisit, *, by: User, version: int, reason: str, fields: Mapping[str, Any]
) -> None:
    """Write the corrected facts and one line of history with each change, old and new.

    `fields` are those of `FIELDS` and `members`. Raises `Refused` for whoever has no editing role,
    without a reason, once the meeting was concluded, and where nothing differs.
    """
    case = Case.objects.get(pk=visit.case_id)
    role = editing_role(case, by)
    claim(case, version=version)
    if case.stage not in OPEN:
        raise Refused([_("A visit is corrected until the meeting is concluded.")])
    if not reason.strip():
        raise Refused([_("Say why the visit is corrected.")])
    screen(case, [reason, dict(fields)])
    visit.refresh_from_db()
    before = _facts(visit)
    for name in FIELDS:
        setattr(visit, name, fields.get(name, getattr(visit, name)))
    visit.save(update_fields=list(FIELDS))
    if "members" in fields:
        visit.members.set(fields["members"])
    changes = _differences(before, _facts(visit))
    if not changes:
        raise Refused([_("Nothing was different.")])
    facts = {"visit": visit.pk, "changes": changes}
    line(case, "correct_visit", by=by, role=role, reason=reason, facts=facts)


def _facts(visit: FieldVisit) -> dict[str, Any]:
    values = {name: getattr(visit, name) for name in FIELDS}
    plain = {
        name: value if value is None or isinstance(value, str | int) else str(value)
        for name, value in values.items()
    }
    return plain | {"members": "、".join(str(one) for one in visit.members.order_by("pk"))}


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"part": "visit", "kind": "changed", "field": name, "old": before[name], "new": after[name]}
        for name in before
        if before[name] != after[name]
    ]
