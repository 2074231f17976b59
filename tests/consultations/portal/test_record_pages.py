"""A case and a task in the pages of /my/, for those who have a part in them."""

from __future__ import annotations

import pytest

from tests.factories import case_at, task_at

pytestmark = pytest.mark.django_db


def test_a_case_shows_its_meeting(county, client):
    case = case_at("handling", county=county)
    client.force_login(county.member)
    answer = client.get(f"/my/cases/{case.pk}/")
    assert answer.status_code == 200
    assert [meeting.room for meeting in answer.context["meetings"]] == [county.room]


def test_a_task_shows_its_light(county, client):
    task = task_at("handling", county=county)
    client.force_login(county.officer)
    answer = client.get(f"/my/tasks/{task.pk}/")
    assert answer.status_code == 200
    assert answer.context["light"] == "green"
