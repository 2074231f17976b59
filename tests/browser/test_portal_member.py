"""A member with a phone: every to-do is three taps away, nothing sticks out, everybody can read it."""

from __future__ import annotations

import pytest

from committees.models import Checklist, Member, SectorContact
from consultations.models import Case, FieldVisit, FollowUp, MeetingAnswer
from tests.browser.phone import MOST, Phone
from tests.factories import case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def me(county) -> Member:
    member = Member.objects.create(name="李望舒", user=county.member)
    member.studio_seats.create(studio=county.studio, kind="member", name=member.name)
    norm = Checklist.objects.create(region=county.region, of="studio", title="六有")
    norm.lines.create(number=1, text="有固定场所")
    county.studio.plans.create(year=2026, text="四次协商")
    return member


@pytest.fixture
def mine(sign_in, county, me) -> Phone:
    """A phone, signed in as the member, at the start page."""
    return sign_in(county.member)


def test_every_page_fits_and_can_be_read_by_everybody(mine, county):
    scheduled = case_at("scheduled", county=county, title="一个写满了六十个字的标题" * 5)
    handled = case_at("handling", county=county, items=[{"commitments": 1}])
    base = f"/my/studio/{county.studio.pk}/"
    for url in ("/my/", "/my/studio/", base, "/my/topics/add/", "/my/duty/", "/my/contacts/",
                f"/my/cases/{scheduled.pk}/", f"/my/cases/{handled.pk}/follow-up/"):  # fmt: skip
        mine.open(url)


def test_the_pages_of_the_studios_keeper_fit_too(county, me, sign_in):
    phone = sign_in(county.clerk)
    for part in ("", "plan/", "activity/", "checklist/"):
        phone.open(f"/my/studio/{county.studio.pk}/{part}")


def test_a_meeting_is_answered_in_one_tap(county, me, sign_in):
    case_at("scheduled", county=county)
    phone = sign_in(county.member)
    phone.tap("button[name=answer][value=yes]")
    assert MeetingAnswer.objects.get().is_coming
    assert phone.taps == 1


def test_a_topic_is_sent_in_two_taps(mine, county):
    mine.tap("a[href='/my/topics/add/']")
    mine.fill(title="集市停车难", problem="赶集日车停满街，救护车进不来。")
    mine.tap("button[name=send]")
    assert Case.objects.get().stage == "proposed"
    assert mine.taps == 2


def test_a_topic_like_another_is_sent_in_three(county, me, sign_in):
    """The similar ones are shown first."""
    there = case_at("approved", county=county, title="集市停车难", problem="赶集日车停满街。")
    phone = sign_in(county.member)
    phone.tap("a[href='/my/topics/add/']")
    phone.fill(title="集市停车难", problem="赶集日车停满街，救护车进不来。")
    phone.tap("button[name=send]")
    assert there.title in phone.page.inner_text("[role=status]")
    phone.tap("button[name=send]")
    assert Case.objects.exclude(pk=there.pk).get().stage == "proposed"
    assert phone.taps == MOST


def test_a_visit_is_recorded_in_three_taps(county, me, sign_in):
    case = case_at("research", county=county)
    phone = sign_in(county.member)
    phone.tap(f"main a[href='/my/cases/{case.pk}/']")
    phone.tap(f"a[href^='/my/cases/{case.pk}/log_visit/']")
    phone.choose(method=FieldVisit.Method.values[0])
    phone.fill(place="村口桥头", findings="桥面有三处裂缝。")
    phone.take_photo()
    phone.tap("main form button[type=submit]")
    visit = case.visits.get()
    assert [member.name for member in visit.members.all()] == [me.name]
    assert phone.taps <= MOST


def test_an_inspection_is_recorded_in_three_taps(county, me, sign_in):
    case = case_at("handling", county=county)
    phone = sign_in(county.member)
    phone.tap(f"main a[href='/my/cases/{case.pk}/']")
    phone.tap(f"a[href='/my/cases/{case.pk}/follow-up/']")
    phone.choose(kind="inspection")
    phone.fill(finding="路面平了。")
    phone.tap("main form button[type=submit]")
    assert FollowUp.objects.get().kind == "inspection"
    assert phone.taps <= MOST


def test_a_contact_is_written_down_in_two_taps(mine, county, me):
    mine.tap("a[href='/my/contacts/']")
    mine.choose(kind=SectorContact.Kind.values[0])
    mine.fill(head_count="5", raised="末班车太早。")
    mine.tap("main form button[type=submit]")
    assert SectorContact.objects.get().member == me
    assert mine.taps == 2


def test_ones_own_duty_record_is_one_tap_away(mine, county, me):
    mine.tap("a[href='/my/duty/']")
    assert me.name in mine.page.inner_text("main")
    assert mine.taps == 1
