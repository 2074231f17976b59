"""The duty record is what was done, and nothing else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from committees.models import Member
from committees.partial_dates import PartialDate
from consultations.models import Meeting
from consultations.selectors.duty import duty_record, score_of
from tests.factories import a_case, case_at, task_at

pytestmark = pytest.mark.django_db
YEAR = 2026
DAY = dt.date(YEAR, 6, 10)


@pytest.fixture
def member(county) -> Member:
    return Member.objects.create(name="李委员", user=county.member)


def counted(member, year=YEAR) -> dict[str, int]:
    return {
        kind: number for kind, _label, number in duty_record(member, year=year).counts if number
    }


def a_held_meeting(member, *, attended=True, on="2026-06-10") -> Meeting:
    meeting = case_at("deliberated").meetings.get()
    Meeting.objects.filter(pk=meeting.pk).update(held_on=on)
    seat = meeting.participants.create(capacity="member", member=member, attended=attended)
    meeting.statements.create(speaker=seat, text="建议先修桥")
    return meeting


def test_who_did_nothing_has_an_empty_record_and_no_rate(member):
    record = duty_record(member, year=YEAR)

    assert record.lines == []
    assert {number for _kind, _label, number in record.counts} == {0}
    assert record.attendance.percent is None


def test_each_kind_is_read_from_its_own_record(county, member):
    case = case_at("proposed", county=county)
    type(case).objects.filter(pk=case.pk).update(
        recommended_by=member, year=YEAR, raised_on=PartialDate.parse("2026-03")
    )
    case.visits.create(visited_on="2026-04-02", place="柳树村", method="site", findings="路断了",
                       logged_by=county.clerk).members.add(member)  # fmt: skip
    a_held_meeting(member)
    task_at("answered").verifications.create(
        is_true=True, method="site", verified_by=county.member, verified_on=DAY
    )
    case.follow_ups.create(kind="visit", done_on="2026-09", finding="还好").members.add(member)
    member.contacts.create(kind="talk", held_on=DAY, head_count=8, recorded_by=county.member)
    county.studio.activities.create(kind="study", title="学习", held_on=DAY,
                                    recorded_by=county.clerk).members.add(member)  # fmt: skip
    case.conversions.create(kind="opinion", title="关于渡口", converted_on=DAY).members.add(member)

    assert counted(member) == dict.fromkeys(
        ("topic", "visit", "meeting", "statement", "verification", "follow_up", "contact",
         "activity", "conversion"), 1)  # fmt: skip


def test_each_line_names_its_evidence_and_the_newest_stands_first(county, member):
    case = case_at("proposed", county=county)
    for day in ("2026-04-02", "2026-05-03"):
        case.visits.create(visited_on=day, place="柳树村", method="site",
                           findings="-").members.add(member)  # fmt: skip

    lines = duty_record(member, year=YEAR).lines

    assert [str(line.on.text) for line in lines] == ["2026-05-03", "2026-04-02"]
    assert {line.case for line in lines} == {case.pk}


def test_a_draft_is_no_topic_yet(member):
    case = a_case()
    type(case).objects.filter(pk=case.pk).update(recommended_by=member, year=YEAR)

    assert counted(member) == {}


def test_another_year_is_another_record(member):
    a_held_meeting(member, on="2025-12-31")

    assert counted(member) == {}
    assert counted(member, 2025) == {"meeting": 1, "statement": 1}


def test_who_was_invited_and_stayed_away_lowers_the_rate_but_is_no_attendance(member):
    a_held_meeting(member)
    a_held_meeting(member, attended=False)

    record = duty_record(member, year=YEAR)

    assert (record.attendance.invited, record.attendance.attended) == (2, 1)
    assert record.attendance.percent == 50
    assert counted(member)["meeting"] == 1


def test_what_others_did_is_not_counted(county, member):
    a_held_meeting(Member.objects.create(name="王委员"))
    task_at("answered").verifications.create(
        is_true=True, method="site", verified_by=county.office, verified_on=DAY
    )

    assert counted(member) == {}


def a_scheme(county, **options):
    scheme = county.region.duty_schemes.create(
        title="量化办法", valid_from=dt.date(2026, 1, 1), **options
    )
    scheme.rules.create(kind="contact", points=Decimal("2.5"), cap=6)
    scheme.rules.create(kind="activity", points=3)
    return scheme


def contacts(member, county, number):
    for _ in range(number):
        member.contacts.create(kind="talk", held_on=DAY, head_count=3, recorded_by=county.member)


def test_the_score_is_base_and_points_up_to_each_cap(county, member):
    a_scheme(county, base=10)
    contacts(member, county, 4)

    score = duty_record(member, year=YEAR, region=county.region).score

    assert score.points == {"contact": Decimal(6), "activity": Decimal(0)}
    assert score.total == Decimal(16)


def test_the_whole_has_a_cap_too(county, member):
    scheme = a_scheme(county, base=10, cap=12)
    contacts(member, county, 4)

    assert score_of(duty_record(member, year=YEAR).lines, scheme).total == Decimal(12)


def test_a_county_without_a_scheme_has_no_score(county, member):
    contacts(member, county, 1)

    assert duty_record(member, year=YEAR, region=county.region).score is None


def test_the_scheme_of_the_nearest_region_counts(county, member):
    county.region.parent.duty_schemes.create(title="州办法", valid_from=dt.date(2026, 1, 1))
    own = a_scheme(county)

    assert duty_record(member, year=YEAR, region=county.township).score.scheme == own


@pytest.mark.parametrize("times", [1, 3])
def test_the_number_of_queries_does_not_grow(county, member, times, django_assert_max_num_queries):
    a_scheme(county)
    for _ in range(times):
        a_held_meeting(member)
    contacts(member, county, times)

    with django_assert_max_num_queries(12):
        duty_record(member, year=YEAR, region=county.region)
