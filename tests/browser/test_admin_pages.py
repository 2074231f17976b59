"""The staff screens in a real browser: nothing sticks out, nothing is refused, rows grow by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone

from consultations.models import Case, Meeting
from consultations.services import notes, suggestions
from tests.factories import a_case, case_at, task_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SERIOUS = ("serious", "critical")
ITEMS = [{"commitments": 1}, {"route": "on_the_spot", "owner": "村委会"}]


@pytest.fixture
def scheduled(county):
    return case_at("scheduled", county=county, title="一个写满了六十个字的标题" * 5)


@pytest.fixture
def site(county, scheduled):
    """The pages of an office with something in every section."""
    base = "/admin/consultations"
    drafted = case_at("deliberated", county=county, items=ITEMS)
    handled = case_at("handling", county=county, title="办理中", items=ITEMS)
    notes.write_note(handled, by=county.office, text="先与村里沟通", pinned=True)
    Meeting.objects.filter(case=scheduled).update(starts_at=timezone.now() - dt.timedelta(days=1))
    Case.objects.filter(pk=drafted.pk).update(stage_due_on=dt.date(2020, 1, 1))
    task = task_at("replied", county=county, title="待审核")
    found = suggestions.receive(
        title="村口设站", problem="不便", region=county.township, form_token="t"
    )
    meeting = scheduled.meetings.get()
    return [
        "/admin/", f"{base}/case/", f"{base}/case/add/", f"{base}/case/{scheduled.pk}/change/",
        f"{base}/case/{handled.pk}/change/", f"{base}/case/{handled.pk}/edit/",
        f"{base}/case/{handled.pk}/history/", f"{base}/case/{drafted.pk}/outcome/",
        f"{base}/case/{scheduled.pk}/meeting/{meeting.pk}/", f"{base}/case/{drafted.pk}/sides/",
        f"{base}/case/{scheduled.pk}/step/conclude/", f"{base}/task/", f"{base}/task/{task.pk}/change/",
        f"{base}/task/{task.pk}/step/accept_reply/", f"{base}/suggestion/{found.pk}/change/",
        "/admin/help/", "/admin/committees/studio/", "/admin/committees/handlingunit/add/",
    ]  # fmt: skip


@pytest.fixture
def sign_in(page, live_server):
    """Enter as somebody; the console, and what was refused, is listened to from then on."""

    def signed_in(user) -> list[str]:
        client = Client()
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([cookie | {"url": live_server.url}])
        heard: list[str] = []
        page.on(
            "console", lambda m: heard.append(m.text) if m.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on(
            "request", lambda r: None if r.url.startswith(live_server.url) else heard.append(r.url)
        )
        return heard

    return signed_in


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_sticks_out_or_is_refused_anything(page, live_server, county, site, sign_in, width):
    page.set_viewport_size({"width": width, "height": 900})
    heard = sign_in(county.office)
    for path in site:
        answer = page.goto(live_server.url + path)
        assert answer.status == 200, path
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{path} is {wide}px too wide at {width}px"
        assert heard == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_anybody_can_use_the_main_pages(page, live_server, county, site, sign_in, scheme):
    page.emulate_media(color_scheme=scheme)
    sign_in(county.office)
    for path in site if scheme == "light" else site[:9]:
        page.goto(live_server.url + path)
        for section in page.query_selector_all("details.sec:not([open])"):
            section.evaluate("part => { part.open = true }")
        found = [
            (rule["id"], rule["nodes"][0]["html"][:160])
            for rule in Axe().run(page).response["violations"]
            if rule["impact"] in SERIOUS
        ]
        assert found == [], path


def test_rows_are_added_in_the_page_and_saved(page, live_server, county, scheduled, sign_in):
    sign_in(county.clerk)
    page.goto(f"{live_server.url}/admin/consultations/case/{scheduled.pk}/outcome/")
    page.fill("[name=i-0-text]", "修复东沟")
    page.fill("[name=i-0-t-0-title]", "清淤")
    page.fill("[name=i-0-t-0-unit]", "县水务局")
    before = page.locator("[name=i-0-t-TOTAL_FORMS]").input_value()
    page.click("button[name=more][value=i-0-t]")
    added = f"[name=i-0-t-{before}-title]"
    assert page.input_value(added) == ""
    page.fill(added, "衬砌")
    page.fill(f"[name=i-0-t-{before}-unit]", "县交通运输局")
    page.click(".buttons button[name=save]")
    page.wait_for_url("**/change/#items")
    tasks = scheduled.tasks.order_by("number").values_list("title", "unit__name")
    assert list(tasks) == [("清淤", "县水务局"), ("衬砌", "县交通运输局")]


def test_a_row_that_was_added_is_copied_and_split_itself(
    page, live_server, county, scheduled, sign_in
):
    sign_in(county.clerk)
    page.goto(f"{live_server.url}/admin/consultations/case/{scheduled.pk}/outcome/")
    page.fill("[name=i-0-text]", "修复东沟")
    page.fill("[name=i-0-t-0-title]", "清淤")
    last = int(page.locator("[name=i-0-t-TOTAL_FORMS]").input_value())
    page.click("button[name=more][value=i-0-t]")
    page.fill(f"[name=i-0-t-{last}-title]", "衬砌")
    page.fill(f"[name=i-0-t-{last}-unit]", "县水务局")
    page.click(f"button[name=split][value=i-0-t-{last}]")
    page.wait_for_selector(f"[name=i-0-t-{last + 1}-title]")
    assert page.input_value(f"[name=i-0-t-{last + 1}-title]") == "衬砌"
    assert page.input_value(f"[name=i-0-t-{last}-role]") == "split"
    assert page.input_value("[name=i-0-t-0-role]") == "sole"


def test_a_button_adds_as_many_rows_as_it_says(page, live_server, county, scheduled, sign_in):
    sign_in(county.clerk)
    page.goto(f"{live_server.url}/admin/consultations/case/{scheduled.pk}/sides/")
    before = int(page.locator("[name=s-TOTAL_FORMS]").input_value())
    page.click("button[name=more][value=s]")
    assert page.locator("[name=s-TOTAL_FORMS]").input_value() == str(before + 5)
    assert page.locator(f"[name=s-{before + 4}-name]").count() == 1


def test_enter_goes_to_the_row_below_and_never_sends_by_accident(
    page, live_server, county, scheduled, sign_in
):
    sign_in(county.clerk)
    url = f"{live_server.url}/admin/consultations/case/{scheduled.pk}/outcome/"
    page.goto(url)
    page.fill("[name=i-0-t-0-title]", "清淤")
    page.press("[name=i-0-t-0-title]", "Enter")
    assert page.url == url
    focused = page.evaluate("document.activeElement.name")
    assert focused == "i-0-t-1-title"


def test_similar_cases_appear_while_typing(page, live_server, county, sign_in):
    old = a_case(county=county)
    sign_in(county.clerk)
    page.goto(f"{live_server.url}/admin/consultations/case/add/")
    page.locator("#id_title").press_sequentially(old.title)
    page.locator("[data-similar] a").first.wait_for()
    assert old.title in page.locator("[data-similar]").inner_text()


def test_a_step_is_sent_once_even_when_pressed_twice(page, live_server, county, sign_in):
    case = case_at("proposed", county=county)
    sign_in(county.leader)
    page.goto(f"{live_server.url}/admin/consultations/case/{case.pk}/step/approve/")
    page.fill("[name=opinion]", "同意立题")
    page.dblclick("button[name=save]")
    page.wait_for_url("**/change/")
    assert case.approvals.count() == 1


def test_everything_works_without_javascript(browser, live_server, county, scheduled):
    client = Client()
    client.force_login(county.clerk)
    context = browser.new_context(java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([cookie | {"url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/consultations/case/{scheduled.pk}/outcome/")
    page.fill("[name=i-0-text]", "修复东沟")
    before = int(page.locator("[name=i-0-t-TOTAL_FORMS]").input_value())
    page.click("button[name=more][value=i-0-t]")
    assert page.input_value("[name=i-0-text]") == "修复东沟"
    assert page.locator("[name=i-0-t-TOTAL_FORMS]").input_value() == str(before + 5)
    page.fill(f"[name=i-0-t-{before + 4}-title]", "清淤")
    page.click(".buttons button[name=save]")
    page.wait_for_url("**/change/#items")
    assert scheduled.tasks.get().title == "清淤"
    context.close()


def test_a_printed_record_shows_what_is_folded_on_the_screen(page, live_server, county, sign_in):
    case = case_at("handling", county=county, items=ITEMS)
    sign_in(county.office)
    page.goto(f"{live_server.url}/admin/consultations/case/{case.pk}/change/")
    topic = page.locator("#topic > :not(summary)").first
    button = page.locator("#items a.btn").first
    page.locator("#topic").evaluate("part => { part.open = false }")

    assert not topic.is_visible()
    page.emulate_media(media="print")
    assert topic.is_visible()
    assert not button.is_visible()
    assert page.locator("#topic").evaluate("part => part.offsetHeight") > 100
