"""Working days of the Chinese calendar, with make-up working days, and due dates made of them.

The table of the staff (`WorkCalendarYear`, `WorkCalendarDay`) is the truth. A year that is not in
it is computed from what the `holidays` package knows, and is provisional (暂定).

The table is kept in the process and looked at again after `READ_AGAIN` seconds: two small
statements then, none in between. A step looks at once (`reread`), so that what is written is
counted by the table as it stands. Leaf.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import holidays

from committees.models import WorkCalendarDay, WorkCalendarYear

ONE_DAY = dt.timedelta(days=1)
READ_AGAIN = 30  # seconds
FIRST_KNOWN, LAST_ASKED = 2001, 2100  # the years that the package is asked for
Named = Mapping[dt.date, str]


@dataclass(frozen=True)
class Year:
    """The days of one year that are otherwise than the week says, each with its name."""

    off: Named = field(default_factory=dict)
    worked: Named = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """The confirmed years; every other one is computed. `stamps` say which state was read."""

    years: Mapping[int, Year] = field(default_factory=dict)
    stamps: tuple[tuple[int, dt.datetime], ...] = ()

    def of(self, year: int) -> Year:
        return self.years.get(year) or _computed(year)

    def with_year(self, year: int, days: Year) -> Table:
        """The same table with other days in one year, which counts as confirmed."""
        return replace(self, years={**self.years, year: days})

    def works(self, day: dt.date) -> bool:
        year = self.of(day.year)
        return day in year.worked or (day.weekday() < 5 and day not in year.off)

    def name_of(self, day: dt.date) -> str:
        year = self.of(day.year)
        return year.off.get(day) or year.worked.get(day) or ""

    def is_provisional(self, year: int) -> bool:
        """True while no arrangement is confirmed. Years before the first confirmed one are over."""
        if self.years:
            return year not in self.years and year > min(self.years)
        return not _computed(year).worked and year >= FIRST_KNOWN

    @property
    def last_confirmed(self) -> int | None:
        """The year up to which the calendar is sure, without a gap."""
        year = min(self.years, default=None)
        while year is not None and year + 1 in self.years:
            year += 1
        return year


@lru_cache(maxsize=32)
def _computed(year: int) -> Year:
    """What the package knows: the statutory days, and make-up days where they were published."""
    if not FIRST_KNOWN <= year <= LAST_ASKED:
        return Year()
    table = holidays.country_holidays("CN", years=year, language="zh_CN")
    # The package hands out some worked days of other years with every year.
    worked = {day: "" for day in table.weekend_workdays if day.year == year}
    return Year({day: str(name).partition("（")[0] for day, name in table.items()}, worked)


_kept: tuple[float, Table] | None = None
_supposed: ContextVar[Table | None] = ContextVar("calendar_supposed", default=None)


def table() -> Table:
    """The table in force, or the one supposed."""
    supposed = _supposed.get()
    if supposed is not None:
        return supposed
    if _kept is None or not 0 <= time.monotonic() - _kept[0] < READ_AGAIN:
        return reread()
    return _kept[1]


def reread() -> Table:
    """Look whether the table has changed: one statement, two more where it has."""
    global _kept
    stamps = tuple(WorkCalendarYear.objects.order_by("year").values_list("year", "changed_at"))
    if _kept is None or _kept[1].stamps != stamps:
        _kept = time.monotonic(), _read(stamps)
    else:
        _kept = time.monotonic(), _kept[1]
    return _kept[1]


def _read(stamps: tuple[tuple[int, dt.datetime], ...]) -> Table:
    years: dict[int, tuple[dict[dt.date, str], dict[dt.date, str]]] = {
        year: ({}, {}) for year, _changed in stamps
    }
    rows = WorkCalendarDay.objects.order_by("date").values_list("date", "kind", "name")
    for date, kind, name in rows if years else ():
        if date.year in years:
            years[date.year][kind == WorkCalendarDay.Kind.WORKED][date] = name
    return Table({year: Year(*days) for year, days in years.items()}, stamps)


def keep(known: Table) -> None:
    """Take a table as read just now."""
    global _kept
    _kept = time.monotonic(), known


@contextmanager
def supposing(other: Table) -> Iterator[None]:
    """Within it everything counts by another table: for a preview."""
    token = _supposed.set(other)
    try:
        yield
    finally:
        _supposed.reset(token)


def is_provisional(year: int) -> bool:
    """True while no arrangement of shifted working days is confirmed for the year."""
    return table().is_provisional(year)


def is_working_day(day: dt.date) -> bool:
    return table().works(day)


def add_working_days(start: dt.date, days: int) -> dt.date:
    """The day `days` working days after `start`; the start itself does not count."""
    known, day = table(), start
    for _ in range(days):
        day += ONE_DAY
        while not known.works(day):
            day += ONE_DAY
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    known = table()
    return sum(known.works(start + ONE_DAY * n) for n in range(1, (end - start).days + 1))


def months_later(start: dt.date, count: int) -> dt.date:
    """The same day `count` months later, or the month's last."""
    index = start.month - 1 + count
    year, month = start.year + index // 12, index % 12 + 1
    return dt.date(year, month, min(start.day, months.monthrange(year, month)[1]))


