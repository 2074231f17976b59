"""A studio as a place of work: who sits there, its plan, its activities, its norm, its silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from committees.models import (
    Checklist,
    ChecklistLine,
    ChecklistMark,
    Origin,
    Region,
    Room,
    Studio,
    StudioActivity,
)
from committees.models.regions import at_or_below
from consultations.models import Event, Meeting

SLEEPS_AFTER = dt.timedelta(days=180)
ACTIVITIES = 20
SLEEPING = 200


@dataclass(frozen=True)
class PointLine:
    """One point of the norm with what was found of it; None where nobody has looked."""

    line: ChecklistLine
    mark: ChecklistMark | None


def checklist_for(region: Region, *, of: str, on: dt.date | None = None) -> Checklist | None:
    """The norm in force for a place: that of the nearest region upward that has one.

    What a place wrote itself goes before the example that ships with the program.
    """
    codes = [*region.ancestor_codes, region.code]
    rows = Checklist.objects.filter(
        region__in=codes, of=of, valid_from__lte=on or timezone.localdate()
    )
    return rows.order_by("is_example", "-region_id", "-valid_from", "pk").first()


def points_of(place: Studio | Room) -> tuple[Checklist | None, list[PointLine]]:
    """The norm of a studio or room, point by point, in three queries."""
    of = Checklist.Of.STUDIO if isinstance(place, Studio) else Checklist.Of.ROOM
    norm = checklist_for(place.region or place.committee.region, of=of)
    if norm is None:
        return None, []
    lines = list(norm.lines.order_by("number", "pk"))
    marks = {mark.line_id: mark for mark in place.marks.filter(line__in=lines)}
    return norm, [PointLine(line, marks.get(line.pk)) for line in lines]


def activities_of(studio: Studio, *, released: bool = False) -> list[StudioActivity]:
    """The newest first; the public sees the released ones only."""
    rows = studio.activities.select_related("recorded_by", "released_by")
    if released:
        rows = rows.filter(released_by__isnull=False)
    return list(rows.order_by("-held_on", "-pk")[:ACTIVITIES])


def sleeping_studios(codes: Iterable[str], *, on: dt.date | None = None) -> QuerySet[Studio]:
    """Studios of these counties in which nothing has happened for half a year.

    No step or entry on a case, no meeting held and no activity. One that opened since is not asked
    yet; a closed one, and one that a report only quotes, is not asked at all.
    """
    since = (on or timezone.localdate()) - SLEEPS_AFTER
    begin = timezone.make_aware(dt.datetime.combine(since, dt.time.min))
    mine = OuterRef("pk")
    held = Meeting.objects.filter(
        case__studio=mine, status=Meeting.Status.HELD, held_on__gte=since.isoformat()
    )
    done = (
        Event.objects.filter(case__studio=mine, at__gte=begin),
        held,
        StudioActivity.objects.filter(studio=mine, held_on__gte=since),
    )
    here = at_or_below(codes, path="committee__region")
    rows = Studio.objects.filter(here, closed_on=None).exclude(origin=Origin.REPORTED)
    for what in done:
        rows = rows.filter(~Exists(what))
    young = Q(opened_on__gte=since.isoformat())
    return rows.exclude(young).select_related("committee", "region").order_by("name", "pk")
