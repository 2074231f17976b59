"""The pages of /my/ and of a citizen supervisor on a phone: each to-do done in three taps at most."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client

from consultations.services import supervisors
from tests.factories import a_county, case_at, task_at, task_step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
MOST = 3  # taps from the to-do list to the end


class Phone:
    """A hand that counts its taps, and eyes that look at every page on the way."""

    def __init__(self, page, base: str) -> None:
        self.page, self.base, self.taps = page, base, 0
        page.set_viewport_size(PHONE)

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.look()

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide}px too wide"
        found = [
            (rule["id"], rule["nodes"][0]["html"][:160])
            for rule in Axe().run(self.page).response["violations"]
        ]
        assert found == [], self.page.url


@pytest.fixture
def county():
    cache.clear()
    return a_county()


@pytest.fixture
def phone(page, live_server):
    return Phone(page, live_server.url)


@pytest.fixture
def sign_in(phone, live_server):
    def signed_in(user) -> Phone:
        client = Client()
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        phone.page.context.add_cookies([cookie | {"url": live_server.url}])
        phone.open("/my/")
        return phone

    return signed_in


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
    phone.page.fill("[name=body]", "两处渗漏已修复。")
    phone.page.select_option("[name=result_class]", "A")
    phone.tap("main form button[type=submit]")
    assert phone.taps <= MOST

    phone = sign_in(county.unit_leader)
    phone.taps = 0
    phone.tap(f"a[href^='/my/tasks/{task.pk}/reply/']")
    phone.tap("main form button[type=submit]")

    task.refresh_from_db()
    assert task.state == "replied"
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


@pytest.mark.parametrize("verdict", ["verify_true", "verify_false"])
def test_the_village_clerk_looks(county, sign_in, verdict):
    task = task_at("answered", county=county)
    phone = sign_in(county.village_clerk)

    phone.tap(f"a[href='/my/tasks/{task.pk}/verify/']")
    phone.page.fill("[name=finding]", "去看过了。")
    phone.tap(f"button[value={verdict}]")

    assert task.verifications.get().is_true == (verdict == "verify_true")
    assert phone.taps <= MOST


@pytest.mark.parametrize("verdict", ["verify_true", "verify_false"])
def test_a_supervisor_looks_with_the_link_alone(county, phone, verdict):
    task = task_at("answered", county=county)
    made = supervisors.issue(task.case, by=county.office, called="王大姐", days=30)

    phone.open(f"/s/{made.token}/")
    phone.page.fill("[name=finding]", "去看过了。")
    phone.tap(f"button[value={verdict}]")

    assert task.verifications.get().link == made.link
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