def on_working_day(day: dt.date) -> dt.date:
    """The day itself, or the next working day."""
    return day if is_working_day(day) else add_working_days(day, 1)


def add_months(start: dt.date, count: int) -> dt.date:
    """The same day `count` months later (or the month's last), moved on to a working day."""
    return on_working_day(months_later(start, count))


@dataclass(frozen=True)
class Basis:
    """How a due date came about: kept in one column beside it, as facts.

    `origin` is RULE (counted from `start` by a local rule), AGREED (a date that people named on
    `start`), EXTENDED (granted; due on `start` before), WAITED (due on `start` before, moved to the
    day of a decision that had been asked for in time) or SUSPENDED (due on `start` before, moved
    on by the days that the clock stood still). `count` is the number in force when it began;
    `unit` MONTHS, WORKING or DAYS; `rule` the key in `committees.parameters`.
    """

    RULE, AGREED, EXTENDED, SUSPENDED = "rule", "agreed", "extended", "suspended"
    WAITED = "waited"
    MONTHS, WORKING, DAYS = "months", "working", "days"

    origin: str
    start: dt.date
    count: int | None = None
    unit: str = ""
    rule: str = ""

    @property
    def due(self) -> dt.date | None:
        """The date by the calendar as it stands; None where people named it."""
        return None if self.count is None else counted(self.start, self.count, unit=self.unit)

    def kept(self) -> dict[str, Any]:
        facts = {"origin": self.origin, "start": self.start.isoformat(), "count": self.count,
                 "unit": self.unit, "rule": self.rule}  # fmt: skip
        return {name: value for name, value in facts.items() if value not in (None, "")}

    @classmethod
    def read(cls, kept: Mapping[str, Any] | None) -> Basis | None:
        if not kept:
            return None
        return cls(**{**kept, "start": dt.date.fromisoformat(kept["start"])})


def counted(start: dt.date, count: int, *, unit: str) -> dt.date:
    """The due date `count` months, working days or calendar days after `start`."""
    if unit == Basis.WORKING:
        return add_working_days(start, count)
    return on_working_day(_landed(start, count, unit=unit))


def _landed(start: dt.date, count: int, *, unit: str) -> dt.date:
    return months_later(start, count) if unit == Basis.MONTHS else start + ONE_DAY * count


@dataclass(frozen=True)
class Span:
    """Days one after the other with one name; without a name the days of a weekend."""

    first: dt.date
    last: dt.date
    name: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Explained:
    """Why a due date is that date.

    `landed` is where months or calendar days led before the move to a working day; `skipped` the
    holidays that were passed over, `weekend_days` how many plain days of weekends besides;
    `worked` the days of weekends that counted as working days.
    """

    start: dt.date
    due: dt.date
    landed: dt.date
    skipped: list[Span]
    weekend_days: int
    worked: list[Span]
    is_provisional: bool


def explained(start: dt.date, count: int, *, unit: str) -> Explained:
    """The due date with the days that were skipped and those that were worked on the way."""
    due, known = counted(start, count, unit=unit), table()
    landed = start if unit == Basis.WORKING else _landed(start, count, unit=unit)
    first = landed + ONE_DAY if unit == Basis.WORKING else landed
    way = [first + ONE_DAY * n for n in range((due - first).days + 1)]
    off = [day for day in way if not known.works(day)]
    named = [day for day in off if known.name_of(day)]
    worked = [day for day in way if day.weekday() > 4 and known.works(day)]
    return Explained(
        start,
        due,
        landed,
        _spans(named, known),
        len(off) - len(named),
        _spans(worked, known),
        known.is_provisional(due.year) or known.is_provisional(landed.year),
    )


def _spans(days: list[dt.date], known: Table) -> list[Span]:
    found: list[Span] = []
    for day in days:
        name, before = known.name_of(day), found[-1] if found else None
        if before and before.last == day - ONE_DAY and before.name == name:
            found[-1] = replace(before, last=day)
        else:
            found.append(Span(day, day, name))
    return found
