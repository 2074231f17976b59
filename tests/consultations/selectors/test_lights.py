"""The light of a task: a table of days, by working days, with the rule of the place."""

from __future__ import annotations

import datetime as dt

import pytest

from consultations.models import Task
from consultations.selectors.lights import Light, light_of
from consultations.workflow.tasks import TaskState

DUE = dt.date(2026, 6, 30)  # a Tuesday; 19 June is the Dragon Boat holiday


def task(**fields) -> Task:
    values = {"state": "handling", "due_on": DUE, "signed_on": dt.date(2026, 6, 1)}
    return Task(**values | fields)


@pytest.mark.parametrize(
    ("on", "light"),
    [
        ("2026-06-01", Light.GREEN),
        ("2026-06-22", Light.GREEN),  # 6 working days left
        ("2026-06-23", Light.BLUE),  # 5
        ("2026-06-25", Light.BLUE),  # 3
        ("2026-06-26", Light.YELLOW),  # 2, over the weekend
        ("2026-06-28", Light.YELLOW),
        ("2026-06-30", Light.YELLOW),  # the day itself
        ("2026-07-01", Light.RED),
    ],
)
def test_by_working_days_left(on, light):
    assert light_of(task(), on=dt.date.fromisoformat(on)) == light


def test_thirty_quiet_days_turn_it_yellow_and_a_word_turns_it_back():
    far = dt.date(2026, 12, 31)
    day = dt.date(2026, 7, 1)

    assert light_of(task(due_on=far), on=day - dt.timedelta(days=1)) == Light.GREEN
    assert light_of(task(due_on=far), on=day) == Light.YELLOW
    assert light_of(task(due_on=far, last_progress_on=dt.date(2026, 6, 2)), on=day) == Light.GREEN


def test_an_unsigned_task_is_not_quiet():
    unsigned = task(state="dispatched", signed_on=None, due_on=dt.date(2026, 12, 31))

    assert light_of(unsigned, on=dt.date(2026, 9, 1)) == Light.GREEN


@pytest.mark.parametrize("state", TaskState)
def test_only_a_running_task_has_a_clock(state):
    late = dt.date(2026, 7, 15)
    running = {"dispatched", "return_requested", "handling"}

    light = light_of(task(state=state, suspended_until=dt.date(2026, 8, 1)), on=late)

    assert light == (Light.RED if state in running else Light.NONE)


def test_a_task_without_a_date_has_no_clock():
    assert light_of(task(due_on=None), on=DUE) == Light.NONE


def test_the_place_may_set_other_limits():
    rules = {"blue_days": 10, "yellow_days": 4}

    assert light_of(task(), on=dt.date(2026, 6, 15), rules=rules) == Light.BLUE
    assert light_of(task(), on=dt.date(2026, 6, 24), rules=rules) == Light.YELLOW
