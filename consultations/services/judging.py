"""What the office makes of a bad rating: justified, then it is handled once more; or not.

Where a task was handled as often as the office may have it handled, the leader judges.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Role, RoleGrant, User
from consultations.models import Case, Rating
from consultations.permissions import roles_on
from consultations.services import cases
from consultations.services.history import line
from consultations.services.steps import claim
from consultations.workflow.engine import Refused

JUDGES = (Role.LEADER, Role.COUNTY_OFFICE)


@transaction.atomic
def judge(
    rating: Rating,
    *,
    by: User,
    version: int,
    justified: bool,
    reason: str,
    named: Mapping[str, Any] | None = None,
) -> None:
    """Say whether a dissatisfied answer is justified. One that is opens the next handling of
    what did not hold (`named`), with a date of its own. Raises `Refused`."""
    case = rating.case
    role = judging_role(by, case)
    if role is None:
        raise Refused([_("The county office judges bad ratings, or the leader.")])
    claim(case, version=version)
    waits = Rating.objects.filter(pk=rating.pk, result=Rating.Value.DISSATISFIED, justified=None)
    if not waits.update(justified=justified, judged_by=by, judged_on=timezone.localdate()):
        raise Refused([_("This answer was judged already.")])
    facts = {"rating": rating.pk, "justified": justified}
    line(case, "judge_rating", by=by, role=role, reason=reason[:500], facts=facts)
    if justified:
        data = {"ground": "dissatisfied", "reason": reason, **(named or {})}
        cases.advance(case, "reopen", by=by, role=role, data=data)


def judging_role(by: User, case: Case, *, grants: Iterable[RoleGrant] | None = None) -> str | None:
    """The role in which somebody judges. Who is both speaks as the leader, whom no number of
    rounds stops."""
    held = roles_on(by, case, grants=grants)
    return next((role.value for role in JUDGES if role in held), None)
