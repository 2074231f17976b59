"""Why a due date is that date, in words for everybody; and the mark of dates that may move."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template

from consultations import calendar
from consultations.calendar import Basis, Table, Year
from consultations.models import Task
from consultations.templatetags.due import provisional

START = dt.date(2026, 9, 17)
PUBLISHED = Table({2026: Year(
    {dt.date(2026, 9, 25): "中秋节", dt.date(2026, 10, 1): "国庆节", dt.date(2026, 10, 2): "国庆节",
     dt.date(2026, 10, 5): "国庆节", dt.date(2026, 10, 6): "国庆节", dt.date(2026, 10, 7): "国庆节"},
    {dt.date(2026, 9, 20): "国庆节"},
)})  # fmt: skip


@pytest.fixture(autouse=True)
def published():
    with calendar.supposing(PUBLISHED):
        yield


def words(due: dt.date | None, basis: Basis | None) -> str:
    task = Task(due_on=due, due_basis=basis.kept() if basis else None)
    shown = Template("{% load due %}{% why_due task %}").render(Context({"task": task}))
    return " ".join(shown.split())


def test_a_date_by_a_rule_names_its_rule_the_days_skipped_and_those_worked():
    told = words(dt.date(2026, 10, 8),
                 Basis(Basis.RULE, START, 10, Basis.WORKING, "topic_decision_days"))  # fmt: skip

    for part in ("2026年9月17日", "10 个工作日", "2026年9月25日 中秋节", "2026年10月1日 – 2026年10月2日 国庆节",
                 "2026年10月5日 – 2026年10月7日 国庆节", "2026年9月20日 国庆节"):  # fmt: skip
        assert part in told, part


def test_a_date_in_months_says_where_it_led():
    told = words(dt.date(2026, 10, 8), Basis(Basis.RULE, dt.date(2026, 7, 3), 3, Basis.MONTHS,
                                             "reply_months"))  # fmt: skip
    assert "2026年10月3日" in told
    assert "2026年10月8日" in told


@pytest.mark.parametrize(
    ("basis", "part"),
    [
        (Basis(Basis.AGREED, START), "2026年12月1日"),
        (Basis(Basis.EXTENDED, dt.date(2026, 11, 2)), "2026年11月2日"),
        (Basis(Basis.SUSPENDED, dt.date(2026, 11, 2), 29, Basis.DAYS), "29"),
    ],
)
def test_dates_that_people_set_say_so(basis, part):
    assert part in words(dt.date(2026, 12, 1), basis)


@pytest.mark.parametrize(
    ("due", "basis"), [(None, Basis(Basis.AGREED, START)), (dt.date(2026, 12, 1), None)]
)
def test_what_nobody_knows_is_not_explained(due, basis):
    assert words(due, basis) == ""


def test_a_date_counted_by_another_calendar_says_so():
    basis = Basis(Basis.RULE, START, 10, Basis.WORKING, "topic_decision_days")
    assert words(dt.date(2026, 10, 9), basis).count("2026年10月9日") == 1


def test_only_dates_of_a_year_that_is_not_confirmed_are_marked():
    assert provisional(dt.date(2026, 12, 31)) == ""
    assert 'class="provisional"' in provisional(dt.date(2027, 1, 4))
    assert provisional(None) == ""
    assert provisional("") == ""
