"""The light of a milestone: the days of the place, and none once it was reached."""

from __future__ import annotations

import datetime as dt

import pytest

from consultations.models import Milestone
from consultations.selectors.lights import Light, Limits, milestone_light, milestone_lines

MONDAY = dt.date(2026, 6, 8)
LIMITS = Limits(blue_days=5, yellow_days=2, quiet_days=30, first_contact_days=10)


def due(days: int | None, **fields) -> Milestone:
    return Milestone(due_on=None if days is None else MONDAY + dt.timedelta(days=days), **fields)


@pytest.mark.parametrize(
    ("days", "light"),
    [(None, Light.NONE), (-1, Light.RED), (0, Light.YELLOW), (2, Light.YELLOW), (3, Light.BLUE),
     (7, Light.BLUE), (30, Light.GREEN)],
)  # fmt: skip
def test_the_light_follows_the_days_left(days, light):
    assert milestone_light(due(days), limits=LIMITS, on=MONDAY) == light


def test_one_that_was_reached_has_no_clock():
    late = due(-30, done_on=MONDAY)
    assert milestone_light(late, limits=LIMITS, on=MONDAY) == Light.NONE


def test_the_next_stands_first_and_one_without_a_date_last():
    rows = [due(None, pk=1), due(9, pk=2), due(3, pk=4), due(3, pk=3)]
    assert [line.milestone.pk for line in milestone_lines(rows, limits=LIMITS)] == [3, 4, 2, 1]
