"""Remits from a spreadsheet: looked at, told row by row, taken over once, inside the own places."""

import datetime as dt

import pytest

from committees.models import HandlingUnit
from committees.services.imports import run
from committees.services.imports.columns import Kind, Row
from consultations.admin import site  # noqa: F401  the staff site knows this table
from consultations.models import Remit, TopicField
from tests.factories import a_county, a_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def water():
    return TopicField.objects.create(code="water", name="水利")


def row(number=2, **cells):
    return Row(number, {"unit": "县水务局", "field": "水利", "level": "县", **cells})


def take(rows, county, token="t"):
    return run.take_over(Kind.REMITS, rows, by=county.office, token=token)


def level(value):
    return str(dict(Remit._meta.get_field("level").choices)[value])


def test_a_row_becomes_a_remit_of_the_unit_in_its_own_region(water):
    county = a_county()
    rows = [row(unit=county.unit.name, level=level("county"), note="渠道")]
    done = take(rows, county)
    remit = Remit.objects.get()
    assert (done.added, remit.unit, remit.field, remit.level) == (1, county.unit, water, "county")
    assert (remit.region_id, remit.note) == (county.unit.region_id, "渠道")


def test_the_same_table_twice_adds_nothing(water):
    county = a_county()
    rows = [row(unit=county.unit.name, level="county")]
    take(rows, county)
    look = run.look(Kind.REMITS, rows, by=county.office)
    assert look.counts == {"new": 0, "changed": 0, "same": 1, "wrong": 0}


def test_an_end_closes_the_remit_that_stands(water):
    county = a_county()
    take([row(unit=county.unit.name, level="county")], county)
    take([row(unit=county.unit.name, level="county", valid_until="2026-06-30")], county, token="u")
    assert Remit.objects.get().valid_until == dt.date(2026, 6, 30)


def test_what_is_wrong_is_told_at_its_column(water):
    county = a_county()
    other = HandlingUnit.objects.create(
        code="far", name="外县水务局", kind="government", region=a_region("539931", name="外县")
    )
    rows = [
        row(2, unit=county.unit.name, field="没有的领域", level="county"),
        row(3, unit=other.name, level="county"),
        row(4, unit=county.unit.name, level="county"),
        row(5, unit=county.unit.name, level="county"),
    ]
    look = run.look(Kind.REMITS, rows, by=county.office)
    assert [len(line.errors) for line in look.lines] == [1, 1, 0, 1]
    assert not look.writes


def test_an_officer_of_a_unit_takes_over_no_remits(water):
    assert Kind.REMITS not in run.kinds_for(["unit_officer"])
    assert Kind.REMITS in run.kinds_for(["county_office"])


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_for_any_number_of_rows(water, django_assert_num_queries, count):
    county = a_county()
    fields = [TopicField.objects.create(code=f"f{n}", name=f"领域{n}") for n in range(3)]
    rows = [row(n + 2, unit=county.unit.name, field=fields[n].name, level="county",
                region=county.unit.region.name) for n in range(count)]  # fmt: skip
    with django_assert_num_queries(5):
        run.look(Kind.REMITS, rows, by=county.office)
