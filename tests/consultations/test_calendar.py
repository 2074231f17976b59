"""Working days of the Chinese calendar: day by day against the published notices."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import chinese_calendar
import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from committees.models import WorkCalendarDay, WorkCalendarYear
from consultations import calendar
from consultations.calendar import (
    Basis,
    Span,
    Table,
    Year,
    add_months,
    add_working_days,
    counted,
    explained,
    is_provisional,
    is_working_day,
    working_days_between,
)

FIXTURE = Path(__file__).parents[2] / "fixtures" / "00_work_calendar.json"
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))

# By hand from the notices of the General Office of the State Council: (first, last) of each
# holiday, and the days of weekends that are worked.
PUBLISHED = {
    2024: (
        [("01-01", "01-01"), ("02-10", "02-17"), ("04-04", "04-06"), ("05-01", "05-05"),
         ("06-10", "06-10"), ("09-15", "09-17"), ("10-01", "10-07")],
        ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    ),
    2025: (
        [("01-01", "01-01"), ("01-28", "02-04"), ("04-04", "04-06"), ("05-01", "05-05"),
         ("05-31", "06-02"), ("10-01", "10-08")],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        [("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05"),
         ("06-19", "06-21"), ("09-25", "09-27"), ("10-01", "10-07")],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}  # fmt: skip


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def days_of(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range(366)]
    return [one for one in days if one.year == year]


def works_as_published(one: dt.date) -> bool:
    off, worked = PUBLISHED[one.year]
    if f"{one:%m-%d}" in worked:
        return True
    is_off = any(first <= f"{one:%m-%d}" <= last for first, last in off)
    return one.weekday() < 5 and not is_off


@pytest.fixture
def loaded(db) -> Table:
    call_command("loaddata", FIXTURE, verbosity=0)
    return calendar.reread()


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_day_of_the_table_is_as_published(loaded, year):
    wrong = [one for one in days_of(year) if is_working_day(one) != works_as_published(one)]

    assert wrong == []
    assert not is_provisional(year)
    assert year in loaded.years


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_day_agrees_with_a_second_source(loaded, year):
    assert [one for one in days_of(year)
            if is_working_day(one) != chinese_calendar.is_workday(one)] == []  # fmt: skip


@pytest.mark.parametrize("year", PUBLISHED)
def test_make_up_days_are_weekends_and_counted_as_working_days(loaded, year):
    for text in PUBLISHED[year][1]:
        worked = day(f"{year}-{text}")
        assert worked.weekday() > 4
        assert worked in loaded.years[year].worked
        assert working_days_between(worked - calendar.ONE_DAY, worked) == 1


def test_each_day_of_the_table_names_its_notice(loaded):
    assert WorkCalendarDay.objects.exclude(source__contains="节假日安排的通知").count() == 0
    assert WorkCalendarDay.objects.filter(name="").count() == 0
    assert WorkCalendarYear.objects.filter(confirmed_by=None).count() == 3


def test_a_year_without_a_notice_is_provisional_and_counts_statutory_days_only(loaded):
    assert is_provisional(2027)
    assert is_provisional(2031)
    assert not is_provisional(2023)  # over: nothing about it is open
    assert not is_working_day(dt.date(2027, 10, 1))
    assert not is_working_day(dt.date(2027, 1, 1))
    assert not any(is_working_day(one) for one in days_of(2027) if one.weekday() > 4)


def test_a_year_that_staff_confirmed_counts_as_they_wrote_it(loaded):
    WorkCalendarYear.objects.create(year=2027, document="〔2026〕1号")
    WorkCalendarDay.objects.create(date="2027-01-08", kind="off", name="试")
    WorkCalendarDay.objects.create(date="2027-01-09", kind="worked", name="试")
    calendar.reread()

    assert not is_provisional(2027)
    assert is_provisional(2028)
    assert not is_working_day(day("2027-01-08"))
    assert is_working_day(day("2027-01-09"))
    assert is_working_day(day("2027-01-01"))  # they wrote nothing of it


def test_the_table_is_read_again_after_a_while_only(loaded, monkeypatch, django_assert_num_queries):
    now = [1000.0]
    monkeypatch.setattr(calendar.time, "monotonic", lambda: now[0])
    calendar.reread()
    with django_assert_num_queries(0):
        add_months(day("2026-11-21"), 3)
    now[0] += calendar.READ_AGAIN
    with django_assert_num_queries(1):
        add_months(day("2026-11-21"), 3)
        is_provisional(2027)


def test_what_another_process_changed_is_seen_at_once_by_who_asks(loaded):
    WorkCalendarDay.objects.filter(date="2026-10-10").delete()
    assert is_working_day(day("2026-10-10"))
    WorkCalendarYear.objects.filter(year=2026).update(changed_at=timezone.now())

    calendar.reread()

    assert not is_working_day(day("2026-10-10"))


def test_a_table_is_supposed_for_a_preview_only(loaded):
    other = loaded.with_year(2026, Year(off={day("2026-11-23"): "试"}))
    with calendar.supposing(other):
        assert not is_working_day(day("2026-11-23"))
        assert add_working_days(day("2026-11-20"), 1) == day("2026-11-24")
    assert is_working_day(day("2026-11-23"))


def test_why_a_date_in_working_days_is_that_date(loaded):
    told = explained(day("2026-09-17"), 10, unit=Basis.WORKING)

    assert told.due == day("2026-10-08")  # 18, 20, 21–24, 28–30, 8 October
    assert told.skipped == [
        Span(day("2026-09-25"), day("2026-09-25"), "中秋节"),
        Span(day("2026-10-01"), day("2026-10-03"), "国庆节"),
        Span(day("2026-10-05"), day("2026-10-07"), "国庆节"),
    ]
    assert told.weekend_days == 4  # 19, 26, 27 September, 4 October
    assert told.worked == [Span(day("2026-09-20"), day("2026-09-20"), "国庆节")]
    assert not told.is_provisional


def test_why_a_date_in_months_is_that_date(loaded):
    told = explained(day("2026-07-03"), 3, unit=Basis.MONTHS)

    assert (told.landed, told.due) == (day("2026-10-03"), day("2026-10-08"))
    assert [span.days for span in told.skipped] == [1, 3]
    assert told.weekend_days == 1
    plain = explained(day("2026-06-10"), 3, unit=Basis.MONTHS)
    assert (plain.landed, plain.skipped, plain.weekend_days) == (plain.due, [], 0)


def test_a_date_in_a_provisional_year_says_so(loaded):
    assert explained(day("2026-11-21"), 3, unit=Basis.MONTHS).is_provisional
    assert not explained(day("2026-09-21"), 3, unit=Basis.MONTHS).is_provisional


@given(DAYS, st.integers(0, 40), st.sampled_from([Basis.MONTHS, Basis.WORKING, Basis.DAYS]))
def test_the_days_of_an_explanation_add_up(start, count, unit):
    told = explained(start, count, unit=unit)

    assert told.due == counted(start, count, unit=unit)
    skipped = told.weekend_days + sum(span.days for span in told.skipped)
    on_the_way = (told.due - told.landed).days
    assert on_the_way == skipped + (count if unit == Basis.WORKING else 0)


def test_a_basis_reads_what_it_kept():
    basis = Basis(Basis.RULE, day("2026-11-21"), 3, Basis.MONTHS, "reply_months")

    assert Basis.read(basis.kept()) == basis
    assert Basis.read(Basis(Basis.AGREED, day("2026-11-21")).kept()).due is None
    assert Basis.read(None) is None


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
