"""One text box names a record: by name, pinyin, initials or code."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from committees.lookups import LookupField, datalist, text_of
from committees.models import HandlingUnit, Region
from tests.factories import a_county


@pytest.fixture
def county(db):
    county = a_county()
    Region.objects.filter(pk=county.township.pk).update(pinyin="linhexiang", initials="lhx")
    return county


@pytest.mark.parametrize(
    "text",
    ["临河乡", "linhexiang", "Lin He Xiang", "lhx", "539921100", "临河乡（539921100）", "临河"],
)
def test_a_place_is_found_however_it_is_written(county, text):
    assert LookupField(queryset=Region.objects.all()).clean(text) == county.township


def test_reading_back_finds_the_same_record(county):
    field = LookupField(queryset=Region.objects.all())
    assert field.clean(text_of(county.village)) == county.village
    assert field.prepare_value(county.village) == "柳树村（539921100200）"
    assert field.prepare_value(county.village.pk) == "柳树村（539921100200）"
    assert not field.has_changed(county.village, "柳树村（539921100200）")


def test_outside_the_queryset_nothing_is_found(county):
    own = Region.objects.filter(code__startswith="539921")
    with pytest.raises(ValidationError):
        LookupField(queryset=own).clean("邻县")


def test_several_are_listed(county):
    with pytest.raises(ValidationError) as wrong:
        LookupField(queryset=HandlingUnit.objects.all()).clean("局")
    assert "县水务局" in wrong.value.messages[0]


def test_an_empty_box_is_none_or_required(county):
    assert LookupField(queryset=Region.objects.all(), required=False).clean("") is None
    with pytest.raises(ValidationError):
        LookupField(queryset=Region.objects.all()).clean(" ")


def test_the_choices_are_escaped(county):
    county.unit.name = '"><script>'
    assert "<script>" not in datalist("units", [county.unit])
