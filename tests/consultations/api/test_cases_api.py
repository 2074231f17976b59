"""The interface for machines shows the same cases as the pages, and no more of them."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.models import Meeting
from tests.factories import a_county, case_at
from tests.public_cases import a_campaign, a_field, a_full_case, a_reported_case, listed

QUESTIONS = [
    "", "?region=5399", "?county=539921", "?year=2021", "?stage=done", "?stage=handling",
    "?stage=referred", "?field=land", "?source=member", "?campaign=brand", "?year=2021&stage=done",
    "?region=5398&county=539921",
]  # fmt: skip


@pytest.fixture
def many(county):
    """More cases than fit one page, differing in what the filter knows; some not released."""
    other = a_county("539811", name="远山县")
    brand, field = a_campaign(county.committee), a_field()
    stages = ("closed", "handling", "referred", "research")
    for n in range(26):
        case = a_reported_case(
            f"r-{n}",
            county=(county, other)[n % 2],
            stage=stages[n % 4],
            year=2020 + n % 3,
            field=field if n % 3 else None,
            campaign=brand if n % 4 else None,
            source=("member", "residents")[n % 2],
            is_public=n % 13 != 0,
        )
        listed(case, minutes=n // 2)
    case_at("handling", county=county)


def of_the_pages(client, query: str) -> list[int]:
    found: list[int] = []
    for _page in range(5):
        html = client.get(f"/cases/{query}").content.decode()
        found += [int(pk) for pk in re.findall(r'<a class="cover[^"]*" href="/cases/(\d+)/"', html)]
        following = re.search(r'href="(\?[^"]*)" rel="next"', html)
        if following is None:
            break
        query = following[1].replace("&amp;", "&")
    return found


def of_the_interface(client, query: str) -> list[int]:
    found, address = [], f"/api/cases/{query}"
    for _page in range(5):
        answer = client.get(address).json()
        found += [row["id"] for row in answer["results"]]
        address = answer["next"]
        if address is None:
            break
    return found


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_interface_shows_the_cases_of_the_pages_in_their_order(client, many, query):
    shown = of_the_pages(client, query)

    assert of_the_interface(client, query) == shown
    assert len(shown) == len(set(shown))


def test_what_is_asked_narrows_the_answer(client, many):
    counts = {query: len(of_the_interface(client, query)) for query in QUESTIONS}

    assert counts[""] == 24
    assert all(0 < n < 24 for query, n in counts.items() if query), counts


def test_forth_and_back_is_the_same(client, many):
    first = client.get("/api/cases/").json()
    second = client.get(first["next"]).json()

    assert second["next"] is None
    assert first["previous"] is None
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_a_page_costs_three_questions_whatever_it_holds(client, many):
    """The choices of the filter and the local names of stages, both kept where it is served, and
    the rows; besides them, the call is counted by two."""
    client.get("/api/cases/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/api/cases/")

    counting = [row for row in queries if "trycount" in row["sql"]]
    assert len(counting) == 2
    assert len(queries) - len(counting) == 3


@pytest.mark.parametrize("query", ["?region=99", "?stage=secret", "?year=abc", "?q=" + "长" * 61])
def test_a_question_nobody_can_answer_is_refused_with_the_reason(client, db, query):
    response = client.get(f"/api/cases/{query}")

    assert response.status_code == 400
    assert list(response.json()) == [query[1:].split("=")[0]]


@pytest.mark.parametrize("query", ["?after=x", "?before=9-x", "?after=" + "9" * 200, "?x=1"])
def test_a_mangled_cursor_begins_anew(client, many, query):
    assert client.get(f"/api/cases/{query}").json() == client.get("/api/cases/").json()


def test_a_case_that_is_not_released_is_not_there(client, county):
    hidden = a_reported_case(county=county, is_public=False)

    assert client.get(f"/api/cases/{hidden.pk}/").status_code == 404
    assert client.get("/api/cases/" + "9" * 25 + "/").status_code == 404


def test_nothing_is_written_through_it(client, county):
    case = a_reported_case(county=county)

    for address in ("/api/cases/", f"/api/cases/{case.pk}/"):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(address).status_code in {403, 405}, (address, method)


def test_a_whole_case_holds_what_the_page_shows_and_no_private_word(client, county):
    case = a_full_case(county=county, proposer="钱大山", source="residents")
    Meeting.objects.filter(case=case).update(minutes="会议原始记录全文")
    response = client.get(f"/api/cases/{case.pk}/")
    answer = response.json()

    assert answer["case"]["title"] == case.title
    assert [item["state"] for item in answer["items"]] == ["handling", "handling", "open"]
    assert answer["items"][1]["tasks"][0]["state"] == "suspended"
    assert answer["metrics"][0]["before"] == "40.00"
    assert {line["action"] for line in answer["timeline"]} >= {"approve", "conclude", "file"}
    for word in ("会议原始记录全文", "周小河", "钱大山", "内部回访记录。"):
        assert word not in response.content.decode(), word


def test_the_names_of_what_leaves_are_fixed(client, county):
    case = a_full_case(county=county, field=a_field())
    row = client.get("/api/cases/").json()["results"][0]

    assert set(row) == {
        "id", "url", "title", "summary", "origin", "year", "stage", "stage_label",
        "steps_on_record", "at_step", "prefecture", "county", "field", "figure", "listed_at",
    }  # fmt: skip
    assert set(client.get(f"/api/cases/{case.pk}/").json()) == {
        "case", "items", "metrics", "rating", "sources", "timeline",
    }  # fmt: skip
