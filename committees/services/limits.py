"""How often something may be done within a time: one way of counting, for all doors and processes.

A count is made before the thing is done, so that any number of tries at once cannot exceed the
limit; what must not count after all is taken back.

    counted = limits.count(limits.by_user(Kind.EXPORT, user))      # raises `UsedUp`

There is one row for each kind and caller, however often they come. It stands in the database,
since all processes share it; `settings.LIMITS` tells how many of each kind. Who it was is kept as
a keyed digest only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from committees import keys, origin
from committees.models import TryCount, User

Kind = TryCount.Kind
FORGET_AFTER = dt.timedelta(days=1)
LOOKS = 20  # how often a count looks again when it was overtaken, before it waits in line
TICK = dt.timedelta(microseconds=1)


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
    if len(callers) == 1:
        for _look in range(LOOKS):
            row = _row_of(callers[0])
            if row is None:
                break
            if counted := _count_one(row):
                return counted
    return _count_in_line(callers)


def _row_of(caller: Caller) -> TryCount | None:
    return TryCount.objects.filter(kind=caller.kind, key=caller.key).order_by("pk").first()


def _count_one(row: TryCount) -> Counted | None:
    """Written by one statement, which finds the row as it was read or does nothing: None then."""
    now, seen = timezone.now(), row.changed_at
    _forget_old(row, now)
    if row.locked_until:
        raise UsedUp(row.locked_until)
    return _counted([row], now) if _write_over(row, now, seen=seen) else None


def _write_over(row: TryCount, now: dt.datetime, *, seen: dt.datetime) -> bool:
    """Add the moment, unless somebody else wrote since `seen`; each writing moves that on."""
    row.moments = [*row.moments, now.timestamp()]
    row.locked_until, row.changed_at = _locked_until(row), max(now, seen + TICK)
    unchanged = TryCount.objects.filter(pk=row.pk, changed_at=seen)
    return bool(unchanged.update(moments=row.moments, locked_until=row.locked_until,
                                 changed_at=row.changed_at))  # fmt: skip


def _counted(rows: list[TryCount], now: dt.datetime) -> Counted:
    filled = tuple(row.kind for row in rows if row.locked_until)
    return Counted(now.timestamp(), tuple(row.pk for row in rows), filled)


def _count_in_line(callers: Sequence[Caller]) -> Counted:
    """All of them under a lock, the rows made where there are none."""
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
    return _counted(rows, now)


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
        _forget_old(row, now)
        row.changed_at = max(now, row.changed_at + TICK)
    return rows


def _forget_old(row: TryCount, now: dt.datetime) -> None:
    oldest = now.timestamp() - settings.LIMITS[row.kind][1].total_seconds()
    row.moments = [moment for moment in row.moments if moment > oldest]
    row.locked_until = _locked_until(row)


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
