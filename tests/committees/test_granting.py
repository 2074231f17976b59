"""Who may be given which role by whom: one rule, behind the form and whatever else gives roles."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from committees.models import Member, RoleGrant, Seat, StudioSeat
from committees.partial_dates import PartialDate
from committees.services import standing
from committees.services.granting import against_granting
from tests.people import a_county, a_person, grant

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
ADD = "admin:committees_rolegrant_add"


@pytest.fixture
def elsewhere(db):
    return a_county("539922", name="邻水县")


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def meant(user, role: str, region, **dates) -> RoleGrant:
    return RoleGrant(user=user, role=role, region=region, **dates)


@pytest.mark.parametrize("held", ADMINISTRATORS)
@pytest.mark.parametrize("wanted", [*ADMINISTRATORS, "county_office", "member", "unit_officer"])
def test_an_administrator_gets_no_second_kind_and_no_part_in_cases(county, held, wanted):
    person = a_person("wang", (held, county.region))
    against = against_granting(meant(person, wanted, county.region), by=county.security_admin)
    assert bool(against) is (wanted != held)


@pytest.mark.parametrize("wanted", ADMINISTRATORS)
def test_nobody_who_works_on_cases_becomes_an_administrator(county, wanted):
    person = a_person("wang", ("liaison", county.studio))
    assert against_granting(meant(person, wanted, county.region), by=county.security_admin)
    assert not against_granting(meant(county.nobody, wanted, county.region),
                                by=county.security_admin)  # fmt: skip


def test_several_parts_in_cases_go_together(county):
    person = a_person("wang", ("member", county.studio))
    assert not against_granting(meant(person, "leader", county.region), by=county.security_admin)


def test_what_is_over_before_does_not_stand_against_it(county):
    person = county.nobody
    grant(person, "liaison", county.studio, valid_until=dt.date(2025, 12, 31))
    later = meant(person, "audit_admin", county.region, valid_from=dt.date(2026, 1, 1))
    sooner = meant(person, "audit_admin", county.region, valid_from=dt.date(2025, 12, 31))
    assert not against_granting(later, by=county.security_admin)
    assert against_granting(sooner, by=county.security_admin)


def test_roles_are_given_in_the_own_region_only(county, elsewhere):
    by = county.security_admin
    for place in (county.region, county.township, county.village):
        assert not against_granting(meant(county.nobody, "leader", place), by=by)
    for place in (elsewhere.region, county.region.parent, county.region.parent.parent):
        assert against_granting(meant(county.nobody, "leader", place), by=by)


def test_the_form_says_why_not(county):
    data = {"user": county.clerk.username, "role": "audit_admin", "region": county.region.name,
            "valid_from": "2026-01-01"}  # fmt: skip
    answer = client_of(county.security_admin).post(reverse(ADD), data)
    assert list(answer.context["adminform"].form.errors) == ["__all__"]
    assert not county.clerk.grants.filter(role="audit_admin").exists()


def test_the_form_offers_the_accounts_of_the_own_region_and_new_ones(county, elsewhere):
    page = client_of(county.security_admin).get(reverse(ADD)).content.decode()
    assert county.clerk.username in page
    assert county.nobody.username in page
    assert elsewhere.clerk.username not in page


def test_an_account_with_rights_beyond_the_region_is_left_alone(county):
    by, person = county.system_admin, a_person("wang", ("liaison", county.studio))
    url = reverse("admin:committees_user_change", args=[person.pk])
    client = client_of(by)
    page = client.get(url)
    assert page.context["adminform"].form.fields  # his, as long as he works here only
    grant(person, "prefecture_office", county.region.parent)
    assert not client.get(url).context["adminform"].form.fields
    assert client.post(url, {"username": person.username}).status_code == 404
    assert standing.switch(person, by=by, on=False)
    person.refresh_from_db()
    assert person.is_active


@pytest.mark.parametrize("role", ["county_office", "leader", "liaison", "system_admin"])
def test_members_are_those_of_the_own_places(county, elsewhere, role):
    when = PartialDate.parse("2026")
    own, far, seated, new = (
        Member.objects.create(name=n) for n in ("甲乙", "丙丁", "戊己", "庚辛")
    )
    Seat.objects.create(member=own, committee=county.committee, valid_from=when)
    Seat.objects.create(member=far, committee=elsewhere.committee, valid_from=when)
    StudioSeat.objects.create(member=seated, studio=county.studio, kind="director", name="戊己")
    client = client_of(county.people[role])
    listed = client.get(reverse("admin:committees_member_changelist")).context["cl"].queryset
    assert set(listed) == {own, seated, new}
    url = reverse("admin:committees_member_change", args=[far.pk])
    assert client.get(url).status_code == client.post(url, {}).status_code == 404
