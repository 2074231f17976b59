"""A phone number in clear: for a reason, once, by whom it concerns, and told before it is drawn."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import DatabaseError
from django.utils import timezone

from committees import audit
from committees.models import AuditEntry, Member, Seat, StudioSeat, UnitContact
from committees.partial_dates import PartialDate
from tests.factories import a_case, task_at
from tests.people import a_seated

pytestmark = pytest.mark.django_db
PHONE = "13887654321"
WHY = {"why": "arrange", "words": "约下周三去看渠"}


@pytest.fixture
def member(county):
    return a_seated(county, name="李望舒", mobile=PHONE)


@pytest.fixture
def contact(county):
    return UnitContact.objects.create(unit=county.unit, name="王科长", mobile=PHONE)


def url(record) -> str:
    kind = {"Member": "member", "UnitContact": "contact", "User": "account"}[type(record).__name__]
    return f"/admin/phone/{kind}/{record.pk}/"


def shows(client, record) -> bool:
    """Whether this person gets the number; who does not gets 404 to both."""
    asked, told = client.get(url(record)), client.post(url(record), WHY)
    assert asked.status_code == told.status_code
    assert PHONE not in asked.content.decode()
    return told.status_code == 200 and PHONE in told.content.decode()


def test_it_is_shown_once_after_a_reason_and_kept_by_nobody(county, member, enter):
    client = enter(county.office)
    asked = client.get(url(member))
    assert "138****4321" in asked.content.decode()

    told = client.post(url(member), WHY)

    assert PHONE in told.content.decode()
    assert "no-store" in told["Cache-Control"]
    assert PHONE not in client.get(url(member)).content.decode()


def test_who_looked_and_why_is_in_the_audit_log_without_the_number(county, member, enter):
    enter(county.office).post(url(member), WHY)

    entry = AuditEntry.objects.get(kind="seen_in_clear")
    assert (entry.actor, entry.role) == (county.office, "county_office")
    assert (entry.about, entry.region) == (f"member:{member.pk}", county.region.code)
    assert json.loads(entry.facts) == {"field": "mobile", **WHY}


def test_without_an_entry_nothing_is_shown(county, member, enter, monkeypatch):
    def full(*args, **kwargs):
        raise DatabaseError

    client = enter(county.office)
    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(DatabaseError):
        client.post(url(member), WHY)


@pytest.mark.parametrize("typed", [{}, {"why": "arrange"}, {"words": "约时间"},
                                   {"why": "no such", "words": "约时间"},
                                   {"why": "other", "words": f"打{PHONE}"}])  # fmt: skip
def test_without_a_reason_nothing_is_shown_or_told(county, member, enter, typed):
    page = enter(county.office).post(url(member), typed)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert PHONE not in page.content.decode().replace(f"打{PHONE}", "")
    assert not AuditEntry.objects.filter(kind="seen_in_clear").exists()


@pytest.mark.parametrize("role", ["county_office"])
def test_the_office_of_the_county_sees_its_members(county, member, enter, role):
    assert shows(enter(county.people[role]), member)


@pytest.mark.parametrize("role", [
    "leader", "party_approver", "member", "dispatch_office", "unit_officer", "unit_leader",
    "village_clerk", "prefecture_office", "province_office", "system_admin", "security_admin",
    "audit_admin", "liaison", "studio_director", "outsider",
])  # fmt: skip
def test_for_everybody_else_there_is_no_such_page(county, member, enter, role):
    assert not shows(enter(county.people[role]), member)


def test_a_studio_sees_who_sits_in_it(county, member, enter):
    StudioSeat.objects.create(studio=county.studio, kind="member", member=member)

    assert shows(enter(county.clerk), member)


@pytest.mark.parametrize(("days", "seen"), [(1, True), (0, True), (-1, False)])
def test_a_studio_sees_who_sat_in_it_until_the_seat_is_over(county, member, enter, days, seen):
    until = PartialDate.parse(timezone.localdate() + dt.timedelta(days=days))
    StudioSeat.objects.create(studio=county.studio, kind="member", member=member, valid_until=until)
    assert shows(enter(county.liaison), member) is seen


def test_a_studio_sees_the_contact_of_a_unit_that_has_a_task_of_its_matters(county, contact, enter):
    client = enter(county.clerk)
    assert not shows(client, contact)
    task_at("handling", county=county)

    assert shows(client, contact)
    assert shows(enter(county.office), contact)
    assert not shows(enter(county.officer), contact)


def test_an_officer_sees_who_is_in_charge_of_the_matter_of_his_task(county, enter):
    county.clerk.mobile = PHONE
    county.clerk.save()
    case = a_case(county=county)
    client = enter(county.officer)
    assert not shows(client, county.clerk)
    task = task_at("handling", county=county)
    assert (task.case.owner, case.owner) == (county.clerk, county.clerk)

    assert shows(client, county.clerk)
    assert not shows(enter(county.people["unit_leader"]), county.clerk)


def test_no_number_no_question(county, enter):
    made = Member.objects.create(name="无号码")
    Seat.objects.create(member=made, committee=county.committee)
    page = enter(county.office).post(url(made), WHY)

    assert page.status_code == 200
    assert not AuditEntry.objects.filter(kind="seen_in_clear").exists()


@pytest.mark.parametrize("path", ["/admin/phone/member/999999/", "/admin/phone/case/1/"])
def test_what_is_not_there_is_not_found(county, enter, path):
    assert enter(county.office).get(path).status_code == 404


def test_the_task_names_whom_one_may_call(county, contact, enter):
    task = task_at("handling", county=county)
    for client, path in ((enter(county.office), f"/admin/consultations/task/{task.pk}/change/"),
                         (enter(county.clerk), f"/my/tasks/{task.pk}/")):  # fmt: skip
        html = client.get(path).content.decode()
        assert "138****4321" in html
        assert url(contact) in html
        assert PHONE not in html
    assert "王科长" not in enter(county.officer).get(f"/my/tasks/{task.pk}/").content.decode()
