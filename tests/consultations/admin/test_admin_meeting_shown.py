"""What the record and the public page show of a meeting and of how far the items are."""

from __future__ import annotations

import datetime as dt

import pytest

from consultations.models import AgendaItem, Capacity, Meeting, Task
from tests.entries import visit_fields
from tests.factories import case_at, step
from tests.journeys.pages import Page


@pytest.fixture
def case(county):
    case = case_at("closed", county=county)
    meeting = case.meetings.get()
    Meeting.objects.filter(pk=meeting.pk).update(
        organisations="县水务局、柳树村委会", link="https://example.org/a", minutes="逐字记录一段"
    )
    for order, (title, hour) in enumerate((("通报情况", 9), ("各方发言", 10)), start=1):
        AgendaItem.objects.create(
            meeting=meeting,
            order=order,
            title=title,
            starts_at=dt.time(hour),
            ends_at=dt.time(hour, 40),
            speaker="李主持",
        )
    return case


def test_the_record_shows_agenda_organisations_link_and_minutes(county, enter, record, case):
    page = Page(enter(county.office).get(record(case)))
    for words in (
        "09:00–09:40 通报情况",
        "10:00–10:40 各方发言",
        "县水务局、柳树村委会",
        "逐字记录一段",
    ):
        assert words in page.text
    assert "https://example.org/a" in page.links


def test_the_public_page_shows_agenda_and_organisations_and_neither_minutes_nor_link(client, case):
    page = Page(client.get(f"/cases/{case.pk}/"))
    assert "09:00–09:40 通报情况" in page.text
    assert "县水务局、柳树村委会" in page.text
    assert "逐字记录一段" not in page.text
    assert "https://example.org/a" not in page.links


def test_the_record_counts_who_was_present_by_side(county, enter, record, case):
    meeting = case.meetings.get()
    first, second = case.sides.order_by("pk")
    meeting.statements.all().delete()
    meeting.participants.all().delete()
    for side, count, came in ((first, 6, True), (first, 2, True), (second, 1, True),
                              (second, 9, False), (None, 5, True), (second, None, True)):  # fmt: skip
        meeting.participants.create(capacity="party", side=side, count=count, attended=came)
    text = Page(enter(county.office).get(record(case))).text
    assert f"{first} 8 · {second} 1" in text


def test_an_item_has_an_address_and_says_how_far_it_is(county, enter, record, client, case):
    Task.objects.filter(case=case).update(percent=40)
    for page in (
        Page(enter(county.office).get(record(case))),
        Page(client.get(f"/cases/{case.pk}/")),
    ):
        assert "#item-1" in page.links
        assert [e.attributes["id"] for e in page.root if e.attributes.get("id") == "item-1"]
        assert "100%" in page.text


def test_the_head_of_the_record_rolls_up_the_items(county, enter, record):
    two = [{}, {}]
    case = case_at("handling", county=county, items=two)
    client = enter(county.office)
    assert client.get(record(case)).context["progress"] is None
    first = case.tasks.order_by("pk").first()
    Task.objects.filter(pk=first.pk).update(percent=40)
    assert client.get(record(case)).context["progress"] == 20


def test_long_findings_are_folded(county, enter, record):
    case = case_at("research", county=county)
    long = "东沟渗漏。" * 80
    for findings in ("短的发现", long):
        step(case, "log_visit", county=county, visit=visit_fields(findings=findings))
    page = Page(enter(county.office).get(record(case)))
    folded = [e.words for e in page.root if e.name == "details" and "paste" in e.classes]
    assert [long in words for words in folded if "东沟渗漏" in words] == [True]
    assert not any("短的发现" in words for words in folded)


def test_the_record_tells_apart_groups_that_spoke(county, enter, record, case):
    meeting, (first, second) = case.meetings.get(), case.sides.order_by("pk")
    for side, text in ((first, "轮到我们时水到不了。"), (second, "我们同意轮着来。")):
        group = meeting.participants.create(capacity="party", side=side, count=3, attended=True)
        meeting.statements.create(speaker=group, kind="position", text=text, order=9)
    clerk = meeting.participants.create(
        capacity="department", name="赵六", organisation="县水务局", attended=True
    )
    text = Page(enter(county.office).get(record(case))).text

    party = Capacity.PARTY.label
    assert f"{party}·{first} 看法 轮到我们时水到不了。" in text
    assert f"{party}·{second} 看法 我们同意轮着来。" in text
    assert f"赵六（{clerk.get_capacity_display()}，县水务局）" in text
