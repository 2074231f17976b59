"""Who lands where after signing in, and how the two faces lead to each other."""

from __future__ import annotations

import pytest

from tests.factories import a_county, grant
from tests.journeys.visitors import PASSWORD, Colleague, Visitor

pytestmark = pytest.mark.django_db

PLACES = {
    "member": "/my/", "approver": "/my/", "village_clerk": "/my/", "officer": "/my/",
    "unit_leader": "/my/", "office": "/admin/", "leader": "/admin/", "director": "/admin/",
    "clerk": "/admin/", "dispatch_office": "/admin/", "prefecture_office": "/admin/",
    "province_office": "/admin/", "outsider": "/admin/",
}  # fmt: skip


def landed(user, *, url: str = "/account/login/") -> str:
    Colleague(user)
    visitor = Visitor()
    visitor.open(url)
    return visitor.send(username=user.username, password=PASSWORD).path


@pytest.mark.parametrize("name", PLACES)
def test_everybody_begins_where_the_work_is(name):
    assert landed(getattr(a_county(), name)) == PLACES[name]


def test_the_door_of_the_public_pages_leads_to_the_same_place():
    assert landed(a_county().member, url="/account/login/?next=/admin/") == "/my/"
    assert landed(a_county().office, url="/account/login/?next=/admin/") == "/admin/"


def test_who_asked_for_a_page_gets_that_page():
    assert landed(a_county().member, url="/account/login/?next=/my/cases/") == "/my/cases/"


@pytest.fixture
def both():
    county = a_county()
    grant(county.member, "liaison", county.studio)
    return county.member


def test_somebody_with_both_begins_at_the_desk(both):
    assert landed(both) == "/admin/"


def test_somebody_with_both_finds_the_way_from_either(both):
    person = Colleague(both)

    assert person.open("/admin/").has_link("/my/")
    assert person.open("/my/").has_link("/admin/")


def test_who_has_one_face_is_not_shown_the_other():
    county = a_county()

    assert not Colleague(county.member).open("/my/").has_link("/admin/")
    assert not Colleague(county.office).open("/admin/").has_link("/my/")
