"""Working days of the Chinese calendar, with shifted working days, and due dates made of them.

The published arrangements come from the `holidays` package; a year without a published
arrangement counts statutory holidays only and is provisional (暂定).
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from functools import lru_cache

import holidays

ONE_DAY = dt.timedelta(days=1)


@lru_cache(maxsize=16)
def _table(year: int) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """(days off, weekend days worked) of one year."""
    table = holidays.country_holidays("CN", years=year)
    # The package hands out some worked days of other years with every year.
    return frozenset(table), frozenset(d for d in table.weekend_workdays if d.year == year)


def is_provisional(year: int) -> bool:
    """True while no arrangement of shifted working days is known for the year."""
    return not _table(year)[1]


def is_working_day(day: dt.date) -> bool:
    off, worked = _table(day.year)
    return day in worked or (day.weekday() < 5 and day not in off)


def add_working_days(start: dt.date, days: int) -> dt.date:
    """The day `days` working days after `start`; the start itself does not count."""
    day = start
    for _ in range(days):
        day += ONE_DAY
        while not is_working_day(day):
            day += ONE_DAY
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + ONE_DAY * n) for n in range(1, (end - start).days + 1))


def add_months(start: dt.date, count: int) -> dt.date:
    """The same day `count` months later (or the month's last), moved on to a working day."""
    index = start.month - 1 + count
    year, month = start.year + index // 12, index % 12 + 1
    day = dt.date(year, month, min(start.day, months.monthrange(year, month)[1]))
    return day if is_working_day(day) else add_working_days(day, 1)
