"""Places below a place, by the code alone: codes nest by prefix."""

from __future__ import annotations

import pytest

from committees.models import HandlingUnit, Region
from committees.models.regions import at_or_below, code_after
from tests.people import a_county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counties():
    return a_county("539921"), a_county("539922", name="邻水县")


def codes(*asked: str) -> list[str]:
    found = Region.objects.filter(at_or_below(asked, path="code"))
    return list(found.order_by("code").values_list("code", flat=True))


def test_a_place_has_itself_and_what_lies_below_it_and_not_its_neighbour():
    assert codes("539921") == ["539921", "539921100", "539921100200"]
    assert codes("539921100") == ["539921100", "539921100200"]


def test_several_places_come_together_and_none_is_nothing():
    assert codes("539921100200", "539922100200") == ["539921100200", "539922100200"]
    assert codes("5399") == codes("5399", "539921") != []
    assert codes() == []


def test_the_way_to_the_region_may_be_longer(counties):
    own = HandlingUnit.objects.filter(at_or_below(["539922"]))
    assert own.exists()
    assert {unit.region_id[:6] for unit in own} == {"539922"}
    through = Region.objects.filter(at_or_below(["539922"], path="units__region"))
    assert set(through.values_list("code", flat=True)) == {unit.region_id for unit in own}


def test_the_code_after_keeps_its_length():
    assert [code_after("5301"), code_after("09"), code_after("539999")] == ["5302", "10", "540000"]
