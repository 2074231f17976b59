"""Milestones on the public page: of what was read back, in a case that was released."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from consultations.models import AgreedItem
from consultations.services import milestones
from tests.factories import a_county, case_at
from tests.public_cases import a_public_case, a_reported_case

pytestmark = pytest.mark.django_db

DUE = timezone.localdate() + dt.timedelta(days=30)


@pytest.fixture
def case(db):
    found = a_public_case()
    found.items.get().milestones.create(title="清淤完成", due_on=DUE)
    return found


def html_of(client, case) -> str:
    return client.get(f"/cases/{case.pk}/").content.decode()


def test_they_stand_below_their_item_with_light_and_due(client, case):
    page = html_of(client, case)
    rest = page[page.index(case.items.get().text) :]
    assert "清淤完成" in rest
    assert DUE.isoformat() in rest
    assert 'class="light light--green"' in rest


def test_one_that_was_reached_says_when(client, case):
    address = f"/cases/{case.pk}/"
    first = client.get(address)
    milestones.finish(case.items.get().milestones.get(), by=a_county().office)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200  # what was kept is not the page any more
    assert timezone.localdate().isoformat() in again.content.decode()


def test_those_of_an_item_that_was_not_read_back_stay_inside(client, case):
    item = AgreedItem.objects.create(case=case, number=9, text="还没有宣读的一条")
    item.milestones.create(title="内部节点")
    page = html_of(client, case)
    assert "还没有宣读的一条" not in page
    assert "内部节点" not in page
    item.confirmed_at = timezone.now()
    item.save()
    assert "内部节点" in html_of(client, case)


def test_a_case_that_is_not_released_shows_none(client):
    case = case_at("handling")
    case.items.get().milestones.create(title="清淤完成")
    assert client.get(f"/cases/{case.pk}/").status_code == 404


def test_they_are_no_tasks_and_change_no_state(client, case):
    page = html_of(client, case)
    item = case.items.get()
    milestones.finish(item.milestones.get(), by=a_county().office)
    assert item.tasks.count() == 1
    assert page.count('class="grp"') == html_of(client, case).count('class="grp"') == 1


def test_a_group_that_nobody_counted_is_not_drawn_by_heads(client):
    case = a_reported_case()
    meeting = case.meetings.create(status="held", citation=case.citations.get())
    for capacity in ("host", "masses"):
        meeting.participants.create(capacity=capacity, attended=True, count=None)
    page = html_of(client, case)
    assert 'class="bench' in page
    assert 'class="seat ' not in page
    meeting.participants.update(count=4)
    assert 'class="seat ' in html_of(client, case)
