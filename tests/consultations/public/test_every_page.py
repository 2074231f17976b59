"""Every public page: there with and without records, clean, and of a bounded number of queries."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.models import Member
from tests.factories import a_committee, a_region, case_at, step
from tests.public_cases import (
    a_campaign,
    a_citation,
    a_field,
    a_figure,
    a_full_case,
    a_public_case,
    a_report,
    a_reported_case,
    rated,
)

WITHOUT_RECORDS = [
    "home", "cases", "studios", "rooms", "committees", "units", "campaigns", "reports", "figures", "how",
    "accessibility", "privacy", "corrections", "propose", "track",
]  # fmt: skip


def a_member(county) -> Member:
    """With a page of his own, a seat, and a place in a group."""
    found, made = Member.objects.get_or_create(name="李望舒", defaults={"is_public": True})
    if made:
        found.seats.create(committee=county.committee)
        found.studio_seats.create(studio=county.studio, kind="member", name=found.name)
        group = county.committee.groups.create(name="第一联络组", kind="liaison",
                                               region=county.township)  # fmt: skip
        group.memberships.create(member=found)
        county.studio.plans.create(year=2026, text="四次协商")
    return found


@pytest.fixture
def every_page(county):
    """(name, address) of each page, with records on it."""
    a_committee(a_region("53"))
    case = a_full_case(county=county, field=a_field())
    rated(case, satisfied=4, fair=1)
    brand = a_campaign(county.committee, citation=a_citation(), origin="reported")
    a_reported_case(county=county, campaign=brand, field=a_field())
    a_figure(campaign=brand)
    return addresses(case, county)


def addresses(case, county):
    kwargs = {
        "case": {"pk": case.pk},
        "studio": {"code": county.studio.code},
        "room": {"code": county.room.code},
        "committee": {"code": county.region.code},
        "unit": {"pk": county.unit.pk},
        "member": {"pk": a_member(county).pk},
        "campaign": {"code": "brand"},
        "report": {"code": a_report().code},
    }
    found = {name: reverse(f"public:{name}") for name in WITHOUT_RECORDS}
    found |= {name: reverse(f"public:{name}", kwargs=k) for name, k in kwargs.items()}
    found["case in print"] = found["case"] + "?print=1"
    found["counties"] = found["propose"] + f"?region={county.region.parent_id}"
    found["form"] = found["propose"] + f"?region={county.region.pk}"
    found["correction"] = found["propose"] + f"?about={case.pk}"
    return found


@pytest.mark.parametrize("name", WITHOUT_RECORDS)
def test_page_is_there_before_anything_is_on_record(client, db, name):
    response = client.get(reverse(f"public:{name}"))

    assert response.status_code == 200


def test_pages_are_there_with_everything_on_record(client, every_page):
    answers = {name: client.get(address).status_code for name, address in every_page.items()}

    assert answers == dict.fromkeys(every_page, 200)


def test_pages_hold_nothing_the_content_policy_forbids(client, every_page):
    for name, address in every_page.items():
        html = client.get(address).content.decode()

        assert not re.findall(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']", html), name
        assert not re.findall(r"<script(?![^>]*\ssrc=)", html), name
        assert not re.findall(r"""(?:href|src|action)=["']?(?:https?:)?//""", html), name


def test_pages_have_one_heading_a_language_and_a_way_past_the_header(client, every_page):
    for name, address in every_page.items():
        html = client.get(address).content.decode()

        assert len(re.findall(r"<h1\b", html)) == 1, name
        assert '<html lang="zh-hans"' in html, name
        assert 'href="#main"' in html, name
        assert 'id="main"' in html, name


def test_pages_of_everybody_touch_neither_session_nor_token(client, every_page):
    with_a_form = {"propose", "counties", "form", "correction", "track"}
    for name in every_page.keys() - with_a_form:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(every_page[name])

        assert not response.cookies, name
        assert not [q for q in queries.captured_queries if "django_session" in q["sql"]], name


def test_a_page_asked_again_unchanged_has_no_body(client, every_page):
    for name in ("home", "cases", "case", "committee"):
        first = client.get(every_page[name])
        again = client.get(every_page[name], headers={"If-None-Match": first["ETag"]})

        assert (again.status_code, again.content) == (304, b""), name
        assert "no-cache" in first["Cache-Control"], name


def test_a_public_page_is_only_read(client, every_page):
    assert client.post(every_page["cases"]).status_code == 405
    assert client.head(every_page["case"]).status_code == 200


# One of them reads the local names of stages, which are kept where pages are.
LIMITS = {
    "home": 13, "cases": 3, "case": 6, "studio": 10, "room": 3, "committee": 15, "unit": 8, "units": 4,
    "member": 3,
    "campaign": 6, "report": 9, "reports": 1, "studios": 2, "rooms": 2, "committees": 2,
    "campaigns": 1, "figures": 2,
}  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_rows(client, every_page, county):
    one = count_queries(client, every_page)
    for number in range(2):
        more = a_full_case(county=county, title=f"又一件事{number}", field=a_field())
        rated(more, satisfied=5)
        a_reported_case(f"r-{number + 2}", county=county, field=a_field())
        a_figure(f"figure-{number}")
    three = count_queries(client, every_page)

    assert three == one
    assert {name: n for name, n in one.items() if n > LIMITS[name]} == {}


def test_the_home_page_asks_three_questions_once_its_figures_are_kept(client, every_page):
    client.get(every_page["home"])

    with CaptureQueriesContext(connection) as queries:
        client.get(every_page["home"])

    assert len([q for q in queries if "stagename" not in q["sql"]]) == 3


def count_queries(client, pages):
    found = {}
    for name in LIMITS:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(pages[name])
        found[name] = len(queries)
    return found


HIDDEN = {
    "draft": lambda county: case_at("draft", county=county),
    "not released": lambda county: case_at("handling", county=county),
}


@pytest.mark.parametrize("why", HIDDEN)
def test_a_case_that_is_not_released_does_not_exist(client, county, why):
    case = HIDDEN[why](county)

    assert case.pk is not None
    assert client.get(f"/cases/{case.pk}/").status_code == 404


def test_a_restricted_case_disappears_from_every_page_at_once(client, county):
    case = a_public_case(county=county, title="不久就要隐藏的事")
    a_citation()
    pages = [
        "/", "/cases/", "/api/cases/", f"/studios/{county.studio.code}/",
        f"/rooms/{county.room.code}/", f"/committees/{county.region.pk}/",
        f"/units/{county.unit.pk}/", f"/cases/{case.pk}/",
    ]  # fmt: skip
    shown = [page for page in pages if "不久就要隐藏的事" in client.get(page).content.decode()]
    assert shown == pages

    step(case, "restrict", county=county)

    left = [page for page in pages if "不久就要隐藏的事" in client.get(page).content.decode()]
    assert left == []
    assert client.get(f"/cases/{case.pk}/").status_code == 404
