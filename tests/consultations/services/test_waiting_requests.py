"""While a request that was asked in time awaits its decision, no day counts as overdue."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from consultations.models import Overdue, Task, Urging
from consultations.selectors.clocks import clocks_of
from consultations.selectors.due_dates import why
from consultations.selectors.lights import Light, lights_now
from consultations.selectors.todo import todo_for
from consultations.selectors.unit_tasks import Box, unit_tasks
from consultations.services import ladder, overdue, tasks
from consultations.templatetags.clocks import clock_words
from tests.factories import task_at, task_step

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 7, 31)  # a Friday


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T04:00+00:00")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at("2026-07-20"), tick=False) as moving:
        yield moving


def asked(county, state: str, action: str) -> Task:
    """A task due on 31 July whose unit asks on 20 July."""
    task = task_at(state, county=county)
    Task.objects.filter(pk=task.pk).update(due_on=DUE)
    wanted = {"new_due_on": dt.date(2026, 8, 15)} if action == "request_extension" else {}
    task_step(task, action, county=county, **wanted)
    task.refresh_from_db()
    assert task.waits_since == dt.date(2026, 7, 20)
    return task


REQUESTS = [("dispatched", "request_return", "keep"),
            ("handling", "request_extension", "refuse_extension"),
            ("handling", "request_extension", "extension_lapse")]  # fmt: skip


def is_late(task: Task, county) -> bool:
    desk = {group.key: group.rows for group in todo_for(county.office)}
    mine = unit_tasks(county.officer, Box.LATE, grants=county.officer.grants.in_force())
    found = {task in desk.get("late_tasks", []), mine.filter(pk=task.pk).exists()}
    assert len(found) == 1
    return found.pop()


def decide(task: Task, action: str, county) -> None:
    if action == "extension_lapse":
        tasks.advance(task, action, by=None)
    else:
        task_step(task, action, county=county)
    task.refresh_from_db()


@pytest.mark.parametrize(("state", "ask", "decision"), REQUESTS)
def test_nothing_is_overdue_while_it_waits_and_the_day_of_the_decision_is_the_date(
    county, clock, state, ask, decision
):
    task = asked(county, state, ask)

    clock.move_to(at("2026-08-20"))
    assert sum(overdue.write()) == 0
    assert not [row for rows in ladder.climb() for row in rows if row.rung != Urging.Rung.NOTE]
    assert not is_late(task, county)
    assert lights_now().of_task(task, case=task.case) == Light.YELLOW
    decide(task, decision, county)

    assert (task.due_on, task.waits_since) == (dt.date(2026, 8, 20), None)
    assert why(task).is_waited
    assert not Overdue.objects.exists()
    clock.move_to(at("2026-08-21"))
    assert sum(overdue.write()) == 1
    assert is_late(task, county)
    assert Overdue.objects.get().due_on == dt.date(2026, 8, 20)


@pytest.mark.parametrize(("state", "ask", "decision"), REQUESTS[:2])
def test_a_decision_before_the_date_leaves_the_date(county, clock, state, ask, decision):
    task = asked(county, state, ask)

    clock.move_to(at("2026-07-27"))
    decide(task, decision, county)

    assert (task.due_on, task.waits_since) == (DUE, None)


def test_what_was_late_before_the_unit_asked_stays_late(county):
    task = task_at("dispatched", county=county)
    Task.objects.filter(pk=task.pk).update(due_on=dt.date(2026, 7, 17))
    task_step(task, "request_return", county=county)

    task.refresh_from_db()
    assert task.waits_since is None
    assert is_late(task, county)
    assert sum(overdue.write()) == 0, "the step before had written it"
    assert Overdue.objects.count() == 1


def test_another_unit_waits_for_nothing(county, clock):
    task = asked(county, "dispatched", "request_return")
    clock.move_to(at("2026-08-20"))
    decide(task, "reassign", county)

    assert task.waits_since is None
    assert task.due_on > dt.date(2026, 8, 20)


def test_an_extension_granted_after_its_own_date_ends_with_the_decision(county, clock):
    task = asked(county, "handling", "request_extension")
    clock.move_to(at("2026-12-01"))
    decide(task, "grant_extension", county)

    assert (task.due_on, task.waits_since) == (dt.date(2026, 12, 1), None)


def test_the_clock_tells_how_long_the_unit_waited(county, clock):
    task = asked(county, "dispatched", "request_return")
    clock.move_to(at("2026-07-24"))
    decide(task, "keep", county)
    clock.move_to(at("2026-07-28"))

    found = clocks_of([task])[task.pk]
    (spell,) = found.spells
    assert (spell.used, spell.waited, found.total) == (6, 4, 6)
    with translation.override("en"):
        assert "of which 4 working days waiting for the decision" in clock_words(found)


def test_the_pages_say_so(county, client):
    task = asked(county, "handling", "request_extension")

    for person, url in (
        (county.office, reverse("admin:consultations_task_change", args=[task.pk])),
        (county.officer, reverse("my:task", args=[task.pk])),
    ):
        client.force_login(person)
        with translation.override("en"):
            page = client.get(url, headers={"accept-language": "en"}).content.decode()
        assert "07-20" in page or "7月20日" in page
