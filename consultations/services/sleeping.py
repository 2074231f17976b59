"""Cases on which nothing was put on record for long 沉睡事项: marked by the calendar, awake with the
next line of their history. Nothing moves by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from committees.models import Parameter
from committees.parameters import DEFAULTS, value_for
from consultations.models import Case, Event
from consultations.models.cases import CaseQuerySet
from consultations.workflow.cases import OPEN

KEY = "sleep_days"
AT_ONCE = 500


def mark() -> Iterator[int]:
    """Mark what has gone to sleep; how many, in strokes."""
    today = timezone.localdate()
    spoken = Max("events__at", filter=~Q(events__actor=None, events__role=""))
    fell_asleep = _quiet_for(_shortest(), on=today)
    rows = fell_asleep.select_related("region").annotate(last=spoken).order_by("pk")
    for case in rows.iterator(chunk_size=AT_ONCE):
        since = timezone.localdate(case.last or case.created_at)
        if (today - since).days >= value_for(case.region, KEY, on=today):
            yield Case.objects.filter(pk=case.pk, asleep_since=None).update(asleep_since=since)


def wake(case: Case) -> None:
    """Something was put on record."""
    if case.asleep_since is not None:
        Case.objects.filter(pk=case.pk).update(asleep_since=None)
        case.asleep_since = None


def _shortest() -> int:
    """The fewest days that any place sets: what spoke since then sleeps nowhere."""
    local = Parameter.objects.filter(key=KEY)
    return min([DEFAULTS[KEY].default, *local.values_list("value", flat=True)])


def _quiet_for(days: int, *, on: dt.date) -> CaseQuerySet:
    spoke_at = timezone.make_aware(dt.datetime.combine(on - dt.timedelta(days=days), dt.time.max))
    spoke = _by_somebody().filter(case=OuterRef("pk"), at__gt=spoke_at)
    awake = Case.objects.filter(stage__in=OPEN, asleep_since=None, created_at__lte=spoke_at)
    return awake.exclude(Exists(spoke))


def _by_somebody() -> QuerySet[Event]:
    """Lines that the calendar writes by itself wake nobody."""
    return Event.objects.exclude(actor=None, role="")
