"""One-time codes with which people say what they think of a result, without an account.

Handed out by the CPPCC side, never by the unit. A code tells that it was used and on which day,
not what was answered: no rating leads back to a code, nor to a person.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Role, User
from consultations.models import Case, FollowUp, Rating, RatingCode
from consultations.permissions import roles_on
from consultations.services.closing import record_public_step
from consultations.services.followups import entering
from consultations.services.history import line
from consultations.workflow.cases import Stage
from consultations.workflow.engine import SUPERVISOR, Refused
from consultations.workflow.entries import HANDED_OVER

ISSUERS = (Role.COUNTY_OFFICE, Role.LIAISON)
MOST = 100  # slips on one sheet
AT_LEAST = dt.timedelta(days=3)
# When a slip is good: one of the rating while that is open, one of an appraisal at any time.
IN_TIME = Q(follow_up=None, case__stage=Stage.RATING) | Q(
    follow_up__isnull=False, case__stage__in=HANDED_OVER
)


@dataclass(frozen=True)
class Slip:
    """What is handed over, shown once."""

    code: RatingCode
    token: str


def may_issue(by: User, case: Case) -> str | None:
    held = roles_on(by, case)
    return next((role for role in ISSUERS if role in held), None)


@transaction.atomic
def issue(case: Case, *, by: User, rater: str, count: int) -> list[Slip]:
    """So many fresh codes, good until the rating is over. Raises `Refused`."""
    role = issuer(case, by)
    entering(case, "rate", by=by, data={})
    slips = fresh(case, by=by, rater=rater, count=count, until=_end_of_rating(case))
    facts = {"rater": rater, "count": count}
    line(case, "issue_rating_codes", by=by, role=role, facts=facts)
    return slips


def fresh(
    case: Case, *, by: User, rater: str, count: int, until: dt.datetime,
    follow_up: FollowUp | None = None,
) -> list[Slip]:  # fmt: skip
    """New codes of the case, of its rating or of one appraisal. Raises `Refused`."""
    if case.restricted_at is not None:
        raise Refused([_("The case is restricted: nobody without an account sees it.")])
    if not 1 <= count <= MOST:
        raise Refused([_("At most %s slips are made at once.") % MOST])
    own = {"case": case, "follow_up": follow_up, "round": case.rounds or 1, "rater": rater,
           "issued_by": by, "issued_at": timezone.now(), "expires_at": until}  # fmt: skip
    slips = [Slip(RatingCode(digest=_digest(token), **own), token) for token in _tokens(count)]
    RatingCode.objects.bulk_create(slip.code for slip in slips)
    return slips


@transaction.atomic
def revoke_unused(case: Case, *, by: User) -> int:
    """End every code that nobody used yet; they do not count as asked. How many there were."""
    role = issuer(case, by)
    if ended := end_waiting(case.rating_codes.filter(follow_up=None), by=by):
        line(case, "revoke_rating_codes", by=by, role=role, facts={"count": ended})
    return ended


def end_waiting(codes: QuerySet[RatingCode], *, by: User) -> int:
    """Revoke what nobody used yet."""
    waiting = codes.filter(used_at=None, revoked_at=None)
    return waiting.update(revoked_at=timezone.now(), revoked_by=by)


def find(token: str) -> RatingCode | None:
    """The code while it is good. Why one is not is nobody's business."""
    good = RatingCode.objects.open().filter(IN_TIME, case__restricted_at=None)
    return good.select_related("case__region").filter(digest=_digest(token)).first()


@transaction.atomic
def answer(code: RatingCode, *, result: str, process: str, reason: str) -> None:
    """Keep one answer and use up its code, both or none. Raises `Refused`."""
    case = Case.objects.select_for_update().get(pk=code.case_id)
    use_up(code)
    rating = Rating.objects.create(
        case=case, rater=code.rater, channel=Rating.Channel.CODE, result=result,
        process=process, reason=reason, round=case.rounds or 1,
    )  # fmt: skip
    facts = {"rating": rating.pk, "count": 1}
    line(case, "rate", by=None, role=SUPERVISOR, facts=facts)
    record_public_step(case, "rate")


def use_up(code: RatingCode) -> None:
    """Once, and noted with the day only. Raises `Refused`."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if not RatingCode.objects.open().filter(IN_TIME, pk=code.pk).update(used_at=today):
        raise Refused([_("This slip was used already, or the rating is over.")])


def issuer(case: Case, by: User) -> str:
    """The role in which somebody hands out slips. Raises `Refused`."""
    role = may_issue(by, case)
    if role is None:
        raise Refused([_("You may not hand out slips for this case.")])
    return role


def _end_of_rating(case: Case) -> dt.datetime:
    day = case.stage_due_on or timezone.localdate()
    over = timezone.make_aware(dt.datetime.combine(day, dt.time.max))
    return max(over, timezone.now() + AT_LEAST)


def _tokens(count: int) -> list[str]:
    """128 random bits each, so that the digest needs no slow hash."""
    return [secrets.token_urlsafe(16) for _number in range(count)]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
