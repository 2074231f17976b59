"""A slip on the pages of its unit: on the start page, on the task, answered on its own page."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from committees.models import User
from consultations import calendar
from consultations.models import Notice, Urging
from consultations.services import ladder, urging
from tests.factories import task_at, task_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def slip(county):
    task = task_at("handling", county=county)
    with time_machine.travel(task.due_on - dt.timedelta(days=20), tick=False):
        task_step(task, "report_progress", county=county)
    task.refresh_from_db()
    day = calendar.add_working_days(task.due_on, 5)
    with time_machine.travel(dt.datetime.combine(day, dt.time(4)), tick=False):
        for _part in ladder.climb():
            pass
        yield Urging.objects.get(rung="slip")


@pytest.fixture
def sent(county, slip):
    urging.send(slip, by=county.office)
    slip.refresh_from_db()
    return slip


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(found: Urging) -> str:
    return f"/my/urgings/{found.pk}/"


def test_a_draft_does_not_exist_for_the_unit(county, slip):
    officer = browser(county.officer)

    assert officer.get(page(slip)).status_code == 404
    assert page(slip) not in officer.get("/my/").content.decode()
    assert page(slip) not in officer.get(f"/my/tasks/{slip.task_id}/").content.decode()


def test_one_sent_stands_on_the_start_page_and_on_the_task(county, sent):
    officer = browser(county.officer)

    assert page(sent) in officer.get("/my/").content.decode()
    assert page(sent) in officer.get(f"/my/tasks/{sent.task_id}/").content.decode()
    assert page(sent) not in browser(county.other_officer).get("/my/").content.decode()


def test_the_unit_is_told_at_once_and_once(county, sent):
    told = Notice.objects.filter(key=f"urged:{sent.pk}")

    assert set(told.values_list("recipient", flat=True)) >= {county.officer.pk}


def test_two_taps_answer_it(county, sent):
    """Opened, and sent as it stands: the day is filled in."""
    officer = browser(county.officer)
    shown = officer.get(page(sent))
    form = shown.context["form"]

    answer = officer.post(page(sent), {"expected_on": f"{form['expected_on'].initial}"})

    assert answer.status_code == 302
    sent.refresh_from_db()
    assert (sent.answered_by, sent.expected_on) == (county.officer, sent.answer_due_on)
    assert page(sent) not in officer.get("/my/").content.decode()


def test_a_day_that_has_passed_is_told_beside_the_box_and_nothing_typed_is_lost(county, sent):
    answer = browser(county.officer).post(
        page(sent), {"expected_on": "2020-01-01", "text": "等材料。"}
    )

    text = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["form"].errors["expected_on"]
    assert "等材料。" in text
    sent.refresh_from_db()
    assert sent.answered_on is None


def test_answered_twice_it_says_so(county, sent):
    officer = browser(county.officer)
    day = f"{sent.answer_due_on}"
    officer.post(page(sent), {"expected_on": day})

    again = officer.post(page(sent), {"expected_on": day, "text": "第二次"})

    assert again.status_code == 200
    sent.refresh_from_db()
    assert sent.answer == ""


def test_another_unit_and_a_reader_do_not_answer(county, sent):
    assert browser(county.other_officer).get(page(sent)).status_code == 404
    assert browser(county.member).get(page(sent)).context["form"] is None
    assert browser(county.member).post(page(sent), {}).status_code == 404
