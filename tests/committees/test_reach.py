"""Where the roles of a person reach: the grants in force, each at its own place."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from committees.grants import reach
from committees.models import Role, RoleGrant, User
from tests.people import a_person

pytestmark = pytest.mark.django_db

ASKED = (Role.COUNTY_OFFICE, Role.LIAISON, Role.UNIT_OFFICER)


def test_each_role_reaches_its_region_that_of_its_studio_or_of_its_unit(county):
    person = a_person(
        "several",
        ("county_office", county.region), ("liaison", county.studio), ("unit_officer", county.unit),
        ("leader", county.township),
    )  # fmt: skip
    own = [county.region.code, county.studio.region_id, county.unit.region_id]
    assert reach(person, roles=ASKED) == own


def test_a_superuser_reaches_everywhere_and_whoever_has_no_role_nothing(county):
    assert reach(User(is_superuser=True), roles=ASKED) is None
    assert reach(county.nobody, roles=ASKED) == []


def test_what_is_over_reaches_nothing_nor_does_an_account_out_of_use(county):
    person = a_person("gone", ("county_office", county.region))
    assert reach(person, roles=ASKED) == [county.region.code]
    person.is_active = False
    assert reach(person, roles=ASKED) == []
    person.is_active = True
    day = timezone.localdate()
    RoleGrant.objects.filter(user=person).update(
        valid_from=day - dt.timedelta(days=2), valid_until=day - dt.timedelta(days=1)
    )
    assert reach(person, roles=ASKED) == []
