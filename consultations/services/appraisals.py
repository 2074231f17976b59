"""A democratic appraisal 民主评议 by code: one question, and the answers are its tally.

The slips are those of a rating in all but what they count for: handed out by the CPPCC side, used
once, and nothing leads from an answer to a slip.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from committees.models import User
from consultations.models import Case, FollowUp, Rating, RatingCode
from consultations.permissions import asked
from consultations.services import rating_codes
from consultations.services.followups import entering
from consultations.services.history import line
from consultations.services.rating_codes import Slip
from consultations.workflow.engine import SUPERVISOR, Refused
from consultations.workflow.entry_guards import not_be_of_handling_unit

LASTS = dt.timedelta(days=14)
# What is answered, and where the tally counts it.
COUNTED = {
    Rating.Value.SATISFIED: "good",
    Rating.Value.FAIR: "fair",
    Rating.Value.DISSATISFIED: "poor",
}


@transaction.atomic
def issue(appraisal: FollowUp, *, by: User, rater: str, count: int) -> list[Slip]:
    """So many codes more; whoever gets one counts as asked. Raises `Refused`."""
    case = appraisal.case
    role = rating_codes.issuer(case, by)
    entering(case, "follow_up", by=by, data={})
    if told := not_be_of_handling_unit(asked(case, by, role, {})):
        raise Refused([told])
    until = timezone.now() + LASTS
    slips = rating_codes.fresh(
        case, by=by, rater=rater, count=count, until=until, follow_up=appraisal
    )
    _count(appraisal.pk, "asked", count)
    facts = {"follow_up": appraisal.pk, "rater": rater, "count": count}
    line(case, "issue_appraisal_codes", by=by, role=role, facts=facts)
    return slips


@transaction.atomic
def revoke_unused(appraisal: FollowUp, *, by: User) -> int:
    """End every code that nobody used yet; they do not count as asked. How many there were."""
    role = rating_codes.issuer(appraisal.case, by)
    if ended := rating_codes.end_waiting(appraisal.codes.all(), by=by):
        _count(appraisal.pk, "asked", -ended)
        facts = {"follow_up": appraisal.pk, "count": ended}
        line(appraisal.case, "revoke_rating_codes", by=by, role=role, facts=facts)
    return ended


@transaction.atomic
def answer(code: RatingCode, *, result: str) -> None:
    """Count one answer and use up its code, both or none. Raises `Refused`."""
    case = Case.objects.select_for_update().get(pk=code.case_id)
    appraisal = case.follow_ups.get(codes=code)
    rating_codes.use_up(code)
    _count(appraisal.pk, COUNTED[Rating.Value(result)], 1)
    facts = {"follow_up": appraisal.pk, "count": 1}
    line(case, "appraise", by=None, role=SUPERVISOR, facts=facts)


def _count(pk: int, name: str, more: int) -> None:
    counted = Greatest(Coalesce(F(name), Value(0)) + more, Value(0))
    FollowUp.objects.filter(pk=pk).update(**{name: counted})
