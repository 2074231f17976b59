"""The proposal of units: by remit (field, level, region upward) and by what was really done."""

import pytest

from committees.models import HandlingUnit
from consultations.models import Remit, TopicField
from consultations.selectors.experience import Proposals
from consultations.selectors.places import units_for
from consultations.services import cases
from tests.factories import a_case, a_county, case_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def water(db):
    return TopicField.objects.create(code="water", name="水利")


@pytest.fixture
def case(county, water):
    case = a_case(county=county, title="青龙坝水渠渗漏")
    type(case).objects.filter(pk=case.pk).update(field=water)
    case.refresh_from_db()
    return case


def a_remit(unit, field, level="county", region=None, **fields):
    return Remit.objects.create(
        unit=unit, field=field, level=level, region=region or unit.region, **fields
    )


def fits(case, text="修复渗漏段", **more):
    return Proposals(case, units_for(case)).propose(text, **more)


def test_a_line_of_the_duty_list_speaks_for_its_unit(county, case, water):
    a_remit(county.third_unit, water)

    [fit] = fits(case, route="county")

    assert (fit.unit, fit.words, fit.solved) == (county.third_unit, ("水利",), 0)


@pytest.mark.parametrize(
    ("level", "found"), [("county", True), ("township", False), ("above", False)]
)
def test_the_level_is_that_of_the_route(county, case, water, level, found):
    a_remit(county.unit, water, level=level)

    assert bool(fits(case, route="county")) == found


def test_the_field_above_speaks_less_than_the_very_field(county, case, water):
    above = TopicField.objects.create(code="farming", name="农业农村")
    water.parent = above
    water.save()
    a_remit(county.unit, above)
    a_remit(county.other_unit, water)
    case.refresh_from_db()

    assert [fit.unit for fit in fits(case)] == [county.other_unit, county.unit]


def test_the_nearer_region_speaks_more(county, case, water):
    town = HandlingUnit.objects.create(
        code="town", name="临河乡水管站", kind="township", region=county.township
    )
    a_remit(county.unit, water, level="township")
    a_remit(town, water, level="township")

    assert [fit.unit for fit in fits(case, route="township")] == [town, county.unit]


def test_what_has_ended_or_lies_elsewhere_speaks_for_nobody(county, case, water):
    elsewhere = a_county("539931", name="外县")
    a_remit(county.unit, water, valid_until="2020-01-01")
    a_remit(county.other_unit, water, region=elsewhere.region)
    a_remit(elsewhere.unit, water)

    assert fits(case) == []


def test_who_really_did_such_a_thing_is_told_with_how_often(county, case):
    closed = case_at("closed", county=county, title="青龙坝水渠渗漏整修",
                     problem="青龙坝水渠渗漏，下游缺水。")  # fmt: skip
    assert closed.tasks.get().state == "verified"

    [fit] = fits(case)

    assert (fit.unit, fit.words, fit.solved) == (county.unit, (), 1)


def test_a_task_that_was_only_answered_speaks_for_nobody(county, case):
    closed = case_at("closed", county=county, title="青龙坝水渠渗漏整修")
    closed.tasks.update(state="answered")

    assert fits(case) == []


def test_a_restricted_case_is_no_example(county, case):
    closed = case_at("closed", county=county, title="青龙坝水渠渗漏整修")
    cases.advance(closed, "restrict", by=county.office, data={"reason": "涉及隐私。"})

    assert fits(case) == []


def test_assisting_units_are_others_with_a_ground_of_their_own(county, case, water):
    a_remit(county.unit, water)
    a_remit(county.other_unit, water, level="township")

    found = Proposals(case, units_for(case)).assistants("修渠", but=[county.unit.pk])

    assert [fit.unit for fit in found] == [county.other_unit]


@pytest.mark.parametrize("count", [1, 3])
def test_asking_for_many_tasks_costs_the_same(
    county, case, water, django_assert_num_queries, count
):
    for unit in (county.unit, county.other_unit, county.third_unit)[:count]:
        a_remit(unit, water)
    case_at("closed", county=county, title="青龙坝水渠渗漏整修")
    units = list(units_for(case))
    case = type(case).objects.select_related("region", "field").get(pk=case.pk)

    with django_assert_num_queries(4):
        proposals = Proposals(case, units)
        for number in range(count):
            proposals.propose(f"修复渗漏段{number}", route="county")
