"""Milestones on the record of a case: set, moved and reached without leaving it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from consultations.models import Milestone
from tests.consultations.admin.test_admin_outcome import an_item, counts, grid
from tests.factories import case_at

DUE = timezone.localdate() + dt.timedelta(days=30)


@pytest.fixture
def case(county):
    return case_at("handling", county=county)


@pytest.fixture
def milestone(case):
    return case.items.get().milestones.create(title="清淤完成", due_on=DUE)


def test_it_is_set_from_the_record_itself(county, enter, record, case):
    client = enter(county.clerk)
    page = client.get(record(case)).content.decode()
    url = record(case, "milestone_add", case.items.get().pk)
    assert f'action="{url}"' in page
    sent = {"version": case.version, "title": "通水", "due_on": DUE.isoformat()}
    assert client.post(url, sent).status_code == 302
    assert (Milestone.objects.get().title, Milestone.objects.get().due_on) == ("通水", DUE)
    page = client.get(record(case)).content.decode()
    assert "通水" in page
    assert "1. 通水" in page  # its line in the timeline


def test_what_is_wrong_is_said_and_stays(county, enter, record, case):
    url = record(case, "milestone_add", case.items.get().pk)
    sent = {"version": case.version, "title": "", "due_on": "2026-13-01"}
    answer = enter(county.clerk).post(url, sent)
    assert set(answer.context["form"].errors) == {"title", "due_on"}
    assert "2026-13-01" in answer.content.decode()
    assert not Milestone.objects.exists()


def test_one_click_says_that_it_is_reached(county, enter, record, case, milestone):
    client, url = enter(county.clerk), record(case, "milestone_done", milestone.pk)
    assert f'action="{url}"' in client.get(record(case)).content.decode()
    assert client.post(url).status_code == 302
    milestone.refresh_from_db()
    assert milestone.done_on == timezone.localdate()
    assert f'action="{url}"' not in client.get(record(case)).content.decode()
    assert client.get(url).status_code == 405


def test_a_day_in_the_future_is_refused_beside_its_field(county, enter, record, case, milestone):
    url = record(case, "milestone_done", milestone.pk)
    tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    answer = enter(county.clerk).post(url, {"done_on": tomorrow})
    assert list(answer.context["form"].errors) == ["done_on"]
    assert tomorrow in answer.content.decode()
    milestone.refresh_from_db()
    assert milestone.done_on is None


def test_the_second_click_is_told(county, enter, record, case, milestone):
    url = record(case, "milestone_done", milestone.pk)
    enter(county.clerk).post(url)
    answer = enter(county.office).post(url)
    assert answer.status_code == 200
    assert len(answer.context["form"].non_field_errors()) == 2
    assert case.events.filter(action="finish_milestone").count() == 1


def test_it_is_moved_and_removed(county, enter, record, case, milestone):
    client, url = enter(county.clerk), record(case, "milestone", milestone.pk)
    assert client.get(url).context["form"]["title"].value() == "清淤完成"
    moved = {"version": case.version, "title": "清淤全部完成", "due_on": ""}
    assert client.post(url, moved).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.title, milestone.due_on) == ("清淤全部完成", None)
    case.refresh_from_db()
    gone = {"version": case.version, "title": "清淤全部完成", "delete": "on"}
    assert client.post(url, gone).status_code == 302
    assert not Milestone.objects.exists()


def test_a_stale_form_is_told_and_kept(county, enter, record, case, milestone):
    url = record(case, "milestone", milestone.pk)
    sent = {"version": case.version - 1, "title": "我的写法"}
    answer = enter(county.clerk).post(url, sent)
    assert answer.status_code == 200
    assert "我的写法" in answer.content.decode()
    again = sent | {"version": answer.context["form"]["version"].value()}
    assert enter(county.clerk).post(url, again).status_code == 302


@pytest.mark.parametrize("who", ["member", "leader", "approver", "officer", "outsider"])
def test_others_find_no_form(county, enter, record, case, milestone, who):
    client = enter(getattr(county, who))
    for url in (record(case, "milestone_add", case.items.get().pk),
                record(case, "milestone", milestone.pk)):  # fmt: skip
        assert client.get(url).status_code == 404
        assert client.post(url, {"title": "不该写入"}).status_code == 404
    assert client.post(record(case, "milestone_done", milestone.pk)).status_code == 404
    assert list(Milestone.objects.values_list("title", "done_on")) == [("清淤完成", None)]


def test_one_of_another_case_is_not_found(county, enter, record, case, milestone):
    other = case_at("handling", county=county, title="另一件事")
    client = enter(county.clerk)
    assert client.get(record(other, "milestone", milestone.pk)).status_code == 404
    assert client.post(record(other, "milestone_done", milestone.pk)).status_code == 404
    url = record(case, "milestone_add", other.items.get().pk)
    assert client.post(url, {"title": "x", "version": case.version}).status_code == 404


def test_the_handling_unit_sees_them_and_changes_nothing(county, enter, record, case, milestone):
    page = enter(county.officer).get(record(case)).content.decode()
    assert "清淤完成" in page
    assert record(case, "milestone_done", milestone.pk) not in page


def test_three_cost_the_record_no_more_queries_than_one(county, enter, record, case,
                                                        milestone, django_assert_max_num_queries):  # fmt: skip
    client = enter(county.clerk)
    client.get(record(case))
    with django_assert_max_num_queries(200) as one:
        client.get(record(case))
        cost = len(one)
    for number in range(2):
        case.items.get().milestones.create(title=f"第{number}步")
    with django_assert_max_num_queries(cost):
        client.get(record(case))


def with_milestones(data: dict[str, str], *rows: dict[str, str]) -> dict[str, str]:
    cells = {f"i-0-m-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}
    return data | counts("i-0-m", len(rows)) | cells


def test_they_are_written_in_the_outcome_grid(county, enter, record):
    case = case_at("scheduled", county=county)
    data = with_milestones(
        grid(an_item(1, []), version=case.version),
        {"title": "清淤", "due_on": DUE.isoformat()}, {"title": "通水"},
    )  # fmt: skip
    client, url = enter(county.clerk), record(case, "outcome")
    assert client.post(url, data).status_code == 302
    assert list(Milestone.objects.order_by("pk").values_list("title", "due_on")) == [
        ("清淤", DUE), ("通水", None),
    ]  # fmt: skip
    shown = client.get(url).context["form"].items.forms[0].milestones.forms
    assert [form["title"].value() for form in shown] == ["清淤", "通水"]


def test_the_grid_asks_for_more_and_says_what_is_wrong(county, enter, record):
    case = case_at("scheduled", county=county)
    client, url = enter(county.clerk), record(case, "outcome")
    more = grid(an_item(1, []), version=case.version, press="more", value="i-0-m")
    form = client.post(url, with_milestones(more)).context["form"]
    assert len(form.items.forms[0].milestones.forms) == 5
    wrong = with_milestones(grid(an_item(1, []), version=case.version), {"due_on": "2026-13-01"})
    form = client.post(url, wrong).context["form"]
    assert set(form.items.forms[0].milestones.forms[0].errors) == {"title", "due_on"}
    assert not case.items.exists()


def test_one_that_was_reached_stays_as_it_is_in_the_grid(county, enter, record, case, milestone):
    Milestone.objects.filter(pk=milestone.pk).update(done_on=timezone.localdate())
    item = case.items.get()
    data = with_milestones(
        grid(an_item(1, [], id=item.pk), version=case.version),
        {"id": str(milestone.pk), "title": "改掉", "DELETE": "on"},
    )
    assert enter(county.clerk).post(record(case, "outcome"), data).status_code == 302
    milestone.refresh_from_db()
    assert milestone.title == "清淤完成"
