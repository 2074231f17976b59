"""Working days of the Chinese calendar: day by day against a second source."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.calendar import (
    add_months,
    add_working_days,
    is_provisional,
    is_working_day,
    working_days_between,
)

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_agrees_with_the_second_source(year):
    first = dt.date(year, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range(366)]

    wrong = [day for day in days if day.year == year
             and is_working_day(day) != chinese_calendar.is_workday(day)]  # fmt: skip

    assert wrong == []
    assert not is_provisional(year)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-02-04", True),  # Sunday worked for the Spring Festival
        ("2024-02-09", True),  # New Year's Eve was not a holiday that year
        ("2024-02-12", False),
        ("2025-01-26", True),  # Sunday worked
        ("2025-10-06", False),  # Mid-Autumn inside the National Day week
        ("2026-01-04", True),  # Sunday worked
        ("2026-02-14", True),  # Saturday worked
        ("2026-02-28", True),
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-10-10", True),
        ("2026-06-19", False),  # Dragon Boat
        ("2026-06-20", False),
        ("2026-06-22", True),
    ],
)
def test_shifted_days_known_from_the_notices(day, works):
    assert is_working_day(dt.date.fromisoformat(day)) is works


def test_a_year_without_a_notice_is_provisional_and_counts_statutory_days_only():
    assert is_provisional(2027)
    assert not is_working_day(dt.date(2027, 10, 1))
    assert not is_working_day(dt.date(2027, 1, 1))
    weekends = [
        day for n in range(365) if (day := dt.date(2027, 1, 1) + dt.timedelta(days=n)).weekday() > 4
    ]
    assert not any(is_working_day(day) for day in weekends)


@given(DAYS, st.integers(0, 60))
def test_so_many_working_days_later_is_so_many_working_days_between(start, days):
    end = add_working_days(start, days)

    assert working_days_between(start, end) == days
    assert working_days_between(end, start) == -days
    assert is_working_day(end) or days == 0


@given(DAYS, DAYS)
def test_the_count_is_that_of_the_days_one_by_one(start, end):
    first, last = sorted((start, end))
    walked = sum(
        is_working_day(first + dt.timedelta(days=n)) for n in range(1, (last - first).days + 1)
    )

    assert working_days_between(first, last) == walked
    assert working_days_between(last, first) == -walked


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-06-10", 2, "2026-06-12"),
        ("2026-06-12", 1, "2026-06-15"),  # over the weekend
        ("2026-06-18", 1, "2026-06-22"),  # over the Dragon Boat holiday
        ("2026-09-30", 1, "2026-10-08"),  # over the National Day week
        ("2026-10-09", 1, "2026-10-10"),  # a Saturday that is worked
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-06-13", 0, "2026-06-13"),  # no days at all: the day itself
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_working_days_are_added_over_holidays(start, days, end):
    assert add_working_days(dt.date.fromisoformat(start), days) == dt.date.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-06-10", 3, "2026-09-10"),
        ("2026-06-10", 1, "2026-07-10"),
        ("2026-01-31", 1, "2026-02-28"),  # the month's last day, a Saturday that is worked
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2026-07-03", 3, "2026-10-08"),  # moved on past the National Day week
        ("2026-06-13", 1, "2026-07-13"),
        ("2026-06-12", 12, "2027-06-14"),  # over the year, moved on past a weekend
        ("2026-06-10", 0, "2026-06-10"),
    ],
)
def test_months_later_on_a_working_day(start, months, end):
    assert add_months(dt.date.fromisoformat(start), months) == dt.date.fromisoformat(end)


@given(DAYS, st.integers(1, 24))
def test_a_due_date_in_months_is_a_working_day_not_before_its_date(start, months):
    due = add_months(start, months)

    assert is_working_day(due)
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) in (months, months + 1)
