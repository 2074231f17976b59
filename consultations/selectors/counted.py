"""What is counted of a place here, apart from what reports state; at most a minute old."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from committees.models import Origin
from consultations.selectors.cases import public_cases
from consultations.selectors.public import REAL
from consultations.workflow.cases import ENDED, Stage

SECONDS = 60


@dataclass(frozen=True)
class Counted:
    """Public cases of a region and below. `at` says when; demonstrations are never among them."""

    at: dt.datetime
    followed: int
    open: int
    closed: int
    relapsed: int
    from_reports: int


def counted_at(code: str) -> Counted:
    """Kept for a minute, so that a page of the whole province costs the same as one of a county."""
    key = f"public-counted-{code}"
    found: Counted | None = cache.get(key)
    if found is None:
        found = _count(code)
        cache.set(key, found, SECONDS)
    return found


def _count(code: str) -> Counted:
    here = Q(origin=Origin.ENTERED)
    totals = (
        public_cases()
        .within(code)
        .filter(origin__in=REAL)
        .order_by()
        .aggregate(
            followed=Count("pk", filter=here),
            open=Count("pk", filter=here & ~Q(stage__in=ENDED)),
            closed=Count("pk", filter=here & Q(stage=Stage.CLOSED)),
            relapsed=Count("pk", filter=here & Q(relapses__gt=0)),
            from_reports=Count("pk", filter=Q(origin=Origin.REPORTED)),
        )
    )
    return Counted(at=timezone.now(), **totals)
