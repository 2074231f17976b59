"""Handing out and revoking the link of a citizen supervisor on the record of a case."""

from __future__ import annotations

import re

import pytest

from consultations.models import SupervisorLink
from consultations.services import supervisors
from tests.factories import case_at
from tests.journeys.visitors import Colleague, Visitor


@pytest.fixture
def case(county):
    return case_at("handling", county=county)


def record(case, ending: str = "") -> str:
    return f"/admin/consultations/case/{case.pk}/{ending}"


def test_the_slip_shows_the_address_once_and_its_picture(case, county):
    office = Colleague(county.office)
    office.open(record(case, "change/"))
    office.follow("/supervisor/")

    page = office.send(called="三组王大姐", days=30)

    address = re.search(r"/s/[\w-]{43}/", page.text)[0]
    drawn = [e for e in page.root if e.name == "svg"]
    assert any("viewbox" in {k.lower() for k in e.attributes} for e in drawn)
    assert Visitor().open(address).status == 200
    assert address not in office.open(record(case, "change/")).text
    assert "三组王大姐" in office.page.text


def test_a_slip_is_kept_by_no_browser(case, county, client):
    client.force_login(county.office)
    answer = client.post(record(case, "supervisor/"), {"called": "王", "days": 3})

    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("box", "typed"), [("called", ""), ("called", "字" * 21), ("called", "王13887654321"),
                       ("days", "0"), ("days", "91"), ("days", "x")],
)  # fmt: skip
def test_a_mistake_stands_beside_its_box(case, county, box, typed):
    office = Colleague(county.office)
    office.open(record(case, "supervisor/"))

    page = office.send(**{"called": "王大姐", "days": "30"} | {box: typed})

    assert page.error_of(box)
    assert page.typed(box) == typed
    assert not SupervisorLink.objects.exists()


def test_a_link_is_revoked_and_opens_nothing_any_more(case, county):
    made = supervisors.issue(case, by=county.office, called="王大姐", days=30)
    clerk = Colleague(county.clerk)
    clerk.open(record(case, f"supervisor/{made.link.pk}/"))
    clerk.send("save")

    assert Visitor().open(f"/s/{made.token}/").status == 404
    made.link.refresh_from_db()
    assert made.link.revoked_by == county.clerk


@pytest.mark.parametrize("name", ["leader", "director", "member", "officer", "village_clerk",
                                  "dispatch_office", "prefecture_office", "outsider"])  # fmt: skip
def test_nobody_else_finds_these_pages(case, county, name):
    made = supervisors.issue(case, by=county.office, called="王大姐", days=30)
    person = Colleague(getattr(county, name))

    for url in (record(case, "supervisor/"), record(case, f"supervisor/{made.link.pk}/")):
        assert person.open(url).status == 404
        assert person.post(url, {"called": "x", "days": 3}).status == 404
    assert SupervisorLink.objects.get().is_open


def test_a_link_of_another_case_is_not_revoked_from_here(case, county):
    other = case_at("handling", county=county)
    made = supervisors.issue(other, by=county.office, called="王大姐", days=30)

    assert Colleague(county.office).open(record(case, f"supervisor/{made.link.pk}/")).status == 404
