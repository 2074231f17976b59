"""My duty record and my contacts, as the member sees them."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from committees.models import AuditEntry, Member, SectorContact
from tests.factories import case_at
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def me(county) -> Member:
    return Member.objects.create(name="李委员", user=county.member)


@pytest.fixture
def browser(county, me) -> Colleague:
    return Colleague(county.member)


def test_a_contact_is_written_with_four_fields_and_counts_at_once(browser, me):
    browser.open("/my/contacts/")
    browser.send(box="held_on", held_on="2026-11-20", kind="talk", head_count=12, raised="缺路灯")

    contact = SectorContact.objects.get()
    assert (contact.member, contact.head_count, contact.recorded_by) == (me, 12, me.user)
    assert "缺路灯" in browser.page.text
    assert AuditEntry.objects.filter(about=f"sectorcontact:{contact.pk}").exists()
    assert "联系界别群众" in browser.open("/my/duty/").text or "Contacts" in browser.page.text


@pytest.mark.parametrize(
    ("box", "typed"),
    [
        ("held_on", "2026-11-22"),
        ("held_on", "2026-02-30"),
        ("head_count", "0"),
        ("head_count", "-3"),
        ("head_count", "99999"),
        ("raised", "打13887654321"),
        ("raised", "字" * 501),
        ("kind", ""),
    ],
)
def test_a_mistake_is_told_beside_its_box_and_nothing_typed_is_lost(browser, box, typed):
    good = {"held_on": "2026-11-20", "kind": "talk", "head_count": 12, "raised": "缺路灯"}
    browser.open("/my/contacts/")

    page = browser.send(box="held_on", **good | {box: typed})

    assert page.status == 200
    assert page.error_of(box)
    assert page.typed(box) == typed
    assert not SectorContact.objects.exists()


def test_a_contact_written_by_mistake_is_taken_back_and_stays_in_the_history(browser, me):
    contact = me.contacts.create(kind="talk", head_count=3, recorded_by=me.user,
                                 held_on=dt.date(2026, 11, 3))  # fmt: skip
    browser.open("/my/contacts/")

    browser.post(f"/my/contacts/{contact.pk}/back/")

    assert not SectorContact.objects.exists()
    assert SectorContact.history.filter(id=contact.pk, history_type="-").exists()


def test_nobody_takes_back_a_contact_of_another(browser, county):
    other = Member.objects.create(name="王委员")
    contact = other.contacts.create(kind="talk", head_count=3, recorded_by=county.office)

    assert browser.post(f"/my/contacts/{contact.pk}/back/").status == 404
    assert SectorContact.objects.exists()


@pytest.mark.parametrize("role", ["county_office", "unit_officer", "party_approver", "liaison"])
@pytest.mark.parametrize("page", ["/my/duty/", "/my/contacts/"])
def test_these_pages_are_the_members_alone(county, role, page):
    assert Colleague(county.people[role]).open(page).status == 404


def test_without_a_sign_in_the_page_leads_there(client, db):
    answer = client.get("/my/duty/")

    assert answer.status_code == 302
    assert "next=/my/duty/" in answer.url


@pytest.mark.parametrize("year", ["2027", "2017", "x", "99999"])
def test_a_year_that_cannot_be_is_answered(browser, year):
    assert browser.open(f"/my/duty/?year={year}").status in (200, 404)


def test_a_case_that_was_restricted_meanwhile_is_not_named(browser, me):
    case = case_at("proposed")
    type(case).objects.filter(pk=case.pk).update(
        recommended_by=me, year=2026, studio=None, title="说不得的事"
    )

    assert "说不得的事" not in browser.open("/my/duty/").text


def test_the_score_is_shown_only_where_the_county_has_a_scheme(browser, county):
    assert "“" not in browser.open("/my/duty/").text
    county.region.duty_schemes.create(title="量化办法", base=10, valid_from=dt.date(2026, 1, 1))
    assert "量化办法" in browser.open("/my/duty/").text
