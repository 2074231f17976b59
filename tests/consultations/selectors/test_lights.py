"""The light of a task: a table of days, by working days, with the rule of the place."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from committees.models import Parameter
from consultations.exchange.lists import task_columns
from consultations.models import Task
from consultations.selectors.lights import Light, Limits, light_of, lights_now
from consultations.selectors.public_case import case_page
from consultations.selectors.record import item_lines
from consultations.selectors.wording import stage_names
from consultations.workflow.tasks import TaskState
from tests.factories import a_county, a_person, case_at
from tests.public_cases import a_public_case

DUE = dt.date(2026, 6, 30)  # a Tuesday; 19 June is the Dragon Boat holiday

USUAL = Limits(blue_days=5, yellow_days=2, quiet_days=30, first_contact_days=10)


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
    assert light_of(task(), limits=USUAL, on=dt.date.fromisoformat(on)) == light


def test_thirty_quiet_days_turn_it_yellow_and_a_word_turns_it_back():
    far = dt.date(2026, 12, 31)
    day = dt.date(2026, 7, 1)

    assert light_of(task(due_on=far), limits=USUAL, on=day - dt.timedelta(days=1)) == Light.GREEN
    assert light_of(task(due_on=far), limits=USUAL, on=day) == Light.YELLOW
    assert (
        light_of(task(due_on=far, last_progress_on=dt.date(2026, 6, 2)), limits=USUAL, on=day)
        == Light.GREEN
    )


@pytest.mark.parametrize(
    ("on", "fields", "light"),
    [
        ("2026-06-15", {}, Light.GREEN),  # ten working days from 1 June: the day itself
        ("2026-06-16", {}, Light.YELLOW),
        ("2026-06-16", {"contacted_on": dt.date(2026, 6, 12)}, Light.GREEN),
        ("2026-06-16", {"role": "assist"}, Light.GREEN),
        ("2026-06-16", {"state": "dispatched", "signed_on": None}, Light.GREEN),
    ],
)
def test_a_first_talk_that_is_late_turns_it_yellow(on, fields, light):
    handed = {"dispatched_on": dt.date(2026, 6, 1), "due_on": dt.date(2026, 12, 31)}

    found = light_of(task(**handed | fields), limits=USUAL, on=dt.date.fromisoformat(on))

    assert found == light


def test_an_unsigned_task_is_not_quiet():
    unsigned = task(state="dispatched", signed_on=None, due_on=dt.date(2026, 12, 31))

    assert light_of(unsigned, limits=USUAL, on=dt.date(2026, 9, 1)) == Light.GREEN


@pytest.mark.parametrize("state", TaskState)
def test_only_a_running_task_has_a_clock(state):
    late = dt.date(2026, 7, 15)
    running = {"dispatched", "return_requested", "handling"}

    light = light_of(task(state=state, suspended_until=dt.date(2026, 8, 1)), limits=USUAL, on=late)

    assert light == (Light.RED if state in running else Light.NONE)


def test_a_task_without_a_date_has_no_clock():
    assert light_of(task(due_on=None), limits=USUAL, on=DUE) == Light.NONE


# --- the limits of the place --------------------------------------------------------------------


def put(region, key, value, *, since="2020-01-01"):
    Parameter.objects.create(region=region, key=key, value=value, effective_from=since)


def test_the_place_may_set_other_limits():
    limits = Limits(blue_days=10, yellow_days=4, quiet_days=30, first_contact_days=10)

    assert light_of(task(), limits=limits, on=dt.date(2026, 6, 15)) == Light.BLUE
    assert light_of(task(), limits=limits, on=dt.date(2026, 6, 24)) == Light.YELLOW


def test_there_is_no_light_without_limits():
    with pytest.raises(TypeError, match="limits"):
        light_of(task())


@pytest.mark.django_db
def test_the_limits_are_those_of_the_nearest_place_in_force(county, django_assert_num_queries):
    elsewhere = a_county("539821")
    put(county.region.parent.parent, "blue_days", 9)
    put(county.region, "blue_days", 8)
    put(county.region, "blue_days", 7, since="2021-01-01")
    put(county.region, "blue_days", 6, since="2999-01-01")
    put(county.village, "quiet_days", 14)

    with django_assert_num_queries(1):
        lights = lights_now()

    assert lights.limits_in(county.region.pk) == Limits(7, 2, 30, 10)
    assert lights.limits_in(county.village.pk) == Limits(7, 2, 14, 10)
    assert lights.limits_in(elsewhere.village.pk) == Limits(9, 2, 30, 10)


@pytest.mark.django_db
def test_every_face_shows_the_light_of_the_place(county, client):
    """Sixty days before the end it is green, unless the place begins with blue earlier."""
    case, elsewhere = a_public_case(), a_county("539941")
    other = case_at("handling", county=elsewhere)
    tasks = [case.tasks.get(), other.tasks.get()]
    put(county.region, "blue_days", 60)

    def on_the_record(case):
        lines = item_lines(case, grants=[], inside=True, steps=lambda task: [])
        return lines[0].tasks[0].light

    column = dict(task_columns(stage_names()))[gettext_lazy("light")]
    assert [column(task) for task in tasks] == [Light.BLUE.label, Light.GREEN.label]
    assert [on_the_record(case), on_the_record(other)] == [Light.BLUE, Light.GREEN]
    assert case_page(case.pk).items[0].tasks[0].light == Light.BLUE
    client.force_login(a_person("above", ("province_office", county.region.parent.parent)))
    listed = client.get(reverse("admin:consultations_task_changelist")).context["cl"].result_list
    assert {task.pk: task.light for task in listed} == {
        tasks[0].pk: Light.BLUE, tasks[1].pk: Light.GREEN,
    }  # fmt: skip
    record = reverse("admin:consultations_task_change", args=[tasks[0].pk])
    assert client.get(record).context["light"] == Light.BLUE
