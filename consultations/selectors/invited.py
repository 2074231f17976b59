"""Who comes to a meeting: the members who are asked, with what each answered so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from committees.models import Member, StudioSeat
from committees.partial_dates import not_over
from consultations.models import Case, Meeting, MeetingAnswer

MEETINGS = 50


@dataclass(frozen=True)
class Replies:
    """The answers to one invitation, each list by name; `waiting` have not answered."""

    coming: list[MeetingAnswer]
    away: list[MeetingAnswer]
    waiting: list[Member]

    def __bool__(self) -> bool:
        return bool(self.coming or self.away or self.waiting)


def replies_to(meetings: Iterable[Meeting]) -> dict[int, Replies]:
    """By the key of each meeting; two queries for all. `meeting.case` has been read."""
    asked = list(meetings)
    members = _members_of({meeting.case.studio_id for meeting in asked} - {None})
    given: dict[int, list[MeetingAnswer]] = defaultdict(list)
    rows = MeetingAnswer.objects.filter(meeting__in=[meeting.pk for meeting in asked])
    for row in rows.select_related("member").order_by("member__pinyin", "pk") if asked else ():
        given[row.meeting_id].append(row)
    return {
        meeting.pk: _sorted(given[meeting.pk], members.get(meeting.case.studio_id or 0, []))
        for meeting in asked
    }


def _members_of(studios: set[int | None]) -> dict[int, list[Member]]:
    """Who has a place in each studio today, without anybody twice."""
    found: dict[int, dict[int, Member]] = defaultdict(dict)
    seats = StudioSeat.objects.filter(not_over(), studio__in=studios, member__isnull=False)
    for seat in seats.select_related("member").order_by("member__pinyin", "pk") if studios else ():
        if seat.member is not None:
            found[seat.studio_id][seat.member.pk] = seat.member
    return {studio: list(people.values()) for studio, people in found.items()}


def _sorted(given: list[MeetingAnswer], members: list[Member]) -> Replies:
    answered = {row.member_id for row in given}
    return Replies(
        [row for row in given if row.is_coming],
        [row for row in given if not row.is_coming],
        [member for member in members if member.pk not in answered],
    )


def coming_meetings(cases: QuerySet[Case]) -> QuerySet[Meeting]:
    """The planned meetings from today on of cases one may see, the next one first."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Meeting.objects.filter(
        status=Meeting.Status.PLANNED, starts_at__gte=today, case__in=cases
    )
    return rows.select_related("case__region", "case__studio", "room").order_by("starts_at", "pk")
