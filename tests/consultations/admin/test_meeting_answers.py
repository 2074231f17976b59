"""Staff see who comes to a meeting, who does not and why, and who has not answered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from committees.models import Member, StudioSeat
from committees.partial_dates import PartialDate
from consultations.services.answers import answer_invitation
from tests.factories import a_county, case_at

pytestmark = pytest.mark.django_db
URL = "/admin/consultations/meeting/answers/"


def enter(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def seated(county, *names: str) -> list[Member]:
    members = [Member.objects.create(name=name, pinyin=name) for name in names]
    for member in members:
        StudioSeat.objects.create(
            member=member, studio=county.studio, kind="member", name=member.name
        )
    return members


def test_who_comes_who_does_not_and_who_is_silent(county):
    meeting = case_at("scheduled", county=county).meetings.get()
    yes, no, _silent = seated(county, "甲来", "乙走", "丙默")
    answer_invitation(meeting, by=county.member, member=yes, is_coming=True)
    answer_invitation(meeting, by=county.member, member=no, is_coming=False, reason="出差")

    client = enter(county.office)
    ((shown, replies),) = client.get(URL).context["rows"]

    assert shown == meeting
    assert [row.member for row in replies.coming] == [yes]
    assert [(row.member, row.reason) for row in replies.away] == [(no, "出差")]
    assert [member.name for member in replies.waiting] == ["丙默"]
    record = client.get(f"/admin/consultations/case/{meeting.case_id}/change/").content.decode()
    assert all(word in record for word in ("甲来", "乙走", "出差", "丙默"))


@pytest.mark.parametrize("until", ["2020", "yesterday"])
def test_whose_place_in_the_studio_is_over_is_not_waited_for(county, until):
    day = PartialDate.parse(timezone.localdate() - dt.timedelta(days=1))
    case_at("scheduled", county=county)
    gone, _here = seated(county, "前人", "今人")
    StudioSeat.objects.filter(member=gone).update(
        valid_until=day if until == "yesterday" else PartialDate.parse(until)
    )
    ((_meeting, replies),) = enter(county.office).get(URL).context["rows"]
    assert [member.name for member in replies.waiting] == ["今人"]


def test_meetings_elsewhere_or_over_are_not_listed(county):
    case_at("deliberated", county=county)
    other = case_at("scheduled", county=a_county("539922", name="邻水县"))
    assert enter(county.office).get(URL).context["rows"] == []
    page = enter(county.people["prefecture_office"]).get(URL)
    assert [meeting.case for meeting, _replies in page.context["rows"]] == [other]


@pytest.mark.parametrize("who", ["member", "unit_officer", "village_clerk", "system_admin"])
def test_others_find_no_such_list(county, who):
    assert enter(county.people[who]).get(URL).status_code == 404


@pytest.mark.parametrize(
    ("who", "shown"), [("office", True), ("clerk", True), ("officer", False), ("member", False)]
)
def test_the_list_of_cases_leads_there_only_whom_it_lets_in(county, who, shown):
    page = enter(county.people[who]).get("/admin/consultations/case/")

    assert page.status_code == 200
    assert (f'href="{URL}"' in page.content.decode()) is shown


def test_the_list_is_bounded(county, monkeypatch):
    monkeypatch.setattr("consultations.admin.answers.MEETINGS", 1)
    for _time in range(2):
        case_at("scheduled", county=county)
    page = enter(county.office).get(URL)
    assert (len(page.context["rows"]), page.context["most"]) == (1, 1)


def test_three_meetings_take_as_many_queries_as_one(county, django_assert_num_queries):
    client = enter(county.office)
    members = seated(county, "甲来", "乙走")
    for number in (1, 3):
        while len(client.get(URL).context["rows"]) < number:
            meeting = case_at("scheduled", county=county).meetings.get()
            for member in members:
                answer_invitation(meeting, by=county.member, member=member, is_coming=True)
        with django_assert_num_queries(QUERIES):
            assert len(client.get(URL).context["rows"]) == number


QUERIES = 6
