"""The days around a planned meeting: by when it is announced, its papers go out, it is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from committees.models import Region
from committees.parameters import value_for
from consultations import calendar
from consultations.models import Event, Meeting

ANNOUNCING = ("schedule", "postpone")


@dataclass(frozen=True)
class Notice:
    """How many working days ahead a meeting was announced, and how many are usual there."""

    days: int
    usual: int


def papers_by(held: dt.date, days: int) -> dt.date:
    """The last working day that lies so many working days before the meeting."""
    day = held
    while days:
        day -= calendar.ONE_DAY
        days -= calendar.is_working_day(day)
    return day


def earliest(region: Region, *, on: dt.date) -> tuple[dt.date, int]:
    """The first day for which a meeting is announced in time today, and by how many days ahead."""
    days = value_for(region, "meeting_notice_days", on=on)
    return calendar.add_working_days(on, days), days


def facts_of_notice(region: Region, held: dt.date, *, on: dt.date) -> dict[str, int]:
    """What the line of history keeps where a meeting is announced on short notice. What was held
    before it is entered was announced elsewhere."""
    first, usual = earliest(region, on=on)
    if held < on or held >= first:
        return {}
    return {"ahead": calendar.working_days_between(on, held), "usual": usual}


def notices_in(events: Iterable[Event]) -> dict[int, Notice]:
    """By the key of each meeting the notice of the last time that was set for it, where short."""
    found: dict[int, Notice] = {}
    for event in events:
        if event.action in ANNOUNCING and (key := event.data.get("meeting")):
            found.pop(key, None)
            if "ahead" in event.data:
                found[key] = Notice(event.data["ahead"], event.data["usual"])
    return found


def papers_of(meeting: Meeting, region: Region) -> dt.date | None:
    """By when the papers of a planned meeting go out; None for others."""
    if not meeting.is_planned or meeting.starts_at is None:
        return None
    return papers_by(timezone.localdate(meeting.starts_at), value_for(region, "materials_days"))
