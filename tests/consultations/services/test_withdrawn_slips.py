"""A false completion drafts a slip; drafts that the unit's answer overtakes withdraw themselves."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from consultations import calendar
from consultations.models import Urging
from consultations.selectors.timeline import timeline
from consultations.selectors.urgings import WAITING
from consultations.services import ladder, urging
from consultations.workflow.engine import Refused
from tests.factories import step, task_at, task_step

pytestmark = pytest.mark.django_db


def found_false(county):
    task = task_at("answered", county=county)
    task_step(task, "verify_false", county=county)
    return task


def test_after_a_false_completion_a_slip_waits_for_a_person(county):
    task = found_false(county)

    draft = Urging.objects.get()

    assert (draft.rung, draft.level, draft.unit, draft.due_on) == (
        "false", "red", task.unit, task.due_on)  # fmt: skip
    assert (draft.is_draft, draft.number) == (True, "")
    assert Urging.objects.filter(WAITING).get() == draft
    urging.send(draft, by=county.office)
    draft.refresh_from_db()
    assert draft.number
    assert draft.waits_for_answer


def test_partly_done_is_no_false_completion(county):
    task_step(task_at("answered", county=county), "verify_partly", county=county)

    assert not Urging.objects.exists()


def test_the_overdue_slip_of_the_new_date_comes_all_the_same(county):
    task = found_false(county)

    moment = calendar.add_working_days(task.due_on, 5)
    with time_machine.travel(dt.datetime.combine(moment, dt.time(4)), tick=False):
        written = [row.rung for part in ladder.climb() for row in part]

    assert "slip" in written
    assert Urging.objects.filter(task=task, term=task.term).count() == 1 + len(written)


def test_the_answer_of_the_unit_withdraws_the_draft_with_a_line(county):
    task = found_false(county)
    for action in ("draft_reply", "reply"):
        task_step(task, action, county=county)

    draft = Urging.objects.get()

    assert (draft.is_draft, draft.dropped_by, draft.drop_reason) == (False, None, "answered")
    line = task.case.events.get(action="urge_withdraw")
    assert (line.actor, line.task, line.data["why"]) == (None, task, "answered")
    told = next(row for row in timeline(task.case, public=False) if row.event == line)
    assert str(Urging.Overtaken.ANSWERED.label) in told.detail
    with pytest.raises(Refused):
        urging.send(draft, by=county.office)
    client = Client()
    client.force_login(county.office)
    page = client.get(f"/admin/consultations/urging/{draft.pk}/change/")
    assert str(Urging.Overtaken.ANSWERED.label) in page.content.decode()


def test_what_was_sent_stays_sent(county):
    task = found_false(county)
    urging.send(Urging.objects.get(), by=county.office)

    for action in ("draft_reply", "reply"):
        task_step(task, action, county=county)

    assert Urging.objects.get().dropped_on is None
    assert not task.case.events.filter(action="urge_withdraw").exists()


def test_the_end_of_the_case_withdraws_drafts_too(county):
    task = found_false(county)

    step(task.case, "terminate", county=county)

    assert Urging.objects.get().drop_reason == "cancelled"


def test_progress_alone_withdraws_nothing(county):
    task = found_false(county)

    task_step(task, "report_progress", county=county)

    assert Urging.objects.get().is_draft
