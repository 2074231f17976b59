"""How often somebody may try a password or a code: by account and by network.

A try is counted before the password is looked at and taken back when it was right, so that any
number of tries at once cannot exceed the limit. (A lock that counts afterwards, as ready-made ones
do, lets through whoever tries faster than a password is hashed; and these know one limit only.)
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from committees import audit, keys, origin
from committees.models import AuditEntry, TryCount, User
from committees.names import fold

Kind = TryCount.Kind
FORGET_AFTER = dt.timedelta(days=1)


class Locked(Exception):
    """Too many tries; `until` is when the next one is looked at."""

    def __init__(self, until: dt.datetime) -> None:
        self.until = until
        super().__init__(until)


@dataclass(frozen=True)
class Try:
    """A try that was counted: when, in which rows, and which of them it locked."""

    at: float
    rows: tuple[int, ...]
    user: User | None
    locked: tuple[str, ...]


def begin(name: str) -> Try:
    """Count a try at the account of this name from the caller's network. Raises `Locked`.

    An account that does not exist is counted, and locked, like any other.
    """
    user, now = User.objects.filter(username=name).first(), timezone.now()
    network = origin.network(origin.address.get())
    wanted = [
        TryCount(kind=Kind.ACCOUNT, key=_key(Kind.ACCOUNT, fold(name)), user=user),
        TryCount(kind=Kind.ADDRESS, key=_key(Kind.ADDRESS, network), address=network),
    ]
    with transaction.atomic():
        TryCount.objects.bulk_create(wanted, ignore_conflicts=True)
        rows = _held(now, key__in=[row.key for row in wanted])
        full = [row.locked_until for row in rows if row.locked_until]
        if full:
            raise Locked(max(full))
        for row in rows:
            _write(row, [*row.failures, now.timestamp()])
    locked = tuple(row.kind for row in rows if row.locked_until)
    return Try(now.timestamp(), tuple(row.pk for row in rows), user, locked)


def right(tried: Try) -> None:
    """The password or code was right: the try does not count."""
    with transaction.atomic():
        for row in _held(timezone.now(), pk__in=tried.rows):
            if tried.at in row.failures:
                row.failures.remove(tried.at)
            _write(row, row.failures)


def wrong(tried: Try) -> None:
    """It was wrong: say so in the audit log, and once when it was the last one allowed."""
    with transaction.atomic():
        about = audit.label(tried.user) if tried.user else ""
        audit.record(AuditEntry.Kind.SIGN_IN_FAILED, by=None, about=about)
        if tried.locked:
            facts = {"locked": list(tried.locked)}
            audit.record(AuditEntry.Kind.LOCKED_OUT, by=None, about=about, facts=facts)


def lift(count: TryCount, *, by: User) -> None:
    """Let somebody try again before the time is over."""
    with transaction.atomic():
        _write(count, [])
        about = audit.label(count.user) if count.user else f"{count.kind}:{count.pk}"
        audit.record(AuditEntry.Kind.LOCK_LIFTED, by=by, about=about)


def forget() -> int:
    """Delete the counts that nothing was added to for a day; how many there were."""
    old = TryCount.objects.filter(changed_at__lt=timezone.now() - FORGET_AFTER)
    return old.delete()[0]


def _held(now: dt.datetime, **which: Any) -> list[TryCount]:
    """The rows as they are now, without the old tries; nobody else writes them until we are done.

    (A transaction on SQLite is alone from its beginning.)
    """
    rows = list(TryCount.objects.select_for_update().filter(**which).order_by("pk"))
    oldest = now.timestamp() - settings.SIGN_IN_WINDOW.total_seconds()
    for row in rows:
        row.failures = [moment for moment in row.failures if moment > oldest]
        row.locked_until = _locked_until(row)
        row.changed_at = now
    return rows


def _write(row: TryCount, failures: list[float]) -> None:
    row.failures = failures
    row.locked_until = _locked_until(row)
    row.save(update_fields=["failures", "locked_until", "changed_at"])


def _locked_until(row: TryCount) -> dt.datetime | None:
    """When the first of the counted tries is old enough, if no more are allowed until then."""
    most = settings.SIGN_IN_TRIES[row.kind]
    if len(row.failures) < most:
        return None
    frees = dt.datetime.fromtimestamp(row.failures[-most], tz=dt.UTC)
    return frees + settings.SIGN_IN_WINDOW


def _key(kind: str, what: str) -> str:
    """A digest: what is typed as a name may be a password."""
    key = keys.derived(keys.current(), "tries")
    return hmac.digest(key, f"{kind}:{what}".encode(), hashlib.sha256).hex()
