"""Cases that sleep are marked by the calendar and wake with the next thing somebody does."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from committees.models import Parameter
from consultations.selectors.todo import todo_for
from consultations.services import sleeping
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


def marked() -> int:
    return sum(sleeping.mark())


def on_the_desk(person) -> list:
    groups = {group.key: group.rows for group in todo_for(person)}
    return groups.get("asleep", [])


def test_a_case_sleeps_after_the_days_of_its_place(county, clock):
    case = case_at("research", county=county)
    clock.move_to(NOW + dt.timedelta(days=59))
    assert marked() == 0

    clock.move_to(NOW + dt.timedelta(days=60))
    assert (marked(), marked()) == (1, 0)  # run again, it marks nothing twice

    case.refresh_from_db()
    assert case.asleep_since == NOW.date()


def test_a_place_may_be_less_patient(county, clock):
    Parameter.objects.create(region=county.region, key="sleep_days", value=10)
    case_at("research", county=county)
    clock.move_to(NOW + dt.timedelta(days=10))

    assert marked() == 1


@pytest.mark.parametrize("stage", ["closed", "rejected", "withdrawn"])
def test_what_ended_does_not_sleep(county, clock, stage):
    case_at(stage, county=county)
    clock.move_to(NOW + dt.timedelta(days=400))

    assert marked() == 0


def test_the_next_step_wakes_it(county, clock):
    case = case_at("research", county=county)
    clock.move_to(NOW + dt.timedelta(days=90))
    marked()
    case.refresh_from_db()
    assert on_the_desk(county.office) == [] or case.asleep_since

    step(case, "log_visit", county=county)

    case.refresh_from_db()
    assert (case.asleep_since, on_the_desk(county.office)) == (None, [])


def test_the_office_sees_it_and_nobody_is_told_to_hurry(county, clock):
    case = case_at("party_review", county=county)
    clock.move_to(NOW + dt.timedelta(days=90))
    before = case.events.count()

    marked()

    marks = {
        mark for group in todo_for(county.office) for one in group.matters for mark in one.marks
    }
    keys = {group.key for group in todo_for(county.office)}
    assert "asleep" in keys or marks
    assert case.events.count() == before
    assert on_the_desk(county.clerk) == []
