"""To come back to what was closed as done: after some months it is looked at again, and what came
back is taken up as one more round, openly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from committees.models import User
from consultations.models import Case, LookBack
from consultations.permissions import asked
from consultations.services import cases
from consultations.services.closing import record_public_step
from consultations.services.followups import entering
from consultations.services.history import line
from consultations.services.next_looks import next_look
from consultations.services.photos import keep_photo
from consultations.services.screening import screen
from consultations.services.steps import claim


@transaction.atomic
def record_look_back(
    case: Case,
    *,
    by: User,
    version: int,
    outcome: str,
    finding: str,
    photo: Any = None,
    named: Mapping[str, Any] | None = None,
) -> LookBack:
    """Say of a closed case whether the solution holds. What came back opens one more round, with
    what did not hold (`named`: tasks, commitments, agreed_items). Raises `Refused`."""
    claim(case, version=version)
    typed = {"outcome": outcome, "finding": finding, "photo": photo}
    role = entering(case, "look_again", by=by, data=typed)
    screen(case, [finding])
    relapsed = outcome == LookBack.Outcome.RELAPSED
    seen = LookBack.objects.create(
        case=case, outcome=outcome, finding=finding, due_on=case.look_back_on, looked_by=by,
        opened_round=case.rounds + 1 if relapsed else None,
    )  # fmt: skip
    facts = {"look_back": seen.pk, "outcome": outcome}
    facts |= keep_photo(asked(case, by, role, typed))
    line(case, "look_again", by=by, role=role, facts=facts, public=True)
    record_public_step(case, "look_again")
    if relapsed:
        data = {"ground": "relapse", "reason": finding, **(named or {})}
        cases.advance(case, "reopen", by=by, role=role, data=data)
    else:
        _come_again(case)
    return seen


def _come_again(case: Case) -> None:
    """The day of the next look, where there is one."""
    closed_on = timezone.localdate(case.stage_since)
    day = next_look(case.region, closed_on=closed_on, after=timezone.localdate())
    Case.objects.filter(pk=case.pk).update(look_back_on=day)
    case.refresh_from_db()
