"""The grid with a pasted plan in a real browser: proposals are taken by a press, with and without
scripts, and the page fits a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from committees.models import HandlingUnit
from tests.factories import a_county, case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLAN = (
    "共识事项\t任务\t牵头单位\t时限\n修复东沟\t疏通灌溉渠系\t\t年底\n\t核定水价\t县水电局\t长期\n"
)


@pytest.fixture
def county():
    found = a_county()
    HandlingUnit.objects.filter(name="县水务局").update(remit="灌溉渠系、河道")
    return found


@pytest.fixture
def open_grid(browser, live_server, county):
    """open_grid(width, scripts=True): the grid with the plan pasted into it."""
    case, contexts = case_at("scheduled", county=county), []
    client = Client()
    client.force_login(county.clerk)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}

    def opened(width: int, *, scripts: bool = True):
        size = {"width": width, "height": 900}
        context = browser.new_context(java_script_enabled=scripts, viewport=size)
        contexts.append(context)
        context.add_cookies([cookie | {"url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/admin/consultations/case/{case.pk}/outcome/")
        page.click("details.paste summary")
        page.fill("#pasted", PLAN)
        page.click("button[name=paste]")
        page.wait_for_selector(".trow--fresh")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_pasted_plan_fits_the_screen_and_is_read_aloud(open_grid, width):
    page = open_grid(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert page.input_value("[name=i-0-t-1-due_on]") == "长期"
    assert page.locator(".cell__error").count() == 2


@pytest.mark.parametrize("scripts", [True, False])
def test_a_proposal_is_taken_by_one_press(open_grid, scripts):
    page = open_grid(1280, scripts=scripts)
    assert page.input_value("[name=i-0-t-0-unit]") == ""
    page.focus('button[value="i-0-t-0-unit=县水务局"]')
    page.keyboard.press("Enter")
    page.wait_for_selector('button[value="i-0-t-0-unit=县水务局"]', state="detached")
    assert page.input_value("[name=i-0-t-0-unit]") == "县水务局"
    assert page.input_value("[name=i-0-t-0-title]") == "疏通灌溉渠系"


def test_a_row_that_is_added_carries_no_proposal_along(open_grid):
    page = open_grid(1280)
    rows = page.locator("[data-grid=i-0-t] [data-row]")
    before, advice = rows.count(), page.locator(".advice").count()
    page.click("button[name=more][value=i-0-t]")
    assert rows.count() == before + 1
    assert page.locator(".advice").count() == advice
    assert rows.last.locator("[name$=-unit]").input_value() == ""
