"""Days as people write them, and days that cannot be: before the meeting, or beyond all plans."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from committees.partial_dates import PartialDate
from consultations.models import Case, Meeting

WRITTEN = re.compile(
    r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*(?P<mark>[-/.月])\s*"
    r"(?P<day>\d{1,2})\s*[日号]?"
)
YEARS_AHEAD = 20  # no agreed item is planned further


class NoSuchDay(ValueError):
    """It is written as a day, but the calendar has none: 2月30日."""


def read_day(text: str) -> dt.date | None:
    """2026-06-30, 2026年6月30日, and 6月30日 for this year; None when it is not written as a day.

    Raises `NoSuchDay`.
    """
    match = WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None or not (match["year"] or match["mark"] == "月"):
        return None
    year = int(match["year"] or timezone.localdate().year)
    try:
        return dt.date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        raise NoSuchDay(text) from None


def first_meeting_day(case: Case) -> dt.date | None:
    """The day since which something can have been agreed."""
    meetings = case.meetings.exclude(status=Meeting.Status.CANCELLED).order_by("round", "pk")
    days = (_day_of(meeting) for meeting in meetings)
    return min((day for day in days if day), default=None)


def _day_of(meeting: Meeting) -> dt.date | None:
    if meeting.held_on:
        return meeting.held_on.earliest
    return timezone.localdate(meeting.starts_at) if meeting.starts_at else None


def due_days_fit(rows: Iterable[Any], *, since: dt.date | None) -> bool:
    """Whether what is due in these checked rows can be; a day that stood there already may stay."""
    fine = True
    for row in rows:
        day = getattr(row, "cleaned_data", {}).get("due_on")
        if not day or row.is_gone or day == getattr(row.record, "due_on", None):
            continue
        if reason := _objection(day, since):
            row.add_error("due_on", reason)
            fine = False
    return fine


def _objection(day: dt.date, since: dt.date | None) -> str:
    if since and day < since:
        return _("This is before the meeting of %s.") % PartialDate.parse(since)
    if day.year > timezone.localdate().year + YEARS_AHEAD:
        return _("At most %s years ahead.") % YEARS_AHEAD
    return ""
