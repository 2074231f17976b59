"""How often somebody may try a password or a code: by account and by network.

A try is counted before the password is looked at and taken back when it was right, so that any
number of tries at once cannot exceed the limit. (A lock that counts afterwards, as ready-made ones
do, lets through whoever tries faster than a password is hashed; and these know one limit only.)
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from committees import audit, origin
from committees.models import AuditEntry, TryCount, User
from committees.names import fold
from committees.services import limits
from committees.services.limits import Caller, Counted, Kind


@dataclass(frozen=True)
class Try:
    """A try that was counted, and the account of that name if there is one."""

    counted: Counted
    user: User | None


def begin(name: str) -> Try:
    """Count a try at the account of this name from the caller's network. Raises `UsedUp`.

    An account that does not exist is counted, and locked, like any other.
    """
    user = User.objects.filter(username=name).first()
    network = origin.network(origin.address.get())
    account = Caller(Kind.ACCOUNT, fold(name), user=user)
    return Try(limits.count(account, Caller(Kind.ADDRESS, network, address=network)), user)


def right(tried: Try) -> None:
    """The password or code was right: the try does not count."""
    limits.take_back(tried.counted)


def wrong(tried: Try) -> None:
    """It was wrong: say so in the audit log, and once when it was the last one allowed."""
    with transaction.atomic():
        about = audit.label(tried.user) if tried.user else ""
        audit.record(AuditEntry.Kind.SIGN_IN_FAILED, by=None, about=about)
        if tried.counted.filled:
            facts = {"locked": list(tried.counted.filled)}
            audit.record(AuditEntry.Kind.LOCKED_OUT, by=None, about=about, facts=facts)


def lift(row: TryCount, *, by: User) -> None:
    """Let somebody try again before the time is over."""
    with transaction.atomic():
        limits.clear(row)
        about = audit.label(row.user) if row.user else f"{row.kind}:{row.pk}"
        audit.record(AuditEntry.Kind.LOCK_LIFTED, by=by, about=about)
