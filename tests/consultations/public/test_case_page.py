"""The page of a case: what it shows, what it never shows."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from consultations.models import (
    AgreedItem,
    Case,
    CaseLink,
    Event,
    Meeting,
    Note,
    Participant,
    RatingAsked,
    Statement,
)
from consultations.selectors.public_case import case_page
from consultations.selectors.ratings import Score
from consultations.selectors.steps import on_record, steps_of
from tests.factories import a_county, case_at, step
from tests.public_cases import (
    a_citation,
    a_field,
    a_full_case,
    a_public_case,
    a_reported_case,
    listed,
    rated,
    released,
    suspend,
)


def html_of(client, case: Case) -> str:
    return client.get(f"/cases/{case.pk}/").content.decode()


def test_everything_public_is_on_the_page(client, county):
    case = a_full_case(county=county, field=a_field())
    html = html_of(client, case)

    for words in (
        case.title, case.public_summary, "往返车费", "受益村民", "县级补助", "渠道仍在通水。",
        "关于整修支渠的提案", "水渠整修", "邻邦县政协", "县水务局", "上游村民", "李主持",
    ):  # fmt: skip
        assert words in html, words


def test_what_is_not_public_is_not_on_the_page(client, county):
    case = a_full_case(county=county)
    meeting = case.meetings.get()
    Meeting.objects.filter(pk=meeting.pk).update(minutes="会议原始记录全文")
    Statement.objects.create(meeting=meeting, text="某人当场说的原话", order=9)
    Note.objects.create(case=case, text="内部便条", author=county.office)
    html = html_of(client, case)

    for words in ("会议原始记录全文", "某人当场说的原话", "内部便条", "内部回访记录。"):
        assert words not in html, words
    findings = case.visits.values_list("findings", flat=True)
    assert all(words not in html for words in findings)
    assert list(findings)


def test_residents_are_masked_and_officials_named(client, county):
    case = a_full_case(county=county)
    Participant.objects.create(
        meeting=case.meetings.get(), capacity="cadre", name="赵支书", attended=True
    )
    html = html_of(client, case)

    assert Participant.objects.filter(name="周小河").exists()
    assert "周小河" not in html
    assert "周**" in html
    assert "赵支书" in html


def test_a_resident_who_raised_it_is_not_named(client, county):
    case = a_public_case(county=county, source="residents", proposer="钱大山")

    assert case.proposer == "钱大山"
    assert "钱大山" not in html_of(client, case)


def test_a_member_who_raised_it_is_named(client, county):
    case = a_public_case(county=county, source="member", proposer="孙委员")

    assert "孙委员" in html_of(client, case)


def test_a_suspended_task_shows_cause_and_end(client, county):
    case = a_public_case(county=county)
    pause = suspend(case, county=county, reason="雨季不能施工")
    html = html_of(client, case)

    assert pause.get_cause_display() in html
    assert "雨季不能施工" in html
    assert f"{pause.until:%Y-%m-%d}" in html


def test_a_reason_that_gives_somebody_away_is_left_out(client, county):
    case = case_at("handling", county=county)
    pause = suspend(case, county=county, reason="联系老王13812345678再说")
    html = html_of(client, released(case, county=county))

    assert "13812345678" not in html
    assert pause.get_cause_display() in html


def test_tasks_are_shown_once_they_are_handed_over(client, county):
    case = a_public_case("filing", county=county)
    task = case.tasks.get()
    assert task.title not in html_of(client, case)

    step(case, "file", county=county)

    assert task.title in html_of(client, case)


def test_agreed_items_are_shown_once_they_were_read_back(client, county):
    case = a_public_case("scheduled", county=county)
    item = AgreedItem.objects.create(case=case, number=7, text="还没念过的共识")
    assert item.text not in html_of(client, case)

    AgreedItem.objects.filter(pk=item.pk).update(confirmed_at=timezone.now())

    assert item.text in html_of(client, case)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "还没有收到评价"),
        ({"satisfied": 3, "dissatisfied": 1}, None),
        ({"satisfied": 4, "fair": 1}, "100.0%"),
    ],
)
def test_ratings_are_told_honestly(client, county, counts, words):
    case = a_reported_case(county=county)
    rated(case, **counts)
    RatingAsked.objects.create(
        case=case, rater="resident", channel="paper", count=20, entered_by=county.office
    )
    html = html_of(client, case)

    if words and counts:
        assert words in html
    assert ("%" in re.sub(r"[^%]*<main", "", html)) == (sum(counts.values()) >= 5)


def test_no_rate_is_told_while_nobody_knows_how_many_were_asked(client, county):
    case = a_reported_case(county=county)
    rated(case, satisfied=9)

    assert "%" not in re.sub(r"[^%]*<main", "", html_of(client, case))


def test_few_answers_give_a_fraction_and_silence_nothing():
    assert Score({}).rate is None
    assert Score({"satisfied": 4}, asked=9).rate is None
    assert Score({"satisfied": 4, "unknown": 9}, asked=20).rate is None
    assert Score({"satisfied": 3, "fair": 1, "dissatisfied": 1}, asked=10).rate == 80.0
    assert Score({"satisfied": 3, "fair": 1, "dissatisfied": 1}, asked=10).coverage == 50.0
    assert Score({"satisfied": 9}).rate is None  # nobody knows how many were asked
    assert Score({"satisfied": 3, "dissatisfied": 1}).content == 3


def test_a_reported_case_names_its_source_and_its_unknown(client, county):
    case = a_reported_case(county=county)
    html = html_of(client, case)

    assert f"《{a_citation().report.title}》" in html
    assert "/reports/2023-paper/" in html
    assert 'class="tag"' in html


def test_a_demonstration_says_so(client, db):
    demo = a_county("539922", name="演示县", is_demo=True)
    html = html_of(client, a_public_case(county=demo))

    assert html.count("tag--demo") >= 1
    assert "alert--wait" in html


def test_linked_cases_stand_first_and_hidden_ones_do_not_stand_at_all(county):
    field = a_field()
    case = a_reported_case("one", county=county, field=field)
    linked = a_reported_case("two", county=county, title="连着的事")
    hidden = a_reported_case("three", county=county, title="藏着的事", is_public=False)
    alike = a_reported_case("four", county=county, field=field, title="同类的事")
    listed(alike, minutes=9)
    CaseLink.objects.create(case=case, other=linked)
    CaseLink.objects.create(case=hidden, other=case)

    assert [row.pk for row in case_page(case.pk).beside] == [linked.pk, alike.pk]


def test_beside_a_real_case_stand_no_demonstrations(county):
    field = a_field()
    demo = a_county("539922", name="演示县", is_demo=True)
    case = a_reported_case(county=county, field=field)
    shown = a_public_case(county=demo, field=field)

    assert case_page(case.pk).beside == []
    assert [row.pk for row in case_page(shown.pk).beside] == [case.pk]


def test_the_ring_counts_what_is_on_record_and_where_it_stands(county):
    case = a_reported_case(county=county, stage="supervision", steps_recorded=0b1000011011)
    steps = steps_of(case)

    assert [step.is_done for step in steps] == [True, True, False, True, True] + [False] * 4 + [
        True
    ]
    assert [step.is_now for step in steps].index(True) == 7
    assert on_record(case) == 6


def test_a_meeting_puts_its_line_to_both_of_its_steps(county):
    case = a_reported_case(county=county)
    Event.objects.create(case=case, action="conclude", is_public=True, data={"note": "谈成了"})
    page = case_page(case.pk)
    steps = steps_of(page.case, page.case_lines)

    assert [i for i, step in enumerate(steps) if step.line] == [3, 4]


def test_events_inside_the_house_are_not_told(client, county):
    case = a_public_case(county=county)
    Event.objects.create(case=case, action="edit", is_public=False, data={"note": "内部改动"})
    Event.objects.create(case=case, action="follow_up", is_public=True, data={"note": "公开回访"})
    html = html_of(client, case)

    assert "公开回访" in html
    assert "内部改动" not in html


def test_the_print_view_uses_the_print_style(client, county):
    case = a_reported_case(county=county)

    assert 'print.css" media="print"' in html_of(client, case)
    assert 'print.css" media="all"' in client.get(f"/cases/{case.pk}/?print=1").content.decode()


@pytest.mark.parametrize("key", ["0", "999999999999999999", "9" * 25, "abc", "1'", "-1", "1.0"])
def test_a_key_that_is_none_is_not_there(client, db, key):
    assert client.get(f"/cases/{key}/").status_code == 404


def test_no_page_of_a_case_before_it_is_released(client, county):
    case = case_at("handling", county=county)

    assert case_page(case.pk) is None
    assert client.get(f"/cases/{case.pk}/").status_code == 404
