"""What the offices owe within a number of working days of the place, and when it stands as late."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from committees.grants import UNIT_ROLES
from committees.models import Parameter, RoleGrant, User
from consultations.models import Notice, Task
from consultations.selectors.todo import todo_for
from consultations.services import reminders, suggestions
from tests.factories import an_item, case_at, step, task_at, task_step

pytestmark = pytest.mark.django_db
JULY = dt.datetime(2026, 7, 1, 4, tzinfo=dt.UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(JULY, tick=False) as moving:
        yield moving


def desk(person, on: str) -> dict[str, list]:
    return {g.key: g.rows for g in todo_for(person, on=dt.date.fromisoformat(on))}


def put(region, key, value):
    Parameter.objects.create(
        region=region, key=key, value=value, effective_from=dt.date(2020, 1, 1)
    )


def of_unit(unit) -> list[User]:
    held = RoleGrant.objects.in_force().filter(unit=unit, role__in=UNIT_ROLES)
    return list(User.objects.filter(pk__in=held.values("user")))


def drafted_in_handling(county) -> Task:
    case = case_at("handling", county=county)
    item = an_item(case, county=county, number=2)
    return item.tasks.get()


def test_a_disputed_return_takes_the_time_of_a_conference(county):
    """Handed on once: ten working days, until 15 July, instead of five."""
    task = task_at("return_requested", county=county)
    task_step(task, "reassign", county=county)
    task_step(task, "request_return", county=county)

    assert task.bounces == 1
    assert "late_returns" not in desk(county.office, "2026-07-15")
    assert desk(county.office, "2026-07-16")["late_returns"] == [task]


def test_a_place_sets_its_own_days_for_disputes(county):
    task = task_at("return_requested", county=county)
    task_step(task, "reassign", county=county)
    task_step(task, "request_return", county=county)
    put(county.region, "return_dispute_days", 2)

    assert "late_returns" not in desk(county.office, "2026-07-03")
    assert desk(county.office, "2026-07-06")["late_returns"] == [task]


def test_a_task_drafted_after_the_filing_waits_to_be_handed_over_and_is_late(county):
    """Three working days from 1 July: the 6th, a Monday."""
    task = drafted_in_handling(county)
    assert task.state == "drafted"

    in_time = desk(county.dispatch_office, "2026-07-06")
    assert in_time["to_dispatch"] == [task]
    assert "late_dispatch" not in in_time
    late = desk(county.office, "2026-07-07")
    assert late["late_dispatch"] == [task]
    assert "to_dispatch" not in late
    assert not {"late_dispatch", "to_dispatch"} & set(desk(county.officer, "2026-07-07"))

    task_step(task, "dispatch", county=county)
    assert "late_dispatch" not in desk(county.office, "2026-07-07")


def test_what_is_not_filed_yet_waits_for_no_hand_over(county):
    task_at("drafted", county=county)

    assert not {"late_dispatch", "to_dispatch"} & set(desk(county.office, "2026-09-01"))


def test_an_answer_nobody_can_read_is_late_after_twenty_working_days(county):
    task = task_at("answered", county=county)

    assert "late_release" not in desk(county.office, "2026-07-29")
    assert desk(county.office, "2026-07-30")["late_release"] == [task.case]
    assert "late_release" not in desk(county.clerk, "2026-07-30")


@pytest.mark.parametrize(
    ("fields", "waits"),
    [({}, True), ({"sensitivity": "sensitive"}, False)],
)
def test_what_stays_inside_by_its_nature_is_not_late_with_the_public(county, fields, waits):
    task_at("answered", county=county, **fields)

    assert ("late_release" in desk(county.office, "2026-09-01")) == waits


def test_a_restricted_matter_is_not_late_with_the_public(county):
    task = task_at("answered", county=county)
    step(task.case, "restrict", county=county)

    assert "late_release" not in desk(county.office, "2026-09-01")


def test_a_suggestion_is_late_after_the_days_of_its_place(county):
    put(county.region, "first_answer_days", 2)
    kept = suggestions.receive(
        title="村口路灯不亮", problem="天黑后看不见路。", region=county.village, form_token="a"
    )

    assert (kept.answer_due_on, kept.due_basis["count"]) == (dt.date(2026, 7, 3), 2)
    assert desk(county.office, "2026-07-03")["suggestions"] == [kept]
    late = desk(county.office, "2026-07-04")
    assert late["late_suggestions"] == [kept]
    assert "suggestions" not in late


def test_a_late_first_talk_is_told_to_the_unit_once(county, clock):
    """Ten working days from 1 July: until the 15th there is time."""
    task = task_at("handling", county=county)
    other = task_at("handling", county=county)
    task_step(other, "record_contact", county=county)

    clock.move_to(dt.datetime(2026, 7, 15, 4, tzinfo=dt.UTC))
    list(reminders.remind())
    assert not Notice.objects.filter(action="record_contact").exists()
    clock.move_to(dt.datetime(2026, 7, 16, 4, tzinfo=dt.UTC))
    for _run in range(2):
        list(reminders.remind())

    told = Notice.objects.filter(action="record_contact")
    assert {county.officer, county.unit_leader} <= {row.recipient for row in told}
    assert {row.recipient for row in told} <= set(of_unit(county.unit))
    assert {(row.task, row.day) for row in told} == {(task, dt.date(2026, 7, 15))}
    assert told.count() == len(of_unit(county.unit))


def test_the_pages_of_the_task_say_by_when_the_first_talk_is_due(county, client):
    task = task_at("handling", county=county)

    for person, url in (
        (county.office, reverse("admin:consultations_task_change", args=[task.pk])),
        (county.officer, reverse("my:task", args=[task.pk])),
    ):
        client.force_login(person)
        assert client.get(url).context["talk_by"] == dt.date(2026, 7, 15)
    client.force_login(county.officer)
    (line,) = client.get(reverse("my:tasks") + "?box=mine").context["lines"]
    assert any("07-15" in mark for mark in line.marks)
