"""The clock of a task: whose the days are, and that they add up to the whole."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from consultations import calendar
from consultations.models import Task
from consultations.selectors.clocks import clocks_of
from consultations.templatetags.clocks import clock_words
from tests.factories import a_task, task_at, task_step

pytestmark = pytest.mark.django_db
# Spring Festival 2026 lies in between, with its make-up working days.
BEGIN = dt.datetime(2026, 2, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def clock():
    with time_machine.travel(BEGIN, tick=False) as traveller:
        yield traveller


class Days:
    """Working days that go by, on the clock of the test."""

    def __init__(self, clock):
        self.clock = clock

    def pass_by(self, days: int) -> None:
        day = calendar.add_working_days(timezone.localdate(), days)
        self.clock.move_to(dt.datetime.combine(day, dt.time(10), ZoneInfo("Asia/Shanghai")))


@pytest.fixture
def days(clock):
    return Days(clock)


def of(task: Task):
    task.refresh_from_db()
    return clocks_of([task])[task.pk]


def spells(task: Task) -> list[tuple[str, int, int, int, int]]:
    return [(s.unit, s.round, s.used, s.paused, s.elsewhere) for s in of(task).spells]


def test_from_the_hand_over_to_the_answer_the_days_are_the_unit_s(county, days):
    task = task_at("dispatched", county=county)
    days.pass_by(2)
    task_step(task, "sign_for", county=county)
    days.pass_by(10)

    assert spells(task) == [(str(county.unit), 1, 12, 0, 0)]
    assert (of(task).total, of(task).is_running) == (12, True)


def test_a_suspension_stops_it_also_beyond_its_end(county, days):
    task = task_at("handling", county=county)
    days.pass_by(4)
    task_step(task, "suspend", county=county)
    days.pass_by(60)
    task_step(task, "resume", county=county)
    days.pass_by(3)

    assert spells(task) == [(str(county.unit), 1, 7, 60, 0)]
    assert of(task).total == 67


def test_another_unit_begins_afresh_and_the_whole_runs_on(county, days):
    task = task_at("dispatched", county=county)
    days.pass_by(3)
    task_step(task, "request_return", county=county)
    days.pass_by(2)
    task_step(task, "reassign", county=county)
    days.pass_by(6)

    assert spells(task) == [(str(county.unit), 1, 5, 0, 0), (str(county.other_unit), 1, 6, 0, 0)]
    assert of(task).total == 11


def test_a_return_that_is_not_granted_changes_nothing(county, days):
    task = task_at("dispatched", county=county)
    days.pass_by(3)
    task_step(task, "request_return", county=county)
    days.pass_by(2)
    task_step(task, "keep", county=county)
    days.pass_by(1)

    assert spells(task) == [(str(county.unit), 1, 6, 0, 0)]


def test_while_the_office_looks_at_the_reply_the_days_are_not_the_unit_s(county, days):
    task = task_at("handling", county=county)
    days.pass_by(5)
    task_step(task, "draft_reply", county=county)
    task_step(task, "reply", county=county)
    days.pass_by(7)
    task_step(task, "return_reply", county=county)
    days.pass_by(2)

    assert spells(task) == [(str(county.unit), 1, 7, 0, 7)]
    assert of(task).total == 14


def answered(county, days):
    task = task_at("handling", county=county)
    days.pass_by(5)
    for action in ("draft_reply", "reply", "accept_reply"):
        task_step(task, action, county=county)
    return task


def test_with_the_answer_accepted_the_clock_stands(county, days):
    task = answered(county, days)
    days.pass_by(9)

    assert (of(task).total, of(task).is_running) == (5, False)


def test_an_answer_found_untrue_runs_on_and_the_looking_is_nobody_s(county, days):
    task = answered(county, days)
    days.pass_by(9)
    task_step(task, "verify_false", county=county)
    days.pass_by(2)

    assert spells(task) == [(str(county.unit), 1, 7, 0, 9)]
    assert of(task).total == 16


def test_taken_up_again_it_begins_a_new_round_without_the_rest(county, days):
    task = answered(county, days)
    days.pass_by(3)
    task_step(task, "verify_true", county=county)
    days.pass_by(80)
    task_step(task, "reopen", county=county)
    days.pass_by(4)

    assert spells(task) == [(str(county.unit), 1, 5, 0, 0), (str(county.unit), 2, 4, 0, 0)]
    assert of(task).total == 9


def test_what_was_never_handed_over_has_none(county):
    assert of(task_at("drafted", county=county)).spells == []


def test_three_tasks_cost_what_one_costs(county, django_assert_num_queries):
    task = task_at("handling", county=county)
    others = [a_task(task.item, unit=county.unit, first_dispatched_on=dt.date(2026, 1, 5))
              for _ in range(2)]  # fmt: skip

    rows = Task.objects.select_related("unit").order_by("pk")
    one, three = list(rows.filter(pk=task.pk)), list(rows)

    with django_assert_num_queries(1):
        clocks_of(one)
    with django_assert_num_queries(1):
        clocks_of(three)
    assert len(three) == 1 + len(others)


def test_in_words(county, days):
    task = task_at("handling", county=county)
    days.pass_by(4)
    task_step(task, "suspend", county=county)
    days.pass_by(3)

    words = clock_words(of(task))

    assert str(county.unit) in words
    assert words.count("7") == 1  # the whole
    assert "3" in words
    assert "4" in words
