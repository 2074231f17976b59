"""How far the working calendar is confirmed, and whether that is worth a warning."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from consultations import calendar

DAYS_BEFORE = 60
NOTICE_MONTH = 11  # the notice for the next year comes out around then


@dataclass(frozen=True)
class Standing:
    """`last` is the year up to which every year is confirmed; None where none ever was."""

    last: int | None
    today: dt.date

    @property
    def missing(self) -> int:
        """The year that is to be confirmed next."""
        return self.today.year if self.last is None else self.last + 1

    @property
    def has_next_year(self) -> bool:
        return self.last is not None and self.last > self.today.year

    @property
    def warns(self) -> bool:
        """From 60 days before the last confirmed year runs out, and from 1 November."""
        if self.last is None:
            return False
        left = (dt.date(self.last, 12, 31) - self.today).days
        is_time = self.today.month >= NOTICE_MONTH and self.last == self.today.year
        return left <= DAYS_BEFORE or is_time

    @property
    def has_run_out(self) -> bool:
        return self.last is not None and self.last < self.today.year


def standing() -> Standing:
    return Standing(calendar.table().last_confirmed, timezone.localdate())
