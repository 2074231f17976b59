"""The light of a task for staff: a clock that never began has not stopped."""

from __future__ import annotations

import pytest
from django.test import Client

from consultations.web.light_marks import task_light
from tests.factories import task_at

pytestmark = pytest.mark.django_db
LIGHT = 'class="light light--'


def pages(county, task) -> list[str]:
    client = Client()
    client.force_login(county.office)
    case = f"/admin/consultations/case/{task.case_id}/change/"
    record = f"/admin/consultations/task/{task.pk}/change/"
    found = [client.get(page) for page in (record, case, "/admin/consultations/task/")]
    assert [answer.status_code for answer in found] == [200] * 3
    return [answer.content.decode() for answer in found]


def test_what_is_not_handed_over_yet_has_no_light(county):
    task = task_at("drafted", county=county)
    assert [LIGHT in page for page in pages(county, task)] == [False] * 3


def test_what_was_handed_over_has_one(county):
    task = task_at("handling", county=county)
    assert [LIGHT in page for page in pages(county, task)] == [True] * 3


@pytest.mark.parametrize(("state", "told"), [("verified", True), ("cancelled", True)])
def test_a_clock_that_ran_and_ended_says_so(county, state, told):
    task = task_at(state, county=county)
    assert ("light--none" in pages(county, task)[0]) is told


def test_a_draft_that_was_cancelled_never_ran(county):
    task = task_at("drafted", county=county)
    task.state = "cancelled"
    assert task_light(task, "none") == ""
