"""One-time links: issued by the system administrator, used once, within three days.

A password is never typed by anybody but the person it belongs to. What is handed over, on screen or
as a printed slip, is a code of 100 random bits; only its digest is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from committees import audit
from committees.grants import ADMINISTRATORS
from committees.models import Activation, AuditEntry, Role, RoleGrant, User
from committees.services import sessions

# Without I, L, O, U, 0 and 1: read from paper, typed on a phone.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 5, 4


class Spent(Exception):
    """The code is unknown, used, revoked or too old; which of them is nobody's business."""


@dataclass(frozen=True)
class Slip:
    """What the person gets, shown once: the code and until when it is good."""

    user: User
    code: str
    expires_at: dt.datetime


def may_issue(by: User, *, to: User) -> bool:
    """Whether this person hands out a link for that account: nobody of higher or other rights."""
    return to.is_active and rules_over(by, to, role=Role.SYSTEM_ADMIN)


def rules_over(by: User, other: User, *, role: str) -> bool:
    """Whether `by`, as an administrator of this kind, may decide about the account of another.

    Every scope of the other lies in a region of his; an administrator, of whatever kind, only below
    it. Whoever can let somebody in anew could go in himself.
    """
    return other.pk in ruled_among([other], by=by, role=role)


def ruled_among(others: Iterable[User], *, by: User, role: str) -> set[int]:
    """The keys of the accounts of a list that `by` may decide about; two queries for all."""
    asked = {other.pk for other in others if other.pk != by.pk and not other.is_superuser}
    if by.is_superuser:
        return asked
    regions = _keeps(by, role)
    if not regions:
        return set()
    held = RoleGrant.objects.filter(user__in=asked)
    return asked - {
        grant.user_id
        for grant in held.select_related("studio__committee", "unit", "region")
        if not _within(grant.reach, regions, below=grant.role in ADMINISTRATORS)
    }


def _keeps(by: User, role: str) -> list[str]:
    own = by.grants.in_force().filter(role=role, region__isnull=False)
    return [code for code in own.values_list("region_id", flat=True) if code]


def _within(code: str, regions: list[str], *, below: bool) -> bool:
    return any(code.startswith(own) and (len(code) > len(own) or not below) for own in regions)


def issue(user: User, *, by: User | None, purpose: str = Activation.Purpose.NEW) -> Slip:
    """A fresh code; older ones of the same person end. For a reset, the sessions end as well.

    The caller has asked `may_issue`; an import of accounts has its own right.
    """
    code = "".join(secrets.choice(LETTERS) for _letter in range(GROUPS * GROUP))
    now = timezone.now()
    with transaction.atomic():
        user.activations.filter(used_at=None, revoked_at=None).update(revoked_at=now)
        made = Activation.objects.create(
            user=user, purpose=purpose, digest=_digest(code), issued_by=by, issued_at=now,
            expires_at=now + settings.ACTIVATION_AGE,
        )  # fmt: skip
        if purpose == Activation.Purpose.RESET:
            User.objects.filter(pk=user.pk).update(must_change_password=True)
            sessions.end_all(user)
        audit.record(AuditEntry.Kind.ACTIVATION_ISSUED, by=by, about=user,
                     facts={"purpose": purpose})  # fmt: skip
    return Slip(user, _grouped(code), made.expires_at)


def find(code: str) -> Activation:
    """The open activation of this code. Raises `Spent`."""
    found = Activation.objects.open().filter(digest=_digest(code), user__is_active=True)
    row = found.select_related("user").first()
    if row is None:
        raise Spent
    return row


def use(activation: Activation, *, password: str) -> User:
    """Set the password, once. Every session ends. Raises `Spent` when somebody was faster."""
    with transaction.atomic():
        open_one = Activation.objects.open().filter(pk=activation.pk)
        if not open_one.update(used_at=timezone.now()):
            raise Spent
        user = activation.user
        user.set_password(password)
        user.must_change_password = False
        user.save()
        sessions.end_all(user)
        audit.record(AuditEntry.Kind.ACTIVATION_USED, by=user, about=user)
    return user


def _grouped(code: str) -> str:
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def _digest(code: str) -> str:
    """100 random bits need no slow hash. Case, width, blanks and dashes do not matter."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return hashlib.sha256("".join(c for c in plain if c.isalnum()).encode()).hexdigest()
