"""Members and units: what each row would do, and what stands against it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from committees.models import (
    HandlingUnit,
    Member,
    Seat,
    Sector,
    StudioSeat,
    User,
)
from committees.partial_dates import PartialDate
from committees.services.imports import run
from tests.committees.imports.tables import (
    a_row,
    a_unit,
    rows,
    states,
    take,
)
from tests.people import a_county, a_person, grant

pytestmark = pytest.mark.django_db


def test_a_new_member_gets_a_seat_and_a_place_in_a_studio(county):
    sector = Sector.objects.create(code="farm", name="农业界")
    told = {"sector": "农业界", "term": "11", "position": "常委", "valid_from": "2026年1月",
            "studio": county.studio.name, "mobile": "13812345678"}  # fmt: skip

    take("members", [a_row(county, **told)], county.office)

    member = Member.objects.get(name="周敏")
    assert (member.pinyin, member.mobile, member.origin) == ("zhou min", "13812345678", "entered")
    seat = Seat.objects.get(member=member)
    assert (seat.committee, seat.sector, seat.term, seat.position, str(seat.valid_from.text)) == (
        county.committee, sector, 11, "常委", "2026-01",
    )  # fmt: skip
    placed = StudioSeat.objects.get(member=member)
    assert (placed.studio, placed.kind, placed.name) == (county.studio, "member", "周敏")
    assert states("members", [a_row(county, **told)], county.office) == ["same"]


@pytest.mark.parametrize(("days", "state"), [(30, "same"), (0, "same"), (-1, "changed")])
def test_a_seat_whose_end_is_still_to_come_is_held(county, days, state):
    member, end = Member.objects.create(name="周敏", mobile="13812345678"), PartialDate.parse(
        timezone.localdate() + dt.timedelta(days=days)
    )  # fmt: skip
    Seat.objects.create(member=member, committee=county.committee, valid_until=end)
    StudioSeat.objects.create(member=member, studio=county.studio, kind="member", valid_until=end)
    table = [a_row(county, studio=county.studio.name, mobile="13812345678")]

    assert states("members", table, county.office) == [state]
    take("members", table, county.office)

    more = state == "changed"
    assert (member.seats.count(), member.studio_seats.count()) == (1 + more, 1 + more)


def test_a_seat_that_is_held_stays_and_the_row_says_what_the_table_says_otherwise(county):
    farm = Sector.objects.create(code="farm", name="农业界")
    Sector.objects.create(code="art", name="文艺界")
    member = Member.objects.create(name="周敏")
    seat = Seat.objects.create(member=member, committee=county.committee, sector=farm, term=11,
                               valid_from=PartialDate.parse("2022"))  # fmt: skip
    table = [a_row(county, sector="文艺界", term="11", valid_from="2023")]

    line = run.look("members", rows(*table), by=county.office).lines[0]

    assert (line.state, len(line.notes)) == ("same", 1)
    assert line.notes[0].endswith(f"{line.heading('sector')}、{line.heading('valid_from')}")
    seat.refresh_from_db()
    assert (seat.sector, member.seats.count()) == (farm, 1)


def test_a_member_known_already_gets_only_what_is_missing(county):
    member = Member.objects.create(name="周敏")
    Seat.objects.create(member=member, committee=county.committee,
                        valid_from=PartialDate.parse("2022"))  # fmt: skip
    table = [a_row(county, studio=county.studio.name, mobile="13812345678")]
    assert states("members", table, county.office) == ["changed"]
    take("members", table, county.office)
    assert Member.objects.filter(name="周敏").count() == 1
    member.refresh_from_db()
    assert (member.mobile, member.seats.count(), member.studio_seats.count()) == (
        "13812345678",
        1,
        1,
    )


def test_two_members_of_one_name_are_told_apart_by_their_phones(county):
    for mobile in ("13812345678", "13912345678"):
        member = Member.objects.create(name="周敏", mobile=mobile)
        Seat.objects.create(member=member, committee=county.committee,
                            valid_from=PartialDate.parse("2022"))  # fmt: skip
    assert states("members", [a_row(county)], county.office) == ["wrong"]
    assert states("members", [a_row(county, mobile="13912345678")], county.office) == ["same"]


def test_a_member_of_another_county_with_the_same_name_is_somebody_else(county, elsewhere):
    far = Member.objects.create(name="周敏")
    Seat.objects.create(member=far, committee=elsewhere.committee,
                        valid_from=PartialDate.parse("2022"))  # fmt: skip
    take("members", [a_row(county)], county.office)
    assert Member.objects.filter(name="周敏").count() == 2
    assert far.seats.count() == 1


@pytest.mark.parametrize(
    "cells",
    [{"committee": "邻水县政协"}, {"committee": ""}, {"sector": "无此界"}, {"term": "第一"},
     {"valid_from": "去年"}, {"studio": "无此室"}, {"mobile": "12"}],
)  # fmt: skip
def test_a_member_that_does_not_fit_is_wrong(county, elsewhere, cells):
    assert states("members", [a_row(county)], county.office) == ["new"]
    assert states("members", [a_row(county, **cells)], county.office) == ["wrong"]


def test_the_account_of_a_member_is_made_by_who_makes_accounts(county):
    table = [a_row(county, username="zhoumin")]
    assert states("members", table, county.office) == ["wrong"]
    done = take("members", table, county.system_admin)
    member = Member.objects.get(name="周敏")
    assert member.user == User.objects.get(username="zhoumin") == done.accounts.get()


def test_no_account_belongs_to_two_members(county):
    Member.objects.create(name="周敏", user=a_person("zhoumin", name="周敏"))
    assert states("members", [a_row(county, username="zhoumin")], county.system_admin) == ["wrong"]


def test_a_new_unit_with_somebody_to_reach(county):
    told = {"remit": "学校", "contact": "陈平", "post": "办公室主任", "office_phone": "0877-100"}
    take("units", [a_unit(county, **told)], county.dispatch_office)
    unit = HandlingUnit.objects.get(name="县教育局")
    assert (unit.region, unit.kind, unit.remit, unit.code) == (
        county.region, "government", "学校", "xianjiaoyuju",
    )  # fmt: skip
    contact = unit.contacts.get()
    assert (contact.name, contact.post, contact.office_phone) == ("陈平", "办公室主任", "0877-100")
    assert states("units", [a_unit(county, **told)], county.dispatch_office) == ["same"]


def test_a_unit_known_already_changes_in_what_the_table_says(county):
    table = [a_unit(county, name=county.unit.name, remit="水利", parent=county.other_unit.name)]
    assert states("units", table, county.office) == ["changed"]
    take("units", table, county.office)
    county.unit.refresh_from_db()
    assert (county.unit.remit, county.unit.parent) == ("水利", county.other_unit)
    empty = [a_unit(county, name=county.unit.name)]
    assert states("units", empty, county.office) == ["same"]


@pytest.mark.parametrize("cells", [{"region": "539922"}, {"region": "5399"}, {"kind": "王国"},
                                   {"name": ""}, {"parent": "无此局"}])  # fmt: skip
def test_a_unit_that_does_not_fit_is_wrong(county, elsewhere, cells):
    assert states("units", [a_unit(county, **cells)], county.office) == ["wrong"]


def test_a_unit_is_not_above_itself(county):
    table = [a_unit(county, name=county.unit.name, parent=county.unit.name)]
    assert states("units", table, county.office) == ["wrong"]


def test_places_of_one_name_are_told_apart_by_code(county):
    grant(county.office, "county_office", a_county("539922", name="青禾县").region)
    assert states("units", [a_unit(county)], county.office) == ["wrong"]
    assert states("units", [a_unit(county, region="539921")], county.office) == ["new"]
