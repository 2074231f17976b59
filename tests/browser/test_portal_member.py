"""A member with a phone: every to-do is three taps away, nothing sticks out, everybody can read it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from committees.models import Checklist, Member
from consultations.models import Case, FollowUp, MeetingAnswer
from tests.factories import a_county, case_at, task_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SERIOUS = ("serious", "critical")
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def county():
    return a_county()


@pytest.fixture
def me(county) -> Member:
    member = Member.objects.create(name="李望舒", user=county.member)
    member.studio_seats.create(studio=county.studio, kind="member", name=member.name)
    norm = Checklist.objects.create(region=county.region, of="studio", title="六有")
    norm.lines.create(number=1, text="有固定场所")
    county.studio.plans.create(year=2026, text="四次协商")
    return member


@pytest.fixture
def phone(page, live_server, county, me):
    """A browser of a phone's size, signed in as the member, at the start page."""
    client = Client()
    client.force_login(county.member)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([cookie | {"url": live_server.url}])
    page.set_viewport_size(PHONE)
    return page


def begin(phone, live_server) -> None:
    phone.goto(f"{live_server.url}/my/")


def test_every_page_fits_and_can_be_read_by_everybody(phone, live_server, county):
    scheduled = case_at("scheduled", county=county, title="一个写满了六十个字的标题" * 5)
    handled = case_at("handling", county=county, items=[{"commitments": 1}])
    base = f"/my/studio/{county.studio.pk}/"
    for url in ("/my/", "/my/studio/", base, "/my/topics/add/", "/my/duty/", "/my/contacts/",
                f"/my/cases/{scheduled.pk}/", f"/my/cases/{handled.pk}/follow-up/"):  # fmt: skip
        phone.goto(live_server.url + url)
        over = phone.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, url
        found = Axe().run(phone).response["violations"]
        assert [v["id"] for v in found if v["impact"] in SERIOUS] == [], url


def test_the_pages_of_the_studios_keeper_fit_too(page, live_server, county, me, phone):
    client = Client()
    client.force_login(county.clerk)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([cookie | {"url": live_server.url}])
    for part in ("", "plan/", "activity/", "checklist/"):
        page.goto(f"{live_server.url}/my/studio/{county.studio.pk}/{part}")
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, part
        found = Axe().run(page).response["violations"]
        assert [v["id"] for v in found if v["impact"] in SERIOUS] == [], part


def test_a_meeting_is_answered_in_one_tap(phone, live_server, county):
    case_at("scheduled", county=county)
    begin(phone, live_server)
    phone.locator("button[name=answer][value=yes]").click()
    assert MeetingAnswer.objects.get().is_coming


def test_a_topic_is_sent_in_two_taps(phone, live_server, county):
    begin(phone, live_server)
    phone.locator("a[href='/my/topics/add/']").click()
    phone.fill("[name=title]", "集市停车难")
    phone.fill("[name=problem]", "赶集日车停满街，救护车进不来。")
    phone.locator("button[name=send]").click()
    assert Case.objects.get().stage == "proposed"


def test_an_inspection_is_recorded_in_three_taps(phone, live_server, county):
    case = case_at("handling", county=county)
    begin(phone, live_server)
    phone.locator(f"main a[href='/my/cases/{case.pk}/']").last.click()
    phone.locator(f"a[href='/my/cases/{case.pk}/follow-up/']").click()
    phone.select_option("[name=kind]", "inspection")
    phone.fill("[name=finding]", "路面平了。")
    phone.locator("main form button[type=submit]").click()
    assert FollowUp.objects.get().kind == "inspection"


def test_the_form_of_a_verification_is_two_taps_away(phone, live_server, county):
    task = task_at("answered", county=county)
    begin(phone, live_server)
    phone.locator(f"main a[href*='/my/tasks/{task.pk}/']").first.click()
    if not phone.locator("main form textarea").count():
        phone.locator("main a[href*='verify']").first.click()
    assert phone.locator("main form").count() >= 1
