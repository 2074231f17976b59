from __future__ import annotations

import pytest

from tests.people import with_second_factor

PASSWORD = "long horse 77"


@pytest.fixture
def clerk(county):
    """Somebody with a password and one role."""
    county.clerk.set_password(PASSWORD)
    county.clerk.save()
    return county.clerk


@pytest.fixture
def system_admin(county):
    """The system administrator of the prefecture, above the county."""
    person = county.people["system_admin"]
    person.grants.update(region=county.region.parent)
    with_second_factor(person)
    return person
