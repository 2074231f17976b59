"""A visit is corrected until the meeting is concluded, with a reason and what stood there before."""

from __future__ import annotations

import pytest

from tests.factories import case_at, step
from tests.journeys.pages import Page


@pytest.fixture
def case(county):
    return case_at("research", county=county)


@pytest.fixture
def visit(county, case):
    step(case, "log_visit", county=county)
    return case.visits.get()


def corrected(client, url, **changed):
    form = Page(client.get(url)).form("reason")
    for name, value in ({"reason": "日期写错"} | changed).items():
        form.put(name, value)
    return client.post(url, form.data("save"))


def test_it_is_corrected_with_its_reason_and_what_stood_there(county, enter, record, case, visit):
    client = enter(county.clerk)
    assert record(case, "visit", visit.pk) in Page(client.get(record(case))).links
    answer = corrected(client, record(case, "visit", visit.pk), people_met="12", place="五组")
    assert answer.status_code == 302
    visit.refresh_from_db()
    assert (visit.people_met, visit.place, visit.method) == (12, "五组", "household")
    event = case.events.get(action="correct_visit")
    assert event.reason == "日期写错"
    assert [(c["field"], c["old"], c["new"]) for c in event.data["changes"]] == [
        ("place", "柳树村三组", "五组"), ("people_met", 10, 12),
    ]  # fmt: skip
    assert "柳树村三组" in Page(client.get(record(case))).text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reason", ""),
        ("visited_on", "2999-01-01"),
        ("visited_on", "2月30日"),
        ("findings", "\u200b"),
    ],
)
def test_what_is_wrong_stands_beside_its_box(county, enter, record, case, visit, name, value):
    url = record(case, "visit", visit.pk)
    answer = corrected(enter(county.clerk), url, place="五组", **{name: value})
    assert list(answer.context["form"].errors) == [name]
    visit.refresh_from_db()
    assert visit.place == "柳树村三组"


def test_the_second_writer_is_told(county, enter, record, case, visit):
    client, url = enter(county.clerk), record(case, "visit", visit.pk)
    stale = Page(client.get(url)).form("reason")
    assert corrected(client, url, place="五组").status_code == 302
    stale.put("reason", "另一个理由")
    stale.put("place", "六组")
    answer = client.post(url, stale.data("save"))
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    visit.refresh_from_db()
    assert visit.place == "五组"


def test_nothing_different_is_no_correction(county, enter, record, case, visit):
    answer = corrected(enter(county.clerk), record(case, "visit", visit.pk))
    assert answer.context["form"].non_field_errors()
    assert not case.events.filter(action="correct_visit").exists()


def test_it_stays_once_the_meeting_was_concluded(county, enter, record):
    case = case_at("deliberated", county=county)
    client, url = enter(county.clerk), record(case, "visit", case.visits.get().pk)
    assert url not in Page(client.get(record(case))).links
    assert client.get(url).status_code == 404


def test_a_visit_of_another_case_is_not_found(county, enter, record, case, visit):
    other = case_at("research", county=county, title="另一件事")
    client = enter(county.clerk)
    assert client.get(record(case, "visit", visit.pk)).status_code == 200
    assert client.get(record(other, "visit", visit.pk)).status_code == 404
