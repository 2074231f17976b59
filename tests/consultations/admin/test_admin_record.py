"""The record of a case: everything on it, in few queries however much there is."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from committees.models import Citation, SourceReport
from consultations.models import Attachment, Suggestion
from tests.factories import a_case, a_county, case_at

MOST_QUERIES = 22
DAY = dt.date(2026, 3, 9)


def fill(case, count: int, *, county) -> list[str]:
    """`count` rows of every section; gives back words that the record has to show."""
    report, _ = SourceReport.objects.get_or_create(code="r", defaults={"title": "一篇报道"})
    meeting = case.meetings.first()
    for n in range(count):
        side = case.sides.create(name=f"第{n}方", interest=f"利害{n}")
        case.visits.create(visited_on=DAY, place=f"地点{n}", method="site", findings=f"看到{n}")
        person = meeting.participants.create(capacity="expert", name=f"专家{n}", side=side)
        meeting.statements.create(speaker=person, text=f"发言{n}")
        case.approvals.create(kind="topic", approved=True, opinion=f"意见{n}",
                              decided_by=county.leader)  # fmt: skip
        case.follow_ups.create(kind="visit", done_on=DAY, finding=f"回访{n}")
        case.conversions.create(kind="proposal", title=f"提案{n}", converted_on=DAY)
        case.instructions.create(level="county", leader="县长", subject=f"批示{n}")
        case.metrics.create(name=f"指标{n}", before="1.5", after="2", unit="公里")
        case.funds.create(name=f"资金{n}", granted="1000")
        case.ratings.create(rater="resident", channel="paper", result="satisfied", reason=f"因{n}")
        case.helpers.add(county.people[("member", "office", "clerk")[n]])
        other = a_case(county=county, title=f"相连的事{n}")
        case.links.create(other=other, kind="related")
        other.links.create(other=case, kind="split")
        case.co_hosts.create(committee=a_county(f"53994{n}").committee, part=f"分工{n}")
        Suggestion.objects.create(title=f"点题{n}", problem="难", region=county.village,
                                  state="accepted", case=case, decided_at=timezone.now())  # fmt: skip
        case.citations.add(Citation.objects.create(report=report, anchor=f"出处{case.pk}-{n}"))
        note = case.notes.create(text=f"便条{n}", author=county.office)
        note.mentions.add(county.director)
        Attachment.objects.create(case=case, kind="scan", title=f"附件{n}", file="x.pdf",
                                  uploaded_by=county.clerk)  # fmt: skip
    words = ["第{}方", "利害{}", "地点{}", "看到{}", "专家{}", "发言{}", "意见{}", "回访{}", "提案{}",
             "批示{}", "指标{}", "资金{}", "因{}", "相连的事{}", "分工{}", "点题{}", "便条{}",
             "附件{}", f"出处{case.pk}-{{}}"]  # fmt: skip
    return [word.format(n) for word in words for n in range(count)]


@pytest.mark.parametrize("stage", ["scheduled", "deliberated", "handling", "closed"])
def test_three_rows_of_everything_cost_what_one_does(
    county, enter, record, stage, django_assert_max_num_queries
):
    clients = [enter(county.office), enter(county.director), enter(county.leader)]
    # Of the same title, so that each finds the other among the similar ones.
    one, three = (case_at(stage, county=county, title="水渠漏水") for _ in range(2))
    shown = {one: fill(one, 1, county=county), three: fill(three, 3, county=county)}

    def read(client, case) -> int:
        with django_assert_max_num_queries(MOST_QUERIES) as seen:
            page = client.get(record(case)).content.decode()
        assert [word for word in shown[case] if word not in page] == []
        return len(seen)

    for client in clients:  # the first look costs more: it keeps that mentions were seen
        client.get(record(one))
        client.get(record(three))
    for client in clients:
        assert read(client, one) == read(client, three)


def test_names_stand_where_people_did_something(county, enter, record):
    case = case_at("closed", county=county)
    fill(case, 1, county=county)

    page = enter(county.office).get(record(case)).content.decode()

    assert f"@{county.director}" in page
    assert "意见0" in page
    assert str(case.filings.get().filed_by) in page
    assert str(case.created_by) in page


def test_a_room_and_a_moment_are_told(county, enter, record):
    case = case_at("scheduled", county=county)
    meeting = case.meetings.get()
    meeting.room = county.room
    meeting.starts_at = dt.datetime(2026, 3, 9, 1, 30, tzinfo=dt.UTC)
    meeting.save(update_fields=["room", "starts_at"])

    page = enter(county.office).get(record(case)).content.decode()

    assert county.room.name in page
    assert "09:30" in page
