"""The duty record 履职档案 of a member: derived line by line from what was recorded elsewhere.

Nothing is typed for it and nobody is ranked by it. The score exists only where the county has a
scheme, and only the member and the own office see it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from committees.models import DutyKind, DutyScheme, Member, Region, SectorContact, StudioActivity
from committees.partial_dates import PartialDate
from consultations.models import (
    Case,
    Conversion,
    FieldVisit,
    FollowUp,
    Meeting,
    Participant,
    Statement,
    Verification,
)

Day = dt.date | PartialDate


@dataclass(frozen=True)
class DutyLine:
    """One act, and the case that is the evidence of it (none for what belongs to no case)."""

    kind: str
    on: Day
    text: str
    case: int | None = None

    @property
    def first_day(self) -> dt.date:
        return self.on.earliest if isinstance(self.on, PartialDate) else self.on


@dataclass(frozen=True)
class Score:
    """Points by kind under the scheme, after the caps; `total` is after the cap of all."""

    scheme: DutyScheme
    points: dict[str, Decimal]
    total: Decimal


@dataclass(frozen=True)
class Attendance:
    """Meetings the member was on the list of, and those attended."""

    invited: int
    attended: int

    @property
    def percent(self) -> int | None:
        """None where there was nothing to attend: that is no zero."""
        return round(100 * self.attended / self.invited) if self.invited else None


@dataclass(frozen=True)
class DutyRecord:
    member: Member
    year: int
    lines: list[DutyLine]
    attendance: Attendance
    score: Score | None

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """(kind, label, how many) of every kind, those with none too."""
        seen = Counter(line.kind for line in self.lines)
        return [(kind.value, str(kind.label), seen[kind.value]) for kind in DutyKind]

    def only(self, cases: set[int], *, hidden: str) -> DutyRecord:
        """The record with `hidden` in place of what belongs to a case that is not among these."""
        lines = [
            line if line.case is None or line.case in cases else replace(line, text=hidden)
            for line in self.lines
        ]
        return replace(self, lines=lines)


def duty_record(member: Member, *, year: int, region: Region | None = None) -> DutyRecord:
    """The record of one calendar year; `region` is where the scheme is looked for (no score
    without it). Twelve queries at most, whatever was done."""
    lines = [line for lines in READERS for line in lines(member, year)]
    lines.sort(key=lambda line: (line.first_day, line.kind, line.text), reverse=True)
    scheme = scheme_for(region, on=_last_day(year)) if region else None
    score = score_of(lines, scheme) if scheme else None
    return DutyRecord(member, year, lines, _attendance(member, year), score)


def scheme_for(region: Region, *, on: dt.date) -> DutyScheme | None:
    """The scheme in force on a day: the nearest region upward that has one."""
    codes = [*region.ancestor_codes, region.code]
    rows = DutyScheme.objects.filter(region__in=codes, valid_from__lte=on)
    return rows.order_by("-region_id", "-valid_from").prefetch_related("rules").first()


def score_of(lines: Iterable[DutyLine], scheme: DutyScheme) -> Score:
    """base + points × acts for each kind, each kind and the whole up to its cap."""
    counts = Counter(line.kind for line in lines)
    points = {
        rule.kind: _capped(rule.points * counts[rule.kind], rule.cap) for rule in scheme.rules.all()
    }
    total = _capped(scheme.base + sum(points.values(), Decimal(0)), scheme.cap)
    return Score(scheme, points, total)


def _capped(points: Decimal, cap: Decimal | None) -> Decimal:
    return points if cap is None else min(points, cap)


def _last_day(year: int) -> dt.date:
    return min(dt.date(year, 12, 31), timezone.localdate())


# --- One reader for each kind -----------------------------------------------------------------
def _topics(member: Member, year: int) -> Iterator[DutyLine]:
    rows = Case.objects.filter(recommended_by=member, year=year).exclude(stage="draft")
    for pk, title, raised, created in rows.values_list("pk", "title", "raised_on", "created_at"):
        yield DutyLine(DutyKind.TOPIC, raised or timezone.localdate(created), title, pk)


def _visits(member: Member, year: int) -> Iterator[DutyLine]:
    rows = _in_year(FieldVisit.objects.filter(members=member), "visited_on", year)
    yield from _lines(DutyKind.VISIT, rows, "visited_on", "place")


def _meetings(member: Member, year: int) -> Iterator[DutyLine]:
    rows = _sittings(member, year).filter(attended=True)
    yield from _lines(DutyKind.MEETING, rows, "meeting__held_on", "meeting__case__title",
                      case="meeting__case")  # fmt: skip


def _statements(member: Member, year: int) -> Iterator[DutyLine]:
    held = Statement.objects.filter(speaker__member=member, meeting__status=Meeting.Status.HELD)
    rows = _in_year(held, "meeting__held_on", year)
    yield from _lines(DutyKind.STATEMENT, rows, "meeting__held_on", "meeting__case__title",
                      case="meeting__case")  # fmt: skip


def _verifications(member: Member, year: int) -> Iterator[DutyLine]:
    rows = Verification.objects.filter(verified_by__member=member, verified_on__year=year)
    yield from _lines(DutyKind.VERIFICATION, rows, "verified_on", "task__title", case="task__case")


def _follow_ups(member: Member, year: int) -> Iterator[DutyLine]:
    rows = _in_year(FollowUp.objects.filter(members=member), "done_on", year)
    yield from _lines(DutyKind.FOLLOW_UP, rows, "done_on", "case__title")


def _contacts(member: Member, year: int) -> Iterator[DutyLine]:
    for contact in SectorContact.objects.filter(member=member, held_on__year=year):
        yield DutyLine(DutyKind.CONTACT, contact.held_on, str(contact.get_kind_display()))


def _activities(member: Member, year: int) -> Iterator[DutyLine]:
    rows = StudioActivity.objects.filter(members=member, held_on__year=year)
    yield from _lines(DutyKind.ACTIVITY, rows, "held_on", "title", case=None)


def _conversions(member: Member, year: int) -> Iterator[DutyLine]:
    rows = Conversion.objects.filter(members=member, converted_on__year=year)
    yield from _lines(DutyKind.CONVERSION, rows, "converted_on", "title")


READERS: tuple[Callable[[Member, int], Iterable[DutyLine]], ...] = (
    _topics, _visits, _meetings, _statements, _verifications, _follow_ups, _contacts, _activities,
    _conversions,
)  # fmt: skip


def _lines(
    kind: str, rows: QuerySet[Any], day: str, text: str, *, case: str | None = "case"
) -> Iterator[DutyLine]:
    columns = {"on": F(day), "said": F(text)} | ({"of": F(case)} if case else {})
    for row in rows.order_by("pk").values(**columns):
        yield DutyLine(kind, row["on"], row["said"], row.get("of"))


def _in_year(rows: QuerySet[Any], name: str, year: int) -> QuerySet[Any]:
    """Rows whose partial date lies in a year: the stored text begins with it."""
    return rows.filter(**{f"{name}__gte": str(year), f"{name}__lt": str(year + 1)})


def _sittings(member: Member, year: int) -> QuerySet[Participant]:
    held = Participant.objects.filter(member=member, meeting__status=Meeting.Status.HELD)
    return _in_year(held, "meeting__held_on", year)


def _attendance(member: Member, year: int) -> Attendance:
    came = list(_sittings(member, year).values_list("attended", flat=True))
    return Attendance(len(came), sum(came))
