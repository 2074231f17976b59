from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.core.cache import cache

from tests.factories import County, a_county, a_person, a_region
from tests.journeys.visitors import Colleague


@dataclass
class Town:
    """A county whose people sit in front of their browsers: town.office, town.leader …"""

    county: County
    browsers: dict[str, Colleague] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Colleague:
        browsers = self.__dict__.setdefault("browsers", {})
        if name not in browsers:
            browsers[name] = Colleague(getattr(self.__dict__["county"], name))
        return browsers[name]


@pytest.fixture
def town(db) -> Town:
    cache.clear()
    county = a_county()
    second = a_region(f"{county.region.code}101", name="上河镇")
    county.people["office2"] = a_person("office-2", ("county_office", county.region))
    county.people["other_approver"] = a_person("party-2", ("party_approver", second))
    county.people["both"] = a_person(
        "both", ("member", county.studio), ("unit_officer", county.unit)
    )
    return Town(county)


@pytest.fixture
def elsewhere(db) -> Town:
    """The county next door, with the same people in the same roles."""
    return Town(a_county("539922", name="邻水县"))
