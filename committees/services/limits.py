"""How often something may be done within a time: one way of counting, for all doors and processes.

A count is made before the thing is done, so that any number of tries at once cannot exceed the
limit; what must not count after all is taken back.

    counted = limits.count(limits.by_user(Kind.EXPORT, user))      # raises `UsedUp`

The rows stand in the database, since all processes share it; `settings.LIMITS` tells how many of
each kind. Who it was is kept as a keyed digest only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from committees import keys, origin
from committees.models import TryCount, User

Kind = TryCount.Kind
FORGET_AFTER = dt.timedelta(days=1)


class UsedUp(Exception):
    """The limit is reached; `until` is when the next one is looked at."""

    def __init__(self, until: dt.datetime) -> None:
        self.until = until
        super().__init__(until)

    @property
    def seconds(self) -> int:
        """To wait, for the header Retry-After."""
        return max(1, math.ceil((self.until - timezone.now()).total_seconds()))


@dataclass(frozen=True)
class Caller:
    """Who is counted for one kind: an account, a network, a person. `address` is kept in clear."""

    kind: str
    who: str
    user: User | None = None
    address: str = ""

    @property
    def key(self) -> str:
        """A digest: what is typed as a name may be a password."""
        key = keys.derived(keys.current(), "tries")
        return hmac.digest(key, f"{self.kind}:{self.who}".encode(), hashlib.sha256).hex()

    def row(self) -> TryCount:
        return TryCount(kind=self.kind, key=self.key, user=self.user, address=self.address)


@dataclass(frozen=True)
class Counted:
    """What was counted: when, in which rows, and the kinds that reached their limit by it."""

    at: float
    rows: tuple[int, ...]
    filled: tuple[str, ...]


def by_address(kind: str) -> Caller:
    """The network that the present request comes from."""
    return Caller(kind, origin.network(origin.address.get()))


def by_user(kind: str, user: User) -> Caller:
    return Caller(kind, str(user.pk), user=user)


def count(*callers: Caller) -> Counted:
    """Count one more for each of them, or for none. Raises `UsedUp`, and counts nothing then."""
    now = timezone.now()
    found = [caller.key for caller in callers]
    if until := _used_up_until(found, now):  # nothing is written for whoever has to wait anyway
        raise UsedUp(until)
    with transaction.atomic():
        TryCount.objects.bulk_create([caller.row() for caller in callers], ignore_conflicts=True)
        rows = _held(now, TryCount.objects.filter(key__in=found))
        if full := [row.locked_until for row in rows if row.locked_until]:
            raise UsedUp(max(full))
        for row in rows:
            _write(row, [*row.moments, now.timestamp()])
    filled = tuple(row.kind for row in rows if row.locked_until)
    return Counted(now.timestamp(), tuple(row.pk for row in rows), filled)


def take_back(counted: Counted) -> None:
    """It was none that counts: the password was right, the link was good."""
    with transaction.atomic():
        for row in _held(timezone.now(), TryCount.objects.filter(pk__in=counted.rows)):
            if counted.at in row.moments:
                row.moments.remove(counted.at)
            _write(row, row.moments)


def clear(row: TryCount) -> None:
    """Begin to count anew."""
    _write(row, [])


def forget() -> int:
    """Delete the counts that nothing was added to for a day; how many there were."""
    old = TryCount.objects.filter(changed_at__lt=timezone.now() - FORGET_AFTER)
    return old.delete()[0]


def _used_up_until(found: Iterable[str], now: dt.datetime) -> dt.datetime | None:
    full = TryCount.objects.filter(key__in=found, locked_until__gt=now)
    return full.aggregate(until=Max("locked_until"))["until"]


def _held(now: dt.datetime, which: QuerySet[TryCount]) -> list[TryCount]:
    """The rows as they are now, without what is old; nobody else writes them until we are done.

    (A transaction on SQLite is alone from its beginning.)
    """
    rows = list(which.select_for_update().order_by("pk"))
    for row in rows:
        oldest = now.timestamp() - settings.LIMITS[row.kind][1].total_seconds()
        row.moments = [moment for moment in row.moments if moment > oldest]
        row.locked_until = _locked_until(row)
        row.changed_at = now
    return rows


def _write(row: TryCount, moments: list[float]) -> None:
    row.moments = moments
    row.locked_until = _locked_until(row)
    row.save(update_fields=["moments", "locked_until", "changed_at"])


def _locked_until(row: TryCount) -> dt.datetime | None:
    """When the first of those counted is old enough, if no more are allowed until then."""
    most, within = settings.LIMITS[row.kind]
    if len(row.moments) < most:
        return None
    return dt.datetime.fromtimestamp(row.moments[-most], tz=dt.UTC) + within
