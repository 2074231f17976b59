"""The pages of a handling unit: four boxes, steps from the card, nothing of other units."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from consultations.models import Attachment, Task
from consultations.offers import actions_for
from consultations.portal.views import tasks as view
from tests.factories import task_at, task_step
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(county) -> Colleague:
    return Colleague(county.officer)


@pytest.fixture
def leader(county) -> Colleague:
    return Colleague(county.unit_leader)


@pytest.fixture
def today():
    return lambda days: timezone.localdate() + dt.timedelta(days=days)


def due(task: Task, on) -> Task:
    Task.objects.filter(pk=task.pk).update(due_on=on)
    return task


def in_box(browser, box: str) -> list[str]:
    page = browser.open(f"/my/tasks/?box={box}")
    assert page.status == 200
    titles = ("新的一项", "在办一项", "快到一项", "晚了一项")
    return [title for title in titles if title in page.text]


def titled(task: Task, title: str) -> Task:
    Task.objects.filter(pk=task.pk).update(title=title)
    return task


def test_every_task_lies_in_its_boxes(county, officer, today):
    titled(due(task_at("dispatched", county=county), today(60)), "新的一项")
    titled(due(task_at("handling", county=county), today(60)), "在办一项")
    titled(due(task_at("handling", county=county), today(7)), "快到一项")
    titled(due(task_at("dispatched", county=county), today(-1)), "晚了一项")
    titled(task_at("verified", county=county), "办完一项")

    assert in_box(officer, "new") == ["新的一项", "晚了一项"]
    assert in_box(officer, "mine") == ["在办一项", "快到一项"]
    assert in_box(officer, "soon") == ["快到一项"]
    assert in_box(officer, "late") == ["晚了一项"]


@pytest.mark.parametrize("box", ["new", "mine", "soon", "late"])
def test_another_unit_sees_nothing_of_it(county, today, box):
    titled(due(task_at("dispatched", county=county), today(-1)), "新的一项")
    titled(due(task_at("handling", county=county), today(3)), "在办一项")

    assert in_box(Colleague(county.officer), box) != []
    assert in_box(Colleague(county.other_officer), box) == []


@pytest.mark.parametrize("box", ["", "all", "x" * 300])
def test_a_box_that_is_none_does_not_exist(officer, box):
    assert officer.open(f"/my/tasks/?box={box}").status == 404


@pytest.mark.parametrize("box", ["new", "mine", "soon", "late"])
@pytest.mark.parametrize("place", ["x", "99999999-1", "20260230-1", "1-1", "-"])
def test_a_mangled_place_means_the_beginning(county, officer, today, box, place):
    titled(due(task_at("dispatched", county=county), today(3)), "新的一项")

    assert officer.open(f"/my/tasks/?box={box}&after={place}").status == 200


@pytest.mark.parametrize("name", ["member", "village_clerk", "office", "approver", "leader"])
def test_the_boxes_are_the_units_alone(county, name):
    assert Colleague(getattr(county, name)).open("/my/tasks/?box=new").status == 404


@pytest.mark.parametrize(("box", "days"), [("late", -3), ("mine", 60)])
def test_a_long_box_goes_on_page_by_page_with_as_many_queries(
    county, officer, today, monkeypatch, box, days
):
    monkeypatch.setattr(view, "ON_A_PAGE", 2)
    for _number in range(3):
        due(task_at("handling", county=county), today(days))

    with CaptureQueriesContext(connection) as first:
        page = officer.open(f"/my/tasks/?box={box}")
    further = [link for link in page.links if "after=" in link]
    with CaptureQueriesContext(connection) as second:
        rest = officer.open(f"/my/tasks/{further[0]}")

    assert [page.text.count("修复渗漏段"), rest.text.count("修复渗漏段")] == [2, 1]
    assert len(second) <= len(first) < 16


def test_an_officer_signs_from_the_card_and_comes_back_to_the_list(county, officer):
    task = task_at("dispatched", county=county)
    officer.open("/my/tasks/?box=new")

    page = officer.send(box="from_list")

    task.refresh_from_db()
    assert (task.state, page.path) == ("handling", "/my/")


def test_an_officer_reports_with_a_text_alone(county, officer):
    task = task_at("handling", county=county)
    officer.open(f"/my/tasks/{task.pk}/report_progress/?list=1")

    page = officer.send(text="材料进场")

    entry = task.progress.get()
    assert (entry.text, entry.percent, page.path) == ("材料进场", None, "/my/")
    assert not Attachment.objects.exists()


def test_a_photo_goes_with_the_progress_and_loses_its_place(county, officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    task = task_at("handling", county=county)
    raw = io.BytesIO()
    Image.new("RGB", (30, 30)).save(raw, "JPEG", comment=b"secret place")
    raw.seek(0)
    raw.name = "a.jpg"

    officer.open(f"/my/tasks/{task.pk}/report_progress/")
    officer.send(text="挖开了", photo=raw)

    kept = Attachment.objects.get()
    with kept.file.open("rb") as content:
        assert b"secret place" not in content.read()
    assert (kept.uploaded_by, kept.is_public, kept.case) == (county.officer, False, task.case)


def test_a_file_that_is_no_picture_is_refused_beside_its_box(county, officer):
    task = task_at("handling", county=county)
    program = io.BytesIO(b"MZ")
    program.name = "a.exe"
    officer.open(f"/my/tasks/{task.pk}/report_progress/")

    page = officer.send(text="挖开了", photo=program)

    assert page.error_of("photo")
    assert page.typed("text") == "挖开了"
    assert not task.progress.exists()


def test_the_leader_signs_what_the_officer_drafted(county, officer, leader):
    task = task_at("handling", county=county)
    officer.open(f"/my/tasks/{task.pk}/draft_reply/?list=1")
    officer.send(body="东沟第1段已修复。", result_class="A")

    leader.open("/my/tasks/?box=mine")
    leader.follow(f"/my/tasks/{task.pk}/reply/?list=1")
    page = leader.send(box="number")

    task.refresh_from_db()
    assert (task.state, page.path) == ("replied", "/my/")


@pytest.mark.parametrize("action", ["report_progress", "draft_reply", "reply", "request_return",
                                    "request_extension", "sign_for", "verify"])  # fmt: skip
def test_tasks_of_other_units_do_not_exist(county, action):
    task = task_at("handling", county=county)
    other = Colleague(county.other_leader)

    assert Colleague(county.unit_leader).open(f"/my/tasks/{task.pk}/").status == 200
    assert other.open(f"/my/tasks/{task.pk}/").status == 404
    assert other.open(f"/my/tasks/{task.pk}/{action}/").status == 404
    assert other.post(f"/my/tasks/{task.pk}/{action}/", {"version": task.version}).status == 404


@pytest.mark.parametrize("verdict", ["verify_true", "verify_partly", "verify_false"])
def test_the_clerk_of_the_village_says_whether_it_is_done(county, verdict):
    task = task_at("answered", county=county)
    clerk = Colleague(county.village_clerk)
    clerk.open("/my/")
    clerk.follow(f"/my/tasks/{task.pk}/verify/")

    page = clerk.send(f"verdict={verdict}", finding="去看过了。")

    look = task.verifications.get()
    assert (look.is_true, look.verified_by) == (verdict == "verify_true", county.village_clerk)
    assert (look.finding, page.path) == ("去看过了。", "/my/")


def test_not_done_needs_words_beside_the_one_box(county):
    task = task_at("answered", county=county)
    clerk = Colleague(county.village_clerk)
    clerk.open(f"/my/tasks/{task.pk}/verify/")

    page = clerk.send("verdict=verify_false", finding="")

    assert page.status == 200
    assert page.error_of("finding")
    assert not task.verifications.exists()


@pytest.mark.parametrize("verdict", ["", "reopen", "accept_reply", "cancel"])
def test_the_page_of_a_look_takes_no_other_step(county, verdict):
    task = task_at("answered", county=county)
    clerk = Colleague(county.village_clerk)
    clerk.open(f"/my/tasks/{task.pk}/verify/")

    data = {"verdict": verdict, "version": task.version, "method": "site"}
    assert clerk.post(f"/my/tasks/{task.pk}/verify/", data).status == 404


def test_the_village_sees_its_cases_and_no_other(county):
    task_at("answered", county=county, title="柳树村的事")
    task_at("answered", county=county, title="别村的事", region=county.township)

    page = Colleague(county.village_clerk).open("/my/cases/")

    assert "柳树村的事" in page.text
    assert "别村的事" not in page.text
    assert Colleague(county.officer).open("/my/cases/").status == 404


def test_what_a_step_needs_is_not_marked_as_optional(county):
    task = task_at("handling", county=county)
    page = Colleague(county.unit_leader).open(f"/my/tasks/{task.pk}/request_return/")
    for label in ("依据", "建议承办单位", "理由"):
        assert label in page.text
        assert f"{label} 可以不填" not in page.text


def test_why_a_step_is_not_possible_is_told_before_anything_is_typed(county):
    task = task_at("handling", county=county)
    offers = actions_for(county.unit_leader, task)
    reasons = next(offer.reasons for offer in offers if offer.row.action == "reply")
    assert reasons
    page = Colleague(county.unit_leader).open(f"/my/tasks/{task.pk}/reply/")
    assert all(reason in page.text for reason in reasons)


def test_the_leader_reads_the_draft_where_it_is_signed(county):
    task = task_at("handling", county=county)
    task_step(task, "draft_reply", county=county)
    page = Colleague(county.unit_leader).open(f"/my/tasks/{task.pk}/reply/")
    assert task.replies.get().body in page.text


def test_what_comes_next_and_the_outlook_stand_on_the_page_and_on_the_desk(county, officer):
    task = task_at("handling", county=county)
    officer.open(f"/my/tasks/{task.pk}/report_progress/")
    officer.send(text="材料进场", next_step="周五浇筑", outlook="at_risk")

    page = officer.open(f"/my/tasks/{task.pk}/")
    told = task.progress.get().get_outlook_display()
    assert "周五浇筑" in page.text
    assert told in page.text
    assert told in officer.open("/my/").text


def test_an_outlook_that_there_is_not_is_told_beside_its_box(county, officer):
    task = task_at("handling", county=county)
    officer.open(f"/my/tasks/{task.pk}/report_progress/")
    form = officer.page.form("text")
    page = officer.post(officer.page.path, form.data() | {"text": "材料进场", "outlook": "nothing"})
    assert page.error_of("outlook")
    assert page.typed("text") == "材料进场"
