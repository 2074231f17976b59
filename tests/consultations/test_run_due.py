"""The daily command: only the acceptance by lapse, once, whenever it runs."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from committees import audit
from committees.models import TryCount
from consultations import calendar
from consultations.models import JobRun, Task
from consultations.selectors.jobs import DAILY
from consultations.services import daily, tasks
from consultations.workflow.tasks import TaskState
from tests.factories import task_at

pytestmark = pytest.mark.django_db
LIMIT = 2 + 5  # working days to sign, and to lapse


def on_working_day(days: int):
    """A clock set to some working days after today."""
    return time_machine.travel(calendar.add_working_days(timezone.localdate(), days), tick=False)


def test_an_unsigned_task_is_accepted_by_lapse_and_marked(county):
    task = task_at("dispatched", county=county)

    with on_working_day(LIMIT + 1):
        call_command("run_due")

    task.refresh_from_db()
    assert (task.state, task.accepted_by_lapse) == (TaskState.HANDLING, True)
    assert task.events.latest("pk").actor is None


def test_on_the_last_day_it_still_waits(county):
    task = task_at("dispatched", county=county)

    with on_working_day(LIMIT):
        call_command("run_due")

    task.refresh_from_db()
    assert task.state == TaskState.DISPATCHED


def test_a_second_run_and_a_run_after_missed_days_change_nothing_more(county):
    task = task_at("dispatched", county=county)

    for days in (LIMIT + 1, LIMIT + 1, LIMIT + 30):
        with on_working_day(days):
            call_command("run_due")

    assert task.events.filter(action="accept_by_lapse").count() == 1
    runs = JobRun.objects.filter(name="lapse").order_by("pk")
    assert list(runs.values_list("changes", flat=True)) == [1, 0, 0]


@pytest.mark.parametrize("state", ["handling", "replied", "suspended", "return_requested"])
def test_nothing_else_moves_by_the_clock(county, state):
    task = task_at(state, county=county)

    with on_working_day(90):
        call_command("run_due")

    task.refresh_from_db()
    assert task.state == state


def test_a_run_is_on_record(county):
    call_command("run_due")

    for name in (DAILY, *(piece.name for piece in daily.PIECES)):
        run = JobRun.objects.get(name=name)
        assert run.started_at <= run.ended_at
        assert (run.changes, run.error) == (0, "")


def test_a_failed_run_is_on_record_and_keeps_what_was_done_before(county, monkeypatch):
    first, second = task_at("dispatched", county=county), task_at("dispatched", county=county)
    take = tasks.advance

    def fails_at_the_second(task, *args, **kwargs):
        if task.pk == second.pk:
            raise RuntimeError("disk full")
        return take(task, *args, **kwargs)

    monkeypatch.setattr(tasks, "advance", fails_at_the_second)
    with on_working_day(LIMIT + 1), pytest.raises(RuntimeError):
        call_command("run_due")

    run = JobRun.objects.get(name="lapse")
    assert (run.changes, run.error) == (1, "RuntimeError: disk full")
    assert run.ended_at is not None
    assert JobRun.objects.get(name=DAILY).error == "RuntimeError: disk full"
    assert Task.objects.get(pk=first.pk).state == TaskState.HANDLING


def test_a_task_signed_for_in_between_is_left_alone(county, monkeypatch):
    task = task_at("dispatched", county=county)
    take = tasks.advance

    def somebody_is_quicker(found, action, **kwargs):
        take(Task.objects.get(pk=found.pk), "sign_for", by=county.officer, data={})
        return take(found, action, **kwargs)

    monkeypatch.setattr(tasks, "advance", somebody_is_quicker)
    with on_working_day(LIMIT + 1):
        call_command("run_due")

    task.refresh_from_db()
    assert (task.state, task.accepted_by_lapse) == (TaskState.HANDLING, False)
    assert JobRun.objects.get(name="lapse").changes == 0


def test_what_has_run_out_is_swept_out(client, county):
    client.force_login(county.clerk)
    TryCount.objects.create(kind="account", key="a")

    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        call_command("run_due")

    assert not TryCount.objects.exists()
    assert not Session.objects.exists()


def test_a_piece_that_fails_keeps_no_other_from_its_work(county, monkeypatch):
    def breaks_off():
        yield 2
        raise RuntimeError("disk full")

    pieces = (daily.Piece("first", breaks_off), daily.Piece("second", lambda: iter([3])))
    monkeypatch.setattr(daily, "PIECES", pieces)
    with pytest.raises(RuntimeError):
        call_command("run_due")

    told = JobRun.objects.order_by("pk").values_list("name", "changes", "error")
    assert list(told) == [
        ("run_due", 5, "RuntimeError: disk full"),
        ("first", 2, "RuntimeError: disk full"),
        ("second", 3, ""),
    ]


def test_a_private_piece_tells_the_kind_of_its_error_only(county, monkeypatch):
    def breaks_off():
        yield 0
        raise RuntimeError("张三")

    monkeypatch.setattr(daily, "PIECES", (daily.Piece("x", breaks_off, is_private=True),))
    with pytest.raises(RuntimeError):
        call_command("run_due")

    assert set(JobRun.objects.values_list("error", flat=True)) == {"RuntimeError"}


def test_audit_entries_that_a_crash_left_unsealed_are_sealed(county):
    audit.record("exported", by=county.office)  # the callbacks of this test are never run
    assert audit.verify().waiting

    call_command("run_due")

    assert (audit.verify().waiting, audit.verify().fault) == (0, None)
