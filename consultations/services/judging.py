"""What the office makes of a bad rating: justified, then it is handled a second time; or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Role, User
from consultations.models import Rating
from consultations.permissions import roles_on
from consultations.services import cases
from consultations.services.history import line
from consultations.services.steps import claim
from consultations.workflow.engine import Refused


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
    """Say whether a dissatisfied answer is justified. One that is opens the second handling of
    what did not hold (`named`), with a date of its own. Raises `Refused`."""
    case = rating.case
    if Role.COUNTY_OFFICE not in roles_on(by, case):
        raise Refused([_("The county office judges bad ratings.")])
    claim(case, version=version)
    waits = Rating.objects.filter(pk=rating.pk, result=Rating.Value.DISSATISFIED, justified=None)
    if not waits.update(justified=justified, judged_by=by, judged_on=timezone.localdate()):
        raise Refused([_("This answer was judged already.")])
    facts = {"rating": rating.pk, "justified": justified}
    line(case, "judge_rating", by=by, role=Role.COUNTY_OFFICE, reason=reason[:500], facts=facts)
    if justified:
        data = {"ground": "dissatisfied", "reason": reason, **(named or {})}
        cases.advance(case, "reopen", by=by, role=Role.COUNTY_OFFICE, data=data)
