"""Each list walks an index in its own order: nothing is sorted, nothing is scanned."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.db import connection

from consultations.filters import CaseFilter
from consultations.selectors.cases import public_cases
from consultations.selectors.keyset import NEWEST
from consultations.selectors.public import case_rows

SORTED = re.compile(r"USE TEMP B-TREE FOR ORDER BY|\bSort\b")
SCANNED = re.compile(r"SCAN consultations_case(?! USING)|Seq Scan on consultations_case\b")
FILTERS = {
    "case_public_prefecture": "prefecture_code",
    "case_public_county": "county_code",
    "case_public_stage": "stage",
    "case_public_field": "field_id",
    "case_public_year": "year",
    "case_public_source": "source",
    "case_public_campaign": "campaign_id",
    "case_public_studio": "studio_id",
}


@pytest.fixture
def many_cases(db, request):
    """Enough cases, over all regions, for the planner to see that reading all of them is dearer."""
    fixtures = request.config.rootpath / "fixtures"
    names = ("01_regions", "02_committees", "03_reference")
    call_command("loaddata", *(fixtures / f"{name}.json" for name in names), verbosity=0)
    call_command("make_synthetic", cases=3000, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture(autouse=True)
def no_short_cuts(db):
    """A few rows are read and sorted sooner than walked in order: PostgreSQL must not."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")


def value_of(column: str):
    """A value that some case has, as a visitor would pick it."""
    cases = public_cases().exclude(**{column: None}).order_by("pk")
    return cases.values_list(column, flat=True)[100]


def assert_walks(rows, index: str) -> str:
    """The plan of the page, after making sure that it goes along this index."""
    plan = NEWEST.sorted(rows)[:21].explain()
    assert re.search(rf"\b{index}\b", plan), plan
    assert not SORTED.search(plan), plan
    assert not SCANNED.search(plan), plan
    return plan


def test_the_public_list_and_each_single_filter_walk_their_own_index(many_cases):
    assert_walks(case_rows(), "case_public")
    for index, column in FILTERS.items():
        assert_walks(case_rows(public_cases().filter(**{column: value_of(column)})), index)


def test_a_deep_page_enters_the_index_at_its_place(many_cases):
    row = public_cases().order_by("-listed_at", "-pk")[1500]
    rows = case_rows().filter(NEWEST.beyond((row.listed_at, row.pk), backwards=False))
    plan = assert_walks(rows, "case_public")
    assert re.search(r"case_public \(listed_at<|Index Cond: \(listed_at <=", plan), plan


@pytest.mark.parametrize("asked", [{"field": "economy"}, {"stage": "consulting"}])
def test_a_group_of_several_values_is_met_along_the_list(many_cases, asked):
    cases = CaseFilter(asked, queryset=case_rows()).qs
    assert len(cases) > 20, "there is something to find"
    assert_walks(cases, "case_public")
