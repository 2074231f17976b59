"""The public pages in a real browser: nothing sticks out, nothing is refused, anybody can use it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache

from tests.factories import a_committee, a_county, a_region
from tests.public_cases import (
    a_campaign,
    a_citation,
    a_field,
    a_figure,
    a_full_case,
    a_report,
    a_reported_case,
    rated,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 390, 1280)
SCHEMES = ("light", "dark")
SERIOUS = ("serious", "critical")


@pytest.fixture
def site(live_server):
    """The address of the site, and the pages to open."""
    cache.clear()
    county = a_county()
    a_committee(a_region("53"))
    for code, name in (
        ("5301", "昆明市"),
        ("5325", "红河哈尼族彝族自治州"),
        ("5328", "西双版纳傣族自治州"),
    ):
        a_region(code, name=name)
    case = a_full_case(county=county, field=a_field())
    rated(case, satisfied=4, fair=2)
    brand = a_campaign(county.committee, origin="reported", citation=a_citation())
    brief = a_reported_case(
        county=county, campaign=brand, title="很长的标题写到六十个字也要排得下而且不截断不溢出" * 2
    )
    a_figure(campaign=brand, region=county.region.pk)
    pages = [
        "/", "/cases/", "/cases/?region=5399&year=2022", "/cases/?q=找不到的词", f"/cases/{case.pk}/",
        f"/cases/{brief.pk}/", "/studios/", f"/studios/{county.studio.code}/", "/rooms/",
        f"/rooms/{county.room.code}/", "/committees/", f"/committees/{county.region.pk}/",
        f"/units/{county.unit.pk}/", "/campaigns/", "/campaigns/brand/", "/reports/",
        f"/reports/{a_report().code}/", "/figures/", "/how/", "/accessibility/", "/privacy/",
        "/corrections/", "/propose/", "/propose/?region=5399", f"/propose/?region={county.region.pk}",
        "/track/", "/components/", "/cases/?demo=1", "/no/such/page/",
    ]  # fmt: skip
    return live_server.url, pages


def open_all(page, base, pages, messages):
    for path in pages:
        messages.clear()
        page.goto(base + path)
        yield path


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_sticks_out_or_is_refused_anything(page, site, width):
    base, pages = site
    page.set_viewport_size({"width": width, "height": 800})
    messages = listened(page, base)

    for path in open_all(page, base, pages, messages):
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{path} is {wide}px too wide at {width}px"
        assert messages == [] or path == "/no/such/page/", f"{path}: {messages}"


def test_nothing_sticks_out_with_large_text(page, site):
    base, pages = site
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(base + "/display/?text=large&next=/")

    for path in open_all(page, base, pages, []):
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "22px", path
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{path} is {wide}px too wide with large text"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_keeps_anybody_out(page, site, scheme):
    base, pages = site
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 1280, "height": 900})

    for path in open_all(page, base, pages, []):
        found = Axe().run(page).response["violations"]
        serious = [
            (v["id"], v["nodes"][0]["html"][:160], v["nodes"][0].get("failureSummary", "")[:200])
            for v in found
            if v["impact"] in SERIOUS
        ]
        assert serious == [], f"{path} ({scheme}): {serious}"


def test_a_topic_is_raised_and_followed_without_a_script(browser, site):
    base, _pages = site
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(base + "/")
    page.get_by_role("link", name="我要点题").first.click()
    page.goto(base + "/propose/?region=5399")
    page.get_by_role("link", name="青禾县").click()
    page.fill("#id_title", "街上车辆乱停")
    page.fill("#id_problem", "请联系13812345678")
    page.check("#id_consent")
    page.get_by_role("button", name="提交").click()
    assert page.locator("#id_problem-error").is_visible()
    assert page.input_value("#id_title") == "街上车辆乱停"

    page.fill("#id_problem", "走路都不方便。")
    page.get_by_role("button", name="提交").click()
    code = page.locator(".code").inner_text()
    page.goto(base + "/track/")
    page.fill("#id_code", code)
    page.get_by_role("button", name="查询").click()

    assert page.locator("#res-h").inner_text() == "街上车辆乱停"
    context.close()


def test_the_first_page_is_light(page, site):
    base, _pages = site
    weights = []
    page.on("response", lambda response: weights.append(len(response.body())))
    page.goto(base + "/", wait_until="networkidle")

    assert sum(weights) < 100_000


def listened(page, base: str) -> list[str]:
    """What the browser complains about, and every address outside the site it was sent to."""
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(base) else messages.append(request.url),
    )
    return messages
