"""Slips in the staff site: drafts waiting on the desk and in the list, sent one by one or together."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse
from zeal import zeal_ignore

from consultations import calendar
from consultations.models import Urging
from consultations.services import ladder, urging
from tests.factories import task_at, task_step

pytestmark = pytest.mark.django_db
LIST = reverse("admin:consultations_urging_changelist")


def near(county, title: str):
    task = task_at("handling", county=county)
    task.title = title
    task.save(update_fields=["title"])
    with time_machine.travel(task.due_on - dt.timedelta(days=20), tick=False):
        task_step(task, "report_progress", county=county)
    task.refresh_from_db()
    return task


@pytest.fixture
def drafts(county):
    """Three drafts, on the day after they were raised."""
    tasks = [near(county, f"第{number}件") for number in (1, 2, 3)]
    day = calendar.add_working_days(tasks[0].due_on, 6)
    with time_machine.travel(dt.datetime.combine(day, dt.time(4)), tick=False):
        for _part in ladder.climb():
            pass
        yield list(Urging.objects.filter(rung="slip").order_by("pk"))


def address(found: Urging, page: str = "") -> str:
    if not page:
        return reverse("admin:consultations_urging_change", args=[found.pk])
    return reverse(f"admin:urging_{page}", args=[found.pk])


def test_drafts_wait_on_the_desk_of_who_sends_them(county, enter, drafts):
    assert address(drafts[0]) in enter(county.office).get("/admin/").content.decode()
    assert address(drafts[0]) not in enter(county.clerk).get("/admin/").content.decode()


def test_the_list_is_narrowed_to_what_waits(county, enter, drafts):
    urging.send(drafts[0], by=county.office)

    page = enter(county.office).get(f"{LIST}?standing=waiting").content.decode()

    assert ("第2件" in page, "第1件" in page) == (True, False)


def test_one_is_sent_with_words(county, enter, drafts):
    browser = enter(county.office)
    assert browser.get(address(drafts[0], "send")).status_code == 200

    answer = browser.post(address(drafts[0], "send"), {"note": "请说明原因。"})

    assert answer.headers["Location"] == address(drafts[0])
    drafts[0].refresh_from_db()
    assert (drafts[0].note, drafts[0].sent_by) == ("请说明原因。", county.office)
    assert drafts[0].number in browser.get(address(drafts[0], "sheet")).content.decode()


def test_sent_twice_it_says_so_and_sends_nothing(county, enter, drafts):
    urging.send(drafts[0], by=county.office)

    answer = enter(county.office).post(address(drafts[0], "send"), {"note": ""})

    assert answer.status_code == 200
    drafts[0].refresh_from_db()
    assert drafts[0].number.endswith("1号")


def test_many_are_looked_at_and_sent_together(county, enter, drafts):
    browser = enter(county.office)
    ticked = {"action": "send", "_selected_action": [row.pk for row in drafts]}
    looked = browser.post(LIST, ticked | {"note": "请尽快说明。", "look": "1"}).content.decode()
    assert all(f"第{number}件" in looked for number in (1, 2, 3))
    keys = re.search(r'name="keys" value="([^"]*)"', looked)[1]

    with zeal_ignore():  # each is sent in a transaction of its own
        browser.post(LIST, {"action": "send", "keys": keys, "note": "请尽快说明。", "do": "1"})

    sent = Urging.objects.filter(rung="slip", sent_on__isnull=False)
    assert sent.count() == 3
    assert len({row.number for row in sent}) == 3


def test_one_is_dropped_only_with_a_reason(county, enter, drafts):
    browser = enter(county.office)
    assert browser.post(address(drafts[0], "drop"), {"reason": " "}).status_code == 200
    drafts[0].refresh_from_db()
    assert drafts[0].is_draft

    browser.post(address(drafts[0], "drop"), {"reason": "已电话说明。"})

    drafts[0].refresh_from_db()
    assert drafts[0].drop_reason == "已电话说明。"


def test_an_answer_is_entered_from_paper(county, enter, drafts):
    urging.send(drafts[0], by=county.office)
    browser, day = enter(county.office), drafts[0].due_on + dt.timedelta(days=40)
    bad = browser.post(address(drafts[0], "answer"), {"expected_on": f"{day}"})
    assert bad.status_code == 200  # without the paper it rests on

    browser.post(address(drafts[0], "answer"), {"expected_on": f"{day}", "paper_note": "来函"})

    drafts[0].refresh_from_db()
    assert (drafts[0].expected_on, drafts[0].paper_note) == (day, "来函")


@pytest.mark.parametrize("name", ["clerk", "leader"])
@pytest.mark.parametrize("page", ["send", "drop"])
def test_who_does_not_dispatch_has_no_such_page(county, enter, drafts, name, page):
    assert enter(getattr(county, name)).get(address(drafts[0], page)).status_code == 404


def test_the_task_shows_its_rungs(county, enter, drafts):
    url = reverse("admin:consultations_task_change", args=[drafts[0].task_id])

    assert address(drafts[0]) in enter(county.office).get(url).content.decode()
    assert address(drafts[0]) not in enter(county.clerk).get(url).content.decode()


def test_three_rows_cost_what_one_costs(county, enter, drafts, django_assert_max_num_queries):
    browser = enter(county.office)
    browser.get(LIST)
    with django_assert_max_num_queries(15) as three:
        browser.get(f"{LIST}?standing=waiting")
    for one in drafts[1:]:
        urging.drop(one, by=county.office, reason="不用了")
    with django_assert_max_num_queries(15) as single:
        browser.get(f"{LIST}?standing=waiting")
    assert len(three) == len(single)
