"""The lists: bounded queries, filters within the scope, search. (What is done to many rows: `test_admin_bulk.py`.)"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.admin import paging
from consultations.models import Case, Task
from consultations.services import suggestions
from tests.factories import a_case, a_county, case_at, task_at

CASES = "/admin/consultations/case/"
TASKS = "/admin/consultations/task/"
MOST_QUERIES = 9  # one of them for the saved views


def queries(client, url, capture) -> int:
    client.get("/admin/help/")  # the first request of a session also writes down that there is one
    with capture() as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.fixture
def capture(django_assert_max_num_queries):
    return lambda: django_assert_max_num_queries(MOST_QUERIES)


@pytest.mark.parametrize(
    "who", ["office", "clerk", "director", "prefecture_office", "province_office"]
)
def test_the_list_of_cases_has_the_same_few_queries_at_any_length(county, enter, capture, who):
    client = enter(county.people[who])
    a_case(county=county)
    one = queries(client, CASES, capture)
    for number in range(2):
        a_case(county=county, title=f"又一件事{number}")
    assert queries(client, CASES, capture) == one


def test_filters_and_search_stay_within_the_bound(county, enter, capture):
    case_at("proposed", county=county)
    client = enter(county.office)
    for query in ("?stage=proposed", "?due=late", "?mine=me", "?q=灌溉", "?region=539921100&p=1"):
        queries(client, CASES + query, capture)


def test_a_deferred_topic_is_not_among_the_late_ones(county, enter):
    waiting = case_at("proposed", county=county)
    deferred = case_at("deferred", county=county, title="缓一缓再议")
    Case.objects.update(stage_due_on=dt.date(2026, 1, 5))  # long ago
    client = enter(county.office)

    page = client.get(f"{CASES}?due=late")

    assert [row.pk for row in page.context["cl"].result_list] == [waiting.pk]
    deferred.refresh_from_db()
    assert not deferred.is_late


def test_the_other_lists_are_bounded_too(county, enter, capture):
    task_at("handling", county=county)
    suggestions.receive(title="设站", problem="不便", region=county.township, form_token="t")
    client = enter(county.office)
    urls = [TASKS, "/admin/consultations/suggestion/", "/admin/consultations/event/"]
    urls += [reverse(f"admin:committees_{name}_changelist") for name in
             ("studio", "room", "member", "handlingunit", "region")]  # fmt: skip
    before = [queries(client, url, capture) for url in urls]
    task_at("handling", county=county, title="又一件事")
    suggestions.receive(title="修路", problem="不便", region=county.township, form_token="u")
    assert [queries(client, url, capture) for url in urls] == before


def test_the_record_has_a_fixed_number_of_queries(
    county, enter, record, django_assert_max_num_queries
):
    one = case_at("handling", county=county, items=[{"commitments": 1}])
    many = case_at("handling", county=county, title="又一件事", items=[
        {"units": (county.unit, county.other_unit), "commitments": 2}] * 3)  # fmt: skip
    client = enter(county.office)
    client.get("/admin/help/")
    with django_assert_max_num_queries(200) as first:
        client.get(record(one))
    with django_assert_max_num_queries(200) as second:
        client.get(record(many))
    assert len(second) == len(first)
    assert len(first) <= 26


def test_the_stage_filter_narrows(county, enter):
    draft, proposed = a_case(county=county), case_at("proposed", county=county)
    found = enter(county.office).get(CASES + "?stage=proposed").context["cl"].queryset
    assert list(found) == [proposed]
    every = enter(county.office).get(CASES).context["cl"].queryset
    assert set(every) == {draft, proposed}


@pytest.mark.parametrize("query", ["?stage=x", "?region=99", "?region=abc", "?studio=x", "?due=y",
                                   "?mine=z", "?field=x", "?source=y", "?p=999", "?p=x", "?o=1.2",
                                   "?q=%27%22*(", "?e=1"])  # fmt: skip
def test_forged_filters_are_harmless(county, enter, query):
    a_case(county=county)
    assert enter(county.office).get(CASES + query, follow=True).status_code == 200


@pytest.mark.parametrize("name", ["title__startswith", "problem__contains", "owner__password"])
def test_a_list_is_narrowed_by_its_own_filters_only(county, enter, name):
    a_case(county=county)
    assert enter(county.office).get(CASES, {name: "a"}).status_code == 400


def test_a_region_outside_the_scope_does_not_filter_into_it(county, enter):
    other = a_county("539922", name="白塔县")
    foreign = a_case(county=other)
    mine = a_case(county=county)
    found = enter(county.office).get(CASES + "?region=539922").context["cl"].queryset
    assert foreign not in found
    above = enter(county.prefecture_office).get(CASES + "?region=539922").context["cl"].queryset
    assert list(above) == [foreign]
    assert mine not in above


def test_search_finds_words_of_the_problem(county, enter):
    found, other = a_case(county=county), a_case(county=county, title="别的", problem="路灯不亮")
    cl = enter(county.office).get(CASES + "?q=路灯").context["cl"]
    assert list(cl.queryset) == [other]
    assert found not in cl.queryset


def test_counting_stops_at_the_bound(county, enter, monkeypatch):
    monkeypatch.setattr(paging, "BOUND", 2)
    for number in range(4):
        a_case(county=county, title=f"事{number}")
    with CaptureQueriesContext(connection) as seen:
        cl = enter(county.office).get(CASES).context["cl"]
    counts = [query["sql"] for query in seen if "COUNT(*)" in query["sql"]]
    assert counts
    assert all("LIMIT 3" in sql for sql in counts)
    assert cl.paginator.count == 2
    assert "2" in cl.paginator.total_text
    assert "4" not in cl.paginator.total_text


def test_a_unit_lists_its_own_tasks(county, enter):
    task = task_at("handling", county=county)
    assert list(enter(county.officer).get(TASKS).context["cl"].queryset) == [task]
    assert list(enter(county.other_officer).get(TASKS).context["cl"].queryset) == []
    assert Task.objects.count() == 1


def test_the_history_is_read_only(county, enter):
    case = a_case(county=county)
    event = case.events.get()
    url = "/admin/consultations/event/"
    client = enter(county.office)
    assert client.get(url + "add/").status_code == 404
    assert client.post(url, {"action": "delete_selected"}).status_code == 405
    assert client.post(f"{url}{event.pk}/change/", {"reason": "改写"}).status_code == 404
    assert client.post(f"{url}{event.pk}/delete/", {"post": "yes"}).status_code == 404
    event.refresh_from_db()
    assert event.reason == ""
