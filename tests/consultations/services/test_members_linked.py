"""Members are linked wherever they took part, and the people are written once."""

from __future__ import annotations

import datetime as dt

import pytest

from committees.models import Member, StudioSeat
from consultations.models import FieldVisit, FollowUp, Participant
from consultations.selectors.members import members_for, members_named
from tests.factories import case_at
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(county) -> Member:
    return seated(county, "李望舒", user=county.member)


def seated(county, name: str, **fields) -> Member:
    member = Member.objects.create(name=name, **fields)
    StudioSeat.objects.create(studio=county.studio, kind="member", name=name, member=member)
    return member


def test_a_visit_names_the_members_who_were_ticked_and_the_others(county, me):
    other = seated(county, "王不去")
    case = case_at("research", county=county)
    browser = Colleague(county.member)
    page = browser.open(f"/my/cases/{case.pk}/log_visit/")
    assert [e.attributes["value"] for e in page.root if "checked" in e.attributes] == [str(me.pk)]

    browser.send(box="findings", findings="三个人一天等两趟。", method="site", place="村口",
                 visitors="老支书", members=str(me.pk))  # fmt: skip

    visit = FieldVisit.objects.get()
    assert (list(visit.members.all()), visit.visitors) == ([me], "李望舒、老支书")
    assert other not in visit.members.all()


def test_a_member_of_another_studio_is_not_taken(county, me):
    stranger = Member.objects.create(name="外人")
    case = case_at("research", county=county)
    browser = Colleague(county.member)
    page = browser.open(f"/my/cases/{case.pk}/log_visit/")
    token = page.form("findings").data("")

    answer = browser.post(f"/my/cases/{case.pk}/log_visit/", {
        **token, "findings": "看过", "method": "site", "place": "村口", "members": stranger.pk})  # fmt: skip

    assert answer.error_of("members")
    assert not FieldVisit.objects.exists()


def test_whoever_bears_a_members_name_at_the_table_is_that_member(county, me):
    case = case_at("scheduled", county=county)
    seated(county, "同名")
    seated(county, "同名")
    meeting = case.meetings.get()
    browser = Colleague(county.clerk)
    browser.open(f"/admin/consultations/case/{case.pk}/meeting/{meeting.pk}/")
    browser.send("save", p__0__name="李望舒", p__0__capacity="host", p__0__attended="on",
                 p__1__name="李望舒", p__1__capacity="masses",
                 p__2__name="同名", p__2__capacity="member")  # fmt: skip

    found = Participant.objects.filter(meeting=meeting).order_by("pk")
    assert [person.member for person in found] == [me, None, None]


def test_members_without_a_studio_are_those_of_the_committee(county, me):
    case = case_at("research", county=county)
    type(case).objects.filter(pk=case.pk).update(studio=None)
    case.refresh_from_db()
    assert list(members_for(case)) == []
    me.seats.create(committee=county.committee)
    assert list(members_for(case)) == [me]
    assert members_named(case, ["李望舒", ""]) == {"李望舒": me}


def test_a_seat_that_is_over_names_nobody(county, me):
    case = case_at("research", county=county)
    me.studio_seats.update(valid_until="2019-12")
    assert list(members_for(case)) == []


def test_a_follow_up_names_its_members(county, me):
    case = case_at("handling", county=county)
    browser = Colleague(county.clerk)
    browser.open(f"/admin/consultations/case/{case.pk}/follow-up/")
    browser.send(box="finding", kind="inspection", finding="路面平了。", members=[str(me.pk)],
                 done_on=dt.date.today().isoformat())  # fmt: skip

    follow_up = FollowUp.objects.get()
    assert (list(follow_up.members.all()), follow_up.people) == ([me], "李望舒")
