"""Two people in one small form: the second reads both versions, loses nothing, and may still save."""

from __future__ import annotations

import pytest

from committees.models import StudioPlan
from consultations.models import Case
from tests.factories import a_case, a_person
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(county) -> tuple[Colleague, Colleague]:
    return Colleague(county.clerk), Colleague(a_person("second", ("liaison", county.studio)))


@pytest.fixture
def plan(county, two) -> str:
    """The address of a plan that both opened and the first has saved since."""
    url = f"/my/studio/{county.studio.pk}/plan/"
    two[0].open(url)
    two[0].send(box="text", text="四次协商")
    for one in two:
        one.open(url)
    two[0].send(box="text", text="五次协商")
    return url


def test_the_second_reads_what_stands_there_and_keeps_his_words(two, plan):
    page = two[1].send(box="text", text="六次协商")

    assert StudioPlan.objects.get().text == "五次协商"
    assert page.typed("text") == "六次协商"
    assert "五次协商" in page.text


def test_having_read_it_the_second_may_save(two, plan):
    two[1].send(box="text", text="六次协商")
    two[1].send(box="text", text="五次协商，另加一次")

    assert StudioPlan.objects.get().text == "五次协商，另加一次"


def test_a_plan_of_another_year_that_nobody_saw_is_not_written_over(county, two, plan):
    year = StudioPlan.objects.get().year + 1
    StudioPlan.objects.create(studio=county.studio, year=year, text="明年的")
    page = two[1].send(box="text", text="六次协商", year=str(year))

    assert StudioPlan.objects.get(year=year).text == "明年的"
    assert "明年的" in page.text


def test_whoever_is_in_charge_is_not_replaced_unseen(county):
    case = a_case(county=county)
    url = f"/admin/consultations/case/{case.pk}/assign/"
    first, second = Colleague(county.office), Colleague(county.clerk)
    first.open(url)
    second.open(url)
    first.send(owner=str(county.director.pk))

    page = second.send(owner=str(county.office.pk))

    assert Case.objects.get().owner == county.director
    assert page.typed("owner") == str(county.office.pk)
    assert str(county.director) in page.text


def test_of_the_public_text_both_versions_stand_in_the_page(county):
    case = a_case(county=county)
    url = f"/admin/consultations/case/{case.pk}/public-text/"
    first, second = Colleague(county.office), Colleague(county.clerk)
    first.open(url)
    second.open(url)
    first.send(public_summary="先写的一句")

    page = second.send(public_summary="后写的一句")

    assert Case.objects.get().public_summary == "先写的一句"
    assert page.typed("public_summary") == "后写的一句"
    assert "先写的一句" in page.complaints
