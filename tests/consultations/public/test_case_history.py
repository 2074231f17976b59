"""The public history of a case: every step, in plain words; nothing from inside the office."""

from __future__ import annotations

import datetime as dt

import pytest

from consultations.models import Event, OutcomeMetric
from consultations.selectors.cases import public_cases
from consultations.selectors.public import ROW_COLUMNS, ROW_VALUES, case_rows
from consultations.selectors.public_case import case_page
from tests.factories import a_county, case_at, step
from tests.public_cases import a_full_case, a_public_case, a_reported_case, released


def actions(case) -> list[str]:
    return [line.event.action for line in case_page(case.pk).case_lines]


def test_every_step_up_to_the_hand_over_is_told(county):
    assert actions(a_public_case("handling", county=county)) == [
        "submit", "approve", "start_research", "log_visit", "schedule", "conclude",
        "submit_outcome", "approve_outcome", "file", "publish",
    ]  # fmt: skip


def test_a_return_inside_leaves_no_trace(county):
    case = case_at("party_review", county=county)
    step(case, "return_outcome", county=county, reason="责任单位写错了")
    step(case, "submit_outcome", county=county)
    told = actions(released(case, county=county))

    assert Event.objects.filter(case=case, action="return_outcome").exists()
    assert "return_outcome" not in told
    assert told.count("submit_outcome") == 1


def test_edits_ratings_and_drafts_stay_inside(county):
    case = a_full_case(county=county)
    inside = {"create", "write_public_text", "draft_reply"}

    told = {line.event.action for line in case_page(case.pk).lines}

    assert inside < set(Event.objects.filter(case=case).values_list("action", flat=True))
    assert not inside & told


def test_the_words_are_for_everybody(client, county):
    html = client.get(a_public_case(county=county).get_absolute_url()).content.decode()

    for words in ("登记调研", "提交议题", "开始会前调研"):
        assert words not in html, words


@pytest.mark.parametrize(
    ("reason", "is_told"),
    [("与在建项目重复", True), ("请找13812345678", False), ("王大河一人的事", False)],
)
def test_why_something_ended_is_told_unless_it_gives_somebody_away(client, county, reason, is_told):
    case = case_at("deliberated", county=county)
    step(case, "terminate", county=county, reason=reason)
    # On record only afterwards: a reason that names somebody known is not taken at all.
    people = case.meetings.get().participants
    people.create(capacity="masses", name="王大河", attended=True)
    html = client.get(released(case, county=county).get_absolute_url()).content.decode()

    assert case.stage == "terminated"
    assert (reason in html) is is_told


def test_days_are_those_of_yunnan(county):
    case = a_reported_case(county=county)
    late = dt.datetime(2026, 3, 1, 17, 30, tzinfo=dt.UTC)  # half past one of the next day
    Event.objects.create(case=case, action="approve", is_public=True, at=late, actor=county.office)

    assert str(case_page(case.pk).case_lines[0].when) == "2026年3月2日"


def test_the_cases_beside_it_are_whole_rows(client, county):
    case = a_reported_case(county=county)
    other = a_reported_case("r-2", county=county, title="旁边的事", year=2021)
    OutcomeMetric.objects.create(case=other, name="费用", before="1.3", unit="元", is_headline=True)
    beside = case_page(case.pk).beside[0]
    row = case_rows(public_cases().filter(pk=other.pk)).get()

    for name in (*ROW_COLUMNS, *ROW_VALUES):
        assert getattr(beside, name) == getattr(row, name), name
    assert "旁边的事" in client.get(case.get_absolute_url()).content.decode()


def test_a_page_is_two_statements_at_most_however_much_it_shows(
    county, django_assert_max_num_queries
):
    brief, full = a_reported_case(county=county), a_full_case(county=a_county("539933"))
    case_page(brief.pk)
    for case in (brief, full):
        with django_assert_max_num_queries(2):
            page = case_page(case.pk)
            assert page.case_lines is not None
            assert page.case.committee.short_name
