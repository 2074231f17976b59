"""A date that passed is written once, with its true day, whatever runs or breaks off in between."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from committees import audit
from committees.models import AuditEntry
from committees.partial_dates import PartialDate
from consultations import calendar
from consultations.models import Event, Overdue
from consultations.selectors import batches
from consultations.services import overdue
from tests.factories import case_at, step, task_at, task_step

pytestmark = pytest.mark.django_db


def on(day: dt.date):
    return time_machine.travel(dt.datetime.combine(day, dt.time(4)), tick=False)


def wrote() -> int:
    return sum(overdue.write())


def lines(subject) -> list[Event]:
    return list(subject.events.filter(action="overdue").order_by("pk"))


def after_due(task, days=1) -> dt.date:
    return task.due_on + dt.timedelta(days=days)


def test_a_task_past_its_date_is_written_once(county):
    task = task_at("handling", county=county)

    with on(after_due(task)):
        assert (wrote(), wrote()) == (1, 0)

    found = Overdue.objects.get()
    assert (found.kind, found.unit, found.due_on) == ("task", county.unit, task.due_on)
    assert found.since == after_due(task)
    line = lines(task)[0]
    assert (line.actor, line.role, line.is_public) == (None, "", False)
    assert (line.from_stage, line.to_stage) == ("handling", "handling")


def test_on_the_day_itself_nothing_is_late(county):
    task = task_at("handling", county=county)

    with on(task.due_on):
        assert wrote() == 0

    assert not lines(task)


def test_after_missed_days_it_has_its_true_day(county):
    task = task_at("handling", county=county)

    with on(after_due(task, 40)):
        assert wrote() == 1

    assert lines(task)[0].happened_on == PartialDate.parse(after_due(task))


def test_what_was_late_and_moved_on_between_two_runs_is_not_forgotten(county):
    """No run while it was late: the step that ended it writes it first."""
    task = task_at("handling", county=county)

    with on(after_due(task, 3)):
        task_step(task, "draft_reply", county=county)
        task_step(task, "reply", county=county)
        assert wrote() == 0

    assert [e.action for e in task.events.order_by("pk")][-3:] == [
        "overdue", "draft_reply", "reply",
    ]  # fmt: skip
    assert lines(task)[0].happened_on == PartialDate.parse(after_due(task))


def test_a_new_date_that_passes_is_written_again(county):
    task = task_at("handling", county=county)
    with on(after_due(task)):
        wrote()
        for action in ("draft_reply", "reply", "accept_reply", "verify_false"):
            task_step(task, action, county=county)
    task.refresh_from_db()

    with on(after_due(task)):
        assert (wrote(), wrote()) == (1, 0)

    assert len(lines(task)) == 2


def test_a_date_that_only_moved_is_not_written_again(county):
    """Late, suspended, resumed: the same lateness."""
    task = task_at("handling", county=county)
    with on(after_due(task, 5)):
        wrote()
        task_step(task, "suspend", county=county)
    with on(after_due(task, 60)):
        task_step(task, "resume", county=county)
        assert wrote() == 0
    task.refresh_from_db()

    assert task.due_on < after_due(task, 60)
    assert len(lines(task)) == 1


def test_a_suspended_task_is_not_late(county):
    task = task_at("suspended", county=county)

    with on(after_due(task, 5)):
        assert wrote() == 0


def test_an_answer_that_nobody_looked_at_in_time_is_late(county):
    task_at("answered", county=county)
    due = calendar.add_working_days(timezone.localdate(), 20)

    with on(due):
        assert wrote() == 0
    with on(due + dt.timedelta(days=1)):
        assert (wrote(), wrote()) == (1, 0)

    assert Overdue.objects.get().kind == "verify"


@pytest.mark.parametrize(
    ("stage", "kind", "action"),
    [
        ("proposed", "topic", "approve"),
        ("party_review", "party", "approve_outcome"),
        ("filing", "filing", "file"),
    ],
)
def test_the_dates_of_a_case_are_written_once_too(county, stage, kind, action):
    case = case_at(stage, county=county)

    with on(case.stage_due_on + dt.timedelta(days=2)):
        assert (wrote(), wrote()) == (1, 0)
        step(case, action, county=county)

    assert Overdue.objects.filter(task=None).get().kind == kind
    assert len(lines(case)) == 1


def test_a_run_broken_off_half_way_is_made_good_by_the_next(county, monkeypatch):
    monkeypatch.setattr(batches, "SIZE", 1)
    monkeypatch.setattr(
        overdue, "batches", lambda rows, column: batches.batches(rows, column, size=1)
    )
    task = task_at("handling", county=county)
    other = task_at("handling", county=county)

    with on(after_due(task, 3)):
        assert next(overdue.write()) == 1
        assert (wrote(), wrote()) == (1, 0)

    assert len(lines(task)) == len(lines(other)) == 1


def test_a_part_that_fails_leaves_nothing_half_written(county, monkeypatch):
    task = task_at("handling", county=county)
    with on(after_due(task)):
        with monkeypatch.context() as broken:
            broken.setattr(overdue.history, "by_nobody", None)
            with pytest.raises(TypeError), transaction.atomic():
                wrote()
        assert not Overdue.objects.exists()
        assert wrote() == 1


def test_the_database_lets_nobody_write_it_twice(county):
    task = task_at("handling", county=county)
    with on(after_due(task)):
        wrote()
    twin = Overdue.objects.get()
    twin.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_it_stands_in_the_audit_log_and_the_chain_is_whole(
    county, django_capture_on_commit_callbacks
):
    task = task_at("handling", county=county)

    with on(after_due(task)), django_capture_on_commit_callbacks(execute=True):
        wrote()

    entry = AuditEntry.objects.order_by("pk").last()
    assert (entry.about, entry.actor) == (f"task:{task.pk}", None)
    assert audit.facts_of(entry)["action"] == "overdue"
    assert audit.verify().fault is None


def test_many_late_tasks_are_written_by_as_many_statements_as_one(
    county, django_assert_max_num_queries
):
    for _ in range(3):
        task_at("handling", county=county)

    with on(timezone.localdate() + dt.timedelta(days=400)), django_assert_max_num_queries(16):
        assert wrote() == 3
