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
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Role, User
from consultations.models import Case, Rating, RatingCode
from consultations.permissions import roles_on
from consultations.services.closing import record_public_step
from consultations.services.followups import entering
from consultations.services.history import line
from consultations.workflow.cases import Stage
from consultations.workflow.engine import SUPERVISOR, Refused

ISSUERS = (Role.COUNTY_OFFICE, Role.LIAISON)
MOST = 100  # slips on one sheet
AT_LEAST = dt.timedelta(days=3)


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
    role = _issuer(case, by)
    entering(case, "rate", by=by, data={})
    if case.restricted_at is not None:
        raise Refused([_("The case is restricted: nobody without an account sees it.")])
    if not 1 <= count <= MOST:
        raise Refused([_("At most %s slips are made at once.") % MOST])
    slips = [Slip(_code(case, by, rater, token), token) for token in _tokens(count)]
    RatingCode.objects.bulk_create(slip.code for slip in slips)
    facts = {"rater": rater, "count": count}
    line(case, "issue_rating_codes", by=by, role=role, facts=facts)
    return slips


@transaction.atomic
def revoke_unused(case: Case, *, by: User) -> int:
    """End every code that nobody used yet; they do not count as asked. How many there were."""
    role = _issuer(case, by)
    waiting = case.rating_codes.filter(used_at=None, revoked_at=None)
    ended = waiting.update(revoked_at=timezone.now(), revoked_by=by)
    if ended:
        line(case, "revoke_rating_codes", by=by, role=role, facts={"count": ended})
    return ended


def find(token: str) -> RatingCode | None:
    """The code while it is good and its case is being rated. Why one is not is nobody's business."""
    good = RatingCode.objects.open().filter(case__stage=Stage.RATING, case__restricted_at=None)
    return good.select_related("case__region").filter(digest=_digest(token)).first()


@transaction.atomic
def answer(code: RatingCode, *, result: str, process: str, reason: str) -> None:
    """Keep one answer and use up its code, both or none. Raises `Refused`."""
    case = Case.objects.select_for_update().get(pk=code.case_id)
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    good = RatingCode.objects.open().filter(pk=code.pk, case__stage=Stage.RATING)
    if not good.update(used_at=today):
        raise Refused([_("This slip was used already, or the rating is over.")])
    rating = Rating.objects.create(
        case=case, rater=code.rater, channel=Rating.Channel.CODE, result=result,
        process=process, reason=reason, round=case.rounds or 1,
    )  # fmt: skip
    facts = {"rating": rating.pk, "count": 1}
    line(case, "rate", by=None, role=SUPERVISOR, facts=facts)
    record_public_step(case, "rate")


def _issuer(case: Case, by: User) -> str:
    role = may_issue(by, case)
    if role is None:
        raise Refused([_("You may not hand out slips for this case.")])
    return role


def _code(case: Case, by: User, rater: str, token: str) -> RatingCode:
    now = timezone.now()
    day = case.stage_due_on or timezone.localdate()
    over = timezone.make_aware(dt.datetime.combine(day, dt.time.max))
    return RatingCode(
        case=case, round=case.rounds or 1, rater=rater, digest=_digest(token), issued_by=by,
        issued_at=now, expires_at=max(over, now + AT_LEAST),
    )  # fmt: skip


def _tokens(count: int) -> list[str]:
    """128 random bits each, so that the digest needs no slow hash."""
    return [secrets.token_urlsafe(16) for _number in range(count)]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
