"""Attendance by member and period: counted from the sign-in lists, in the order of names.

Nobody is put before anybody else by it; a meeting counts once for each member on its list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from committees.models import Member, Origin
from committees.selectors.member_seats import members_of_county
from consultations.models import Meeting, Participant
from consultations.selectors.duty import Attendance
from consultations.selectors.members import members_of_studios

A_PAGE = 50
COUNTS = ~Q(meeting__case__origin__in=(Origin.DEMO, Origin.SYNTHETIC)) | Q(
    meeting__case__committee__is_demo=True
)


@dataclass(frozen=True)
class Row:
    member: Member
    attendance: Attendance


def members_read_by(counties: Iterable[str], studios: Iterable[int]) -> QuerySet[Member]:
    """The members of these counties and of these studios, by name."""
    of_county, of_studio = members_of_county(counties), members_of_studios(studios)
    keys = Q(pk__in=of_county.values("pk")) | Q(pk__in=of_studio.values("pk"))
    return Member.objects.filter(keys).order_by("pinyin", "name", "pk")


def attendance_of(members: Sequence[Member], *, first: dt.date, last: dt.date) -> list[Row]:
    """One row for each, in one query. A meeting whose day is not known exactly counts where all
    that it can mean lies in the period."""
    sat: dict[int, dict[int, bool]] = {member.pk: {} for member in members}
    rows = Participant.objects.filter(
        COUNTS, member__in=sat, meeting__status=Meeting.Status.HELD,
        meeting__held_on__gte=str(first.year), meeting__held_on__lt=str(last.year + 1),
    )  # fmt: skip
    columns = rows.order_by("pk").values_list("member", "meeting", "attended", "meeting__held_on")
    for member, meeting, attended, day in columns:
        if day and first <= day.earliest and day.latest <= last:
            sat[member][meeting] = sat[member].get(meeting, False) or attended
    return [Row(m, Attendance(len(sat[m.pk]), sum(sat[m.pk].values()))) for m in members]
