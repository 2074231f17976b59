"""The pages of /my/ and of a citizen supervisor on a phone: each to-do done in three taps at most."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache

from consultations.services import supervisors
from tests.browser.phone import MOST
from tests.factories import a_county, case_at, task_at, task_step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county():
    cache.clear()
    return a_county()


def test_an_officer_signs_for_a_task_with_one_tap(county, sign_in):
    task = task_at("dispatched", county=county)
    phone = sign_in(county.officer)

    phone.tap(".todo form button")

    task.refresh_from_db()
    assert (task.state, phone.taps) == ("handling", 1)


def test_an_officer_reports_progress(county, sign_in):
    task = task_at("handling", county=county)
    phone = sign_in(county.officer)

    phone.tap(f"a[href^='/my/tasks/{task.pk}/report_progress/']")
    phone.page.fill("[name=text]", "材料已进场。")
    phone.tap("main form button[type=submit]")

    assert task.progress.get().text == "材料已进场。"
    assert phone.taps <= MOST


def test_an_officer_drafts_and_the_leader_signs(county, sign_in):
    task = task_at("handling", county=county)
    phone = sign_in(county.officer)
    phone.tap(f"a[href^='/my/tasks/{task.pk}/draft_reply/']")
    phone.page.fill("[name=body]", "东沟第1段已修复。")
    phone.page.select_option("[name=result_class]", "A")
    phone.tap("main form button[type=submit]")
    assert phone.taps <= MOST

    phone = sign_in(county.unit_leader)
    phone.tap(f"a[href^='/my/tasks/{task.pk}/reply/']")
    phone.tap("main form button[type=submit]")

    task.refresh_from_db()
    assert task.state == "replied"
    assert phone.taps <= MOST


@pytest.mark.parametrize(("action", "state"), [
    ("request_extension", "handling"), ("request_return", "return_requested"),
])  # fmt: skip
def test_a_leader_asks_for_more_time_or_gives_a_task_back(county, sign_in, action, state):
    task = task_at("handling", county=county)
    phone = sign_in(county.unit_leader)
    phone.tap("a[href$='box=mine']")
    phone.tap(f"a[href^='/my/tasks/{task.pk}/{action}/']")
    if action == "request_extension":
        phone.fill(new_due_on=str(task.due_on + dt.timedelta(days=20)), reason="等待管材。")
    else:
        phone.fill(basis="权责清单第三条", suggested_unit="水务局", reason="不属本单位职责。")
    phone.tap("main form button[type=submit]")

    task.refresh_from_db()
    assert task.state == state
    assert task.extension_requests.count() == (action == "request_extension")
    assert phone.taps <= MOST


def test_a_leader_asks_for_more_time_from_the_box(county, sign_in):
    task = task_at("handling", county=county)
    phone = sign_in(county.unit_leader)
    phone.tap("a[href$='box=mine']")
    phone.tap(f"a[href^='/my/tasks/{task.pk}/request_extension/']")
    phone.page.fill("[name=new_due_on]", "2020-01-01")
    phone.page.fill("[name=reason]", "等待管材。")
    phone.tap("main form button[type=submit]")

    assert phone.taps <= MOST  # a date before the present one is told beside its box
    assert phone.page.locator("#id_new_due_on-error").count() == 1
    assert phone.page.input_value("[name=reason]") == "等待管材。"


def test_the_approver_approves_the_whole_outcome(county, sign_in):
    case = case_at("party_review", county=county, items=[{"commitments": 1}, {}])
    phone = sign_in(county.approver)

    phone.tap(f"a[href='/my/approvals/{case.pk}/']")
    phone.page.fill("[name=opinion]", "同意。")
    phone.tap("button[value=approve_outcome]")

    case.refresh_from_db()
    assert case.stage == "filing"
    assert phone.taps <= MOST


def test_the_approver_returns_one_item(county, sign_in):
    case = case_at("party_review", county=county, items=[{}, {}])
    item = case.items.order_by("number").first()
    phone = sign_in(county.approver)

    phone.tap(f"a[href='/my/approvals/{case.pk}/']")
    phone.tap("article details summary")
    phone.page.fill(f"[name=item_{item.pk}]", "期限太紧。")
    phone.tap("button[value=return_outcome]")

    item.refresh_from_db()
    assert item.return_reason == "期限太紧。"
    assert phone.taps <= MOST


@pytest.mark.parametrize("verdict", ["verify_true", "verify_partly", "verify_false"])
@pytest.mark.parametrize("person", ["village_clerk", "member"])
def test_the_village_clerk_and_a_member_look(county, sign_in, verdict, person):
    task = task_at("answered", county=county)
    phone = sign_in(getattr(county, person))

    phone.tap(f"a[href='/my/tasks/{task.pk}/verify/']")
    phone.fill(finding="去看过了。")
    phone.take_photo()
    phone.tap(f"button[value={verdict}]")

    assert task.verifications.get().is_true == (verdict == "verify_true")
    assert task.case.attachments.count() == 1
    assert phone.taps <= MOST


@pytest.mark.parametrize("verdict", ["verify_true", "verify_partly", "verify_false"])
def test_a_supervisor_looks_with_the_link_alone(county, phone, verdict):
    task = task_at("answered", county=county)
    made = supervisors.issue(task.case, by=county.office, called="王大姐", days=30)

    phone.open(f"/s/{made.token}/")
    phone.fill(finding="去看过了。")
    phone.take_photo()
    phone.tap(f"button[value={verdict}]")

    seen = task.verifications.get()
    assert (seen.link, seen.is_true) == (made.link, verdict == "verify_true")
    assert task.case.attachments.count() == 1
    assert phone.taps == 1
    assert phone.page.context.cookies() == []


def test_the_pages_hold_without_a_script(county, browser, live_server):
    task = task_at("answered", county=county)
    made = supervisors.issue(task.case, by=county.office, called="王大姐", days=30)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/s/{made.token}/")
    page.click("button[value=verify_true]")
    page.wait_for_url("**done=1")
    assert task.verifications.get().is_true
    context.close()


def test_every_page_of_a_unit_fits_a_phone(county, sign_in):
    task = task_at("handling", county=county, title="一个写满了六十个字的标题" * 5)
    task_step(task, "draft_reply", county=county)
    phone = sign_in(county.unit_leader)
    for path in (f"/my/tasks/{task.pk}/", f"/my/cases/{task.case_id}/",
                 f"/my/tasks/{task.pk}/request_return/", "/my/tasks/?box=late"):  # fmt: skip
        phone.open(path)
