"""The interface tells of units what their public pages tell."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from committees.models import HandlingUnit
from consultations.models import Task
from tests.factories import a_county, case_at, walk_task
from tests.public_cases import a_public_case

pytestmark = pytest.mark.django_db


def results(client, query: str = "") -> dict[str, dict]:
    answer = client.get(f"/api/units/{query}")
    assert answer.status_code == 200
    return {row["name"]: row for row in answer.json()["results"]}


def test_the_figures_of_a_unit_are_those_of_its_public_tasks(client, county):
    for state in ("verified", "handling", "answered"):
        walk_task(a_public_case(county=county).tasks.get(), state, county=county)
    Task.objects.filter(state="handling").update(
        due_on=timezone.localdate() - dt.timedelta(days=3))  # fmt: skip
    case_at("handling", county=county)  # nobody released it
    row = results(client)[county.unit.name]
    assert row["id"] == county.unit.pk
    assert row["url"] == f"http://testserver/units/{county.unit.pk}/"
    assert row["region"] == county.unit.region_id
    assert {key: n for key, n in row["figures"].items() if n} == {
        "received": 3, "in_time": 2, "overdue": 1, "verified": 1,
    }  # fmt: skip


@pytest.mark.parametrize("origin", ["reported", "demo", "synthetic"])
def test_what_a_report_tells_or_was_invented_is_not_counted(client, county, origin):
    case = a_public_case(county=county)
    type(case).objects.filter(pk=case.pk).update(origin=origin)
    assert set(results(client)[county.unit.name]["figures"].values()) == {0}


def test_units_of_another_place_invented_and_out_of_use_are_left_out(client, county):
    a_county("529921", name="省外县")
    HandlingUnit.objects.filter(pk=county.other_unit.pk).update(is_active=False)
    HandlingUnit.objects.filter(pk=county.third_unit.pk).update(origin="demo")
    assert {row["region"] for row in results(client).values()} == {"539921", "529921"}
    assert [row["id"] for row in results(client, "?region=5399").values()] == [county.unit.pk]


def test_an_unknown_place_is_told(client, county):
    for region in ("5300000", "nowhere", "%27--"):
        answer = client.get(f"/api/units/?region={region}")
        assert answer.status_code == 400
        assert "region" in answer.json()


def test_the_list_goes_on_by_cursor_at_a_constant_cost(
    client, county, django_assert_max_num_queries
):
    for n in range(60):
        HandlingUnit.objects.create(
            code=f"more-{n}", name=f"第{n}站", kind="government", region=county.region
        )
    with django_assert_max_num_queries(12):
        first = client.get("/api/units/").json()
    second = client.get(first["next"]).json()
    found = [row["id"] for row in (*first["results"], *second["results"])]
    assert len(found) == len(set(found)) == 63
    assert second["next"] is None
    assert client.get(second["previous"]).json()["results"] == first["results"]
