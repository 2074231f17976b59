"""Similar cases: shared rare words count, common ones do not, and only the given scope is shown."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from committees.models import Origin
from committees.partial_dates import PartialDate
from consultations.models import Case
from consultations.selectors import similar as selector
from consultations.selectors.similar import days_taken, similar
from tests.factories import a_case, case_at

pytestmark = pytest.mark.django_db

EVERYTHING = Case.objects.all()


def titles(text: str, **options) -> list[str]:
    return [row.case.title for row in similar(text, within=EVERYTHING, **options)]


def test_the_case_that_shares_most_comes_first(county):
    a_case(county=county, title="老旧小区加装电梯")
    a_case(county=county, title="老旧小区停车")
    a_case(county=county, title="农田水渠渗漏")
    assert titles("小区加装电梯") == ["老旧小区加装电梯"]
    assert titles("老旧小区电梯停运") == ["老旧小区加装电梯", "老旧小区停车"]


def test_a_text_that_resembles_nothing_finds_nothing(county):
    a_case(county=county, title="老旧小区加装电梯")
    assert titles("山林防火") == titles("") == titles("，。") == titles("的了") == []


def test_a_pair_found_everywhere_tells_nothing(county, monkeypatch):
    monkeypatch.setattr(selector, "COMMON", 2)
    for number in range(3):
        a_case(county=county, title=f"修缮道路{'甲乙丙'[number]}")
    assert titles("修缮道路") == []
    a_case(county=county, title="道路积水内涝")
    assert titles("道路积水内涝") == ["道路积水内涝"]


def test_the_case_itself_is_left_out(county):
    case = a_case(county=county, title="老旧小区加装电梯")
    twin = a_case(county=county, title="老旧小区加装电梯")
    assert [row.case for row in similar(case.title, within=EVERYTHING, exclude=case)] == [twin]


def test_the_scope_is_kept(county):
    a_case(county=county, title="老旧小区加装电梯")
    assert similar("加装电梯", within=Case.objects.public()) == []


def test_the_own_county_comes_first_among_equals(county):
    here = a_case(county=county, title="老旧小区加装电梯")
    there = a_case(county=county, title="老旧小区加装电梯")
    Case.objects.filter(pk=there.pk).update(county_code="530199")
    best = [row.case for row in similar("加装电梯", within=EVERYTHING, region=county.village)]
    assert best == [here, there]


def test_at_most_the_limit(county):
    for _ in range(3):
        a_case(county=county, title="老旧小区加装电梯")
    assert len(titles("加装电梯", limit=2)) == 2


def test_how_long_a_closed_case_took(county):
    case = case_at("closed", county=county, raised_on=PartialDate("2026-03-01"))
    case.stage_since = timezone.make_aware(dt.datetime(2026, 3, 31, 9))
    assert days_taken(case) == 30
    case.raised_on = PartialDate("2026-03")
    assert days_taken(case) is None, "the day is not known"
    case.raised_on = PartialDate("2026-03-01")
    case.origin = Origin.REPORTED
    assert days_taken(case) is None, "a report tells of the result, not when the file was closed"


def test_an_open_case_has_no_duration(county):
    assert days_taken(a_case(county=county)) is None


def test_the_number_of_queries_does_not_grow(county, django_assert_num_queries):
    for size in (1, 3):
        while Case.objects.count() < size:
            a_case(county=county, title="老旧小区加装电梯")
        with django_assert_num_queries(2):
            rows = similar("加装电梯", within=EVERYTHING)
            assert [str(row.case.region) for row in rows] == [county.village.name] * size


def test_many_candidates_are_weighed_before_they_are_read(
    county, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(selector, "FEW", 1)
    made = [a_case(county=county, title="老旧小区加装电梯") for _ in range(3)]
    with django_assert_num_queries(3):
        rows = similar("加装电梯", within=EVERYTHING)
    monkeypatch.setattr(selector, "FEW", 50)

    assert [row.case for row in rows] == made[::-1]
    assert rows == similar("加装电梯", within=EVERYTHING)


def test_words_that_only_the_case_itself_has_do_not_hide_the_others(county):
    own = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"
    case = a_case(county=county, title=f"{own}加装电梯")
    twin = a_case(county=county, title="老旧小区加装电梯")
    assert [row.case for row in similar(case.title, within=EVERYTHING, exclude=case)] == [twin]
