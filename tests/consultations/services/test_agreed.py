"""What was approved stays; what the tasks say is not typed twice."""

from __future__ import annotations

import datetime as dt

import pytest

from committees.models import HandlingUnit
from consultations.services.items import save_outcome
from consultations.workflow.engine import Refused
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db

CHANGES = {
    "route": {"route": "village"},
    "owner": {"owner": "乡政府"},
    "date": {"due_on": dt.date(2030, 1, 1)},
}


def save(case, by, **row) -> None:
    case.refresh_from_db()
    save_outcome(case, by=by, version=case.version, items=[{"id": case.items.get().pk} | row])


@pytest.mark.parametrize("stage", ["filing", "handling"])
@pytest.mark.parametrize("what", CHANGES)
def test_an_approved_item_stays(county, stage, what):
    case = case_at(stage, county=county)
    with pytest.raises(Refused, match=r"approved|批准"):
        save(case, county.office, **CHANGES[what])
    save(case, county.office, measure="通水一个月不渗漏")
    assert case.items.get().measure == "通水一个月不渗漏"


@pytest.mark.parametrize("row", [{"title": "别的事"}, {"delete": True}, {"id": None}])
def test_approved_tasks_stay_until_they_are_filed(county, row):
    case = case_at("filing", county=county)
    task = {"id": case.tasks.get().pk, "title": "修复渗漏段"} | row
    with pytest.raises(Refused, match=r"退回|returned"):
        save(case, county.office, tasks=[task])
    assert case.tasks.get().title == "修复渗漏段"


def test_the_filing_is_returned_to_change_them(county):
    case = case_at("filing", county=county)
    step(case, "return_filing", county=county)
    save(case, county.clerk, owner="乡政府", tasks=[{"id": case.tasks.get().pk, "title": "别的事"}])
    assert (case.items.get().owner, case.tasks.get().title) == ("乡政府", "别的事")


@pytest.mark.parametrize(
    ("kind", "route"), [("township", "township"), ("village", "village"), ("public", "county")]
)
def test_the_route_follows_from_the_kind_of_the_unit(county, kind, route):
    case = case_at("scheduled", county=county)
    HandlingUnit.objects.filter(pk=county.unit.pk).update(kind=kind)
    county.unit.refresh_from_db()
    row = {"text": "修沟", "tasks": [{"title": "清淤", "unit": county.unit}]}
    save_outcome(case, by=county.clerk, version=case.version, items=[row])
    item = case.items.get()
    assert (item.route, item.owner, item.due_on) == (route, str(county.unit), None)


def test_what_was_written_stays_and_several_units_say_nothing(county):
    case = case_at("scheduled", county=county)
    both = [{"title": "一", "unit": county.unit}, {"title": "二", "unit": county.other_unit}]
    rows = [
        {"text": "修沟", "owner": "村委会", "route": "village", "tasks": both[:1]},
        {"text": "修路", "tasks": both},
    ]
    save_outcome(case, by=county.clerk, version=case.version, items=rows)
    assert list(case.items.order_by("number").values_list("owner", "route")) == [
        ("村委会", "village"), ("", ""),
    ]  # fmt: skip


def test_an_item_filled_from_its_tasks_goes_to_the_party_committee(county):
    item = {"route": "", "owner": "", "due_on": None, "units": [county.unit]}
    case = case_at("deliberated", county=county, items=[item])
    with pytest.raises(Refused):
        step(case, "submit_outcome", county=county)
    task = case.tasks.get()
    row = {"id": task.pk, "due_on": dt.date(2030, 6, 30)}
    save(case, county.clerk, tasks=[row])
    step(case, "submit_outcome", county=county)
    assert case.stage == "party_review"
