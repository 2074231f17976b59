"""Attendance by member and period: derived, in the order of names, of the own members only."""

from __future__ import annotations

import pytest
from django.test import Client

from committees.models import Committee, Member, Seat, StudioSeat
from committees.partial_dates import PartialDate
from consultations.models import Case, Meeting, Participant
from tests.factories import a_county, case_at

pytestmark = pytest.mark.django_db
URL = "/admin/committees/member/attendance/"
YEAR = {"first": "2025-01-01", "last": "2025-12-31"}


@pytest.fixture
def case(county):
    return case_at("draft", county=county)


def enter(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def a_member(county, name: str, pinyin: str = "") -> Member:
    member = Member.objects.create(name=name, pinyin=pinyin or name)
    Seat.objects.create(member=member, committee=county.committee,
                        valid_from=PartialDate.parse("2022"))  # fmt: skip
    return member


def sat(case, member, held_on: str, *, attended: bool = True, status: str = "held") -> Meeting:
    meeting = Meeting.objects.create(
        case=case,
        round=case.meetings.count() + 1,
        status=status,
        held_on=PartialDate.parse(held_on),
    )
    Participant.objects.create(meeting=meeting, member=member, name=member.name, capacity="member",
                               attended=attended)  # fmt: skip
    return meeting


def told(client, **period) -> dict[str, tuple[int, int]]:
    rows = client.get(URL, period or YEAR).context["rows"]
    return {r.member.name: (r.attendance.attended, r.attendance.invited) for r in rows}


def test_counted_from_the_lists_of_meetings_that_were_held(county, case):
    member = a_member(county, "甲")
    sat(case, member, "2025-03-01")
    sat(case, member, "2025-04-01", attended=False)
    sat(case, member, "2025-05-01", status="planned")
    assert told(enter(county.office)) == {"甲": (1, 2)}


@pytest.mark.parametrize(
    ("held_on", "counted"),
    [("2025-01-01", 1), ("2025-06-30", 1), ("2025-06", 1), ("2025-H1", 1), ("2025-Q2", 1),
     ("2024-12-31", 0), ("2025-07-01", 0), ("2025-07", 0), ("2025", 0), ("2025-late", 0)],
)  # fmt: skip
def test_a_day_that_is_not_known_counts_where_it_surely_lies(county, case, held_on, counted):
    sat(case, a_member(county, "甲"), held_on)
    half = {"first": "2025-01-01", "last": "2025-06-30"}
    assert told(enter(county.office), **half) == {"甲": (counted, counted)}


def test_a_meeting_counts_once_for_whoever_stands_on_its_list_twice(county, case):
    member = a_member(county, "甲")
    meeting = sat(case, member, "2025-03-01", attended=False)
    Participant.objects.create(meeting=meeting, member=member, name="甲", capacity="host",
                               attended=True)  # fmt: skip
    assert told(enter(county.office)) == {"甲": (1, 1)}


def test_demonstrations_do_not_count(county, case):
    member = a_member(county, "甲")
    sat(case, member, "2025-03-01")
    Case.objects.filter(pk=case.pk).update(origin="demo")
    assert told(enter(county.office)) == {"甲": (0, 0)}


def test_what_is_invented_says_so(county, case):
    a_member(county, "甲")
    assert not enter(county.office).get(URL).context["is_demo"]
    Committee.objects.update(is_demo=True)
    assert enter(county.office).get(URL).context["is_demo"]


def test_in_the_order_of_names_and_never_of_rates(county, case):
    first, second = a_member(county, "赵", "zhao"), a_member(county, "安", "an")
    sat(case, first, "2025-03-01")
    assert list(told(enter(county.office))) == ["安", "赵"]
    assert second
    page = enter(county.office).get(URL, YEAR | {"o": "-attended", "sort": "rate"})
    assert [row.member.name for row in page.context["rows"]] == ["安", "赵"]


def test_a_small_number_is_no_rate(county, case):
    member = a_member(county, "甲")
    sat(case, member, "2025-03-01")
    assert "1/1" in enter(county.office).get(URL, YEAR).content.decode()
    for month in range(4, 9):
        sat(case, member, f"2025-0{month}-01", attended=month > 5)
    assert "67%" in enter(county.office).get(URL, YEAR).content.decode()


def test_the_office_reads_its_county_and_a_studio_its_own(county, case):
    elsewhere = a_county("539922", name="邻水县")
    own, seated, far = a_member(county, "甲"), a_member(county, "乙"), a_member(elsewhere, "丙")
    StudioSeat.objects.create(member=seated, studio=county.studio, kind="member", name="乙")
    assert set(told(enter(county.office))) == {own.name, seated.name}
    assert set(told(enter(county.clerk))) == set(told(enter(county.director))) == {seated.name}
    assert set(told(enter(elsewhere.office))) == {far.name}


@pytest.mark.parametrize("who", ["leader", "member", "prefecture_office", "system_admin"])
def test_nobody_else_has_the_page(county, who):
    assert enter(county.people[who]).get(URL).status_code == 404


@pytest.mark.parametrize(
    ("typed", "box"),
    [({"first": "", "last": ""}, "first"), ({"first": "2025-02-30", "last": "2025-03-01"}, "first"),
     ({"first": "2025-03-01", "last": "2025-01-01"}, "last"),
     ({"first": "2018-01-01", "last": "2025-01-01"}, "last"),
     ({"first": "1999-01-01", "last": "2001-01-01"}, "first")],
)  # fmt: skip
def test_a_period_that_is_none_is_told_beside_its_box(county, typed, box):
    answer = enter(county.office).get(URL, typed)
    assert answer.status_code == 200
    assert box in answer.context["form"].errors


@pytest.mark.parametrize("number", ["0", "-1", "x", "9999", "１"])
def test_pages_that_are_none_are_not_found(county, number):
    assert enter(county.office).get(URL, YEAR | {"p": number}).status_code == 404


def test_the_list_goes_on_on_the_next_page(county, monkeypatch):
    monkeypatch.setattr("consultations.admin.attendance.A_PAGE", 2)
    for name in "甲乙丙":
        a_member(county, name)
    client = enter(county.office)
    first, second = client.get(URL, YEAR), client.get(URL, YEAR | {"p": "2"})
    assert [len(page.context["rows"]) for page in (first, second)] == [2, 1]
    assert (first.context["later"], second.context["later"]) == (2, None)


def test_three_members_take_as_many_queries_as_one(county, case, django_assert_num_queries):
    client = enter(county.office)
    for number, name in ((1, "甲"), (2, "乙"), (3, "丙")):
        sat(case, a_member(county, name), "2025-03-01")
        if number in (1, 3):
            with django_assert_num_queries(QUERIES):
                assert len(client.get(URL, YEAR).context["rows"]) == number


QUERIES = 6
