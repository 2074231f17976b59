"""What each row of a table would do, what stands against it, and that it is written once."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.models import (
    AuditEntry,
    HandlingUnit,
    Member,
    PeopleImport,
    RoleGrant,
    Seat,
    Sector,
    StudioSeat,
    User,
)
from committees.partial_dates import PartialDate
from committees.services.imports import run
from committees.services.imports.columns import BadTable, Row, read_rows
from tests.people import a_county, a_person, grant

pytestmark = pytest.mark.django_db
TOKEN = "a" * 32


@pytest.fixture
def county():
    return a_county()


@pytest.fixture
def elsewhere():
    return a_county("539922", name="邻水县")


@pytest.fixture
def root():
    return User.objects.create_superuser("root")


def rows(*cells: dict[str, str]) -> list[Row]:
    return [Row(number, found) for number, found in enumerate(cells, start=2)]


def officer(**cells: str) -> dict[str, str]:
    return {"username": "liming", "name": "李明"} | cells


def unit_officer(county, **cells: str) -> dict[str, str]:
    return officer(role="unit_officer", unit=county.unit.name) | cells


def states(kind, table, by) -> list[str]:
    return [line.state.value for line in run.look(kind, rows(*table), by=by).lines]


def errors(kind, table, by) -> list[tuple[str, str]]:
    return [error for line in run.look(kind, rows(*table), by=by).lines for error in line.errors]


def take(kind, table, by, token: str = TOKEN) -> PeopleImport:
    return run.take_over(kind, rows(*table), by=by, token=token)


# --- accounts and roles -------------------------------------------------------------------------


def test_the_system_administrator_makes_accounts_and_the_security_one_gives_the_roles(county):
    table = [unit_officer(county, mobile="138 1234 5678"), officer(username="wang", name="王芳")]

    made = take("officers", table, county.system_admin)

    first, second = User.objects.filter(username__in=["liming", "wang"]).order_by("username")
    assert (first.display_name, first.mobile, second.display_name) == (
        "李明",
        "13812345678",
        "王芳",
    )
    assert not first.has_usable_password()
    assert not RoleGrant.objects.filter(user=first).exists()
    assert set(made.accounts.all()) == {first, second}
    assert (made.rows, made.added, made.changed) == (2, 2, 0)

    given = take("officers", table, county.security_admin, token="b" * 32)

    held = RoleGrant.objects.get(user=first)
    assert (held.role, held.unit, held.valid_until) == ("unit_officer", county.unit, None)
    assert held.history.get().history_user == county.security_admin
    assert (given.added, given.changed, given.accounts.count()) == (1, 0, 0)


def test_the_phone_is_sealed(county):
    take("officers", [officer(mobile="13812345678")], county.system_admin)
    user = User.objects.get(username="liming")
    assert user.mobile == "13812345678"
    assert user.mobile_index
    raw = User.objects.raw("SELECT id, username, mobile AS kept FROM committees_user WHERE id = %s",
                           [user.pk])[0].kept  # fmt: skip
    assert raw
    assert "13812345678" not in raw


def test_every_account_and_every_role_is_in_the_audit_log(county, root):
    done = take("officers", [unit_officer(county)], root)
    user = User.objects.get(username="liming")
    held = user.grants.get()
    told = AuditEntry.objects.filter(actor=root).values_list("kind", "about")
    assert set(told) == {("added", f"user:{user.pk}"), ("grant_added", f"rolegrant:{held.pk}"),
                         ("imported", f"peopleimport:{done.pk}")}  # fmt: skip
    facts = json.loads(AuditEntry.objects.get(kind="imported").facts)
    assert facts == {"kind": "officers", "rows": 1, "added": 1, "changed": 0}


def test_nothing_is_written_by_looking(county, root):
    before = (User.objects.count(), RoleGrant.objects.count(), AuditEntry.objects.count())
    assert states("officers", [unit_officer(county)], root) == ["new"]
    assert (User.objects.count(), RoleGrant.objects.count(), AuditEntry.objects.count()) == before


def test_a_second_look_finds_that_everything_is_there(county, root):
    table = [unit_officer(county, mobile="13812345678")]
    take("officers", table, root)
    assert states("officers", table, root) == ["same"]
    other = [unit_officer(county, mobile="13912345678")]
    assert states("officers", other, root) == ["changed"]
    take("officers", other, root, token="b" * 32)
    assert User.objects.get(username="liming").mobile == "13912345678"
    assert RoleGrant.objects.filter(user__username="liming").count() == 1


def test_confirming_twice_writes_once(county, root):
    table = [unit_officer(county)]
    assert take("officers", table, root) == take("officers", table, root)
    assert PeopleImport.objects.count() == User.objects.filter(username="liming").count() == 1
    assert RoleGrant.objects.filter(user__username="liming").count() == 1


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"username": ""}, "username"),
        ({"username": "li ming/"}, "username"),
        ({"name": ""}, "name"),
        ({"name": "长" * 31}, "name"),
        ({"mobile": "1381234"}, "mobile"),
        ({"role": "emperor", "region": "539921"}, "role"),
        ({"role": "leader"}, "role"),
        ({"role": "leader", "region": "539921", "studio": "x"}, "role"),
        ({"role": "leader", "region": "无此县"}, "region"),
        ({"role": "unit_officer", "unit": "无此局"}, "unit"),
        ({"region": "539921"}, "role"),
        ({"role": "leader", "region": "539921", "valid_from": "昨天"}, "valid_from"),
        ({"role": "leader", "region": "539921", "valid_from": "2026-03"}, "valid_from"),
        ({"role": "leader", "region": "539921", "valid_from": "2026-03-01",
          "valid_until": "2026-02-01"}, "valid_until"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_the_cell(county, root, cells, column):
    look = run.look("officers", rows(officer(**cells)), by=root)
    assert look.lines[0].heading(column) in {label for label, _reason in look.lines[0].errors}
    with pytest.raises(run.NotNow):
        take("officers", [officer(**cells)], root)
    assert not User.objects.filter(display_name="李明").exists()


def test_one_wrong_row_keeps_all_from_being_written(county, root):
    table = [officer(), officer(username="wang", name="王芳", role="leader", region="无此县")]
    with pytest.raises(run.NotNow):
        take("officers", table, root)
    assert not User.objects.filter(username="liming").exists()
    assert not PeopleImport.objects.exists()


def test_the_same_row_twice_is_told_with_the_first_of_both(county, root):
    look = run.look("officers", rows(unit_officer(county), unit_officer(county)), by=root)
    assert [bool(line.errors) for line in look.lines] == [False, True]
    assert "2" in look.lines[1].errors[0][1]


def test_one_person_may_get_two_roles_in_one_table(county, root):
    table = [unit_officer(county), officer(role="member", studio=county.studio.name)]
    take("officers", table, root)
    user = User.objects.get(username="liming")
    assert {g.role for g in user.grants.all()} == {"unit_officer", "member"}


def test_roles_that_exclude_each_other_are_refused_within_one_table_too(county, root):
    table = [unit_officer(county), officer(role="audit_admin", region="539921")]
    assert states("officers", table, root) == ["new", "wrong"]
    person = a_person("zhao", ("liaison", county.studio), name="赵六")
    one = officer(username=person.username, name="赵六", role="audit_admin", region="539921")
    assert states("officers", [one], root) == ["wrong"]


@pytest.mark.parametrize("place", ["539922", "5399", "53"])
def test_roles_outside_the_own_region_do_not_exist_for_the_importer(county, elsewhere, place):
    person = officer(username=county.nobody.username, name=county.nobody.display_name)
    inside = person | {"role": "leader", "region": "539921"}
    assert states("officers", [inside], county.security_admin) == ["new"]
    assert states("officers", [person | {"role": "leader", "region": place}],
                  county.security_admin) == ["wrong"]  # fmt: skip


def test_an_account_with_rights_elsewhere_is_left_alone(county, elsewhere):
    other = elsewhere.clerk
    table = [officer(username=other.username, name=other.display_name, mobile="13812345678")]
    for by in (county.system_admin, county.security_admin):
        assert states("officers", table, by) == ["wrong"]


def test_a_user_name_of_somebody_else_is_not_taken_over(county, root):
    a_person("liming", name="李鸣")
    assert states("officers", [officer()], root) == ["wrong"]
    assert states("officers", [officer(name="李鸣")], root) == ["same"]


def test_nobody_gives_himself_a_role(county):
    by = county.security_admin
    own = officer(username=by.username, name=by.display_name, role="security_admin",
                  region="539921")  # fmt: skip
    assert states("officers", [own], by) == ["wrong"]


def test_the_security_administrator_makes_no_account(county):
    assert states("officers", [unit_officer(county)], county.security_admin) == ["wrong"]


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("system_admin", ["members", "units", "officers"]),
        ("security_admin", ["officers"]),
        ("office", ["members", "units"]),
        ("dispatch_office", ["units"]),
        ("leader", []),
        ("member", []),
        ("audit_admin", []),
        ("nobody", []),
    ],
)
def test_who_takes_over_what(county, who, kinds):
    held = getattr(county, who).grants.values_list("role", flat=True)
    assert run.kinds_for(held) == kinds


# --- members ------------------------------------------------------------------------------------


def a_row(county, **cells: str) -> dict[str, str]:
    return {"name": "周敏", "committee": county.committee.short_name} | cells


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


# --- units --------------------------------------------------------------------------------------


def a_unit(county, **cells: str) -> dict[str, str]:
    return {"name": "县教育局", "kind": "government", "region": county.region.name} | cells


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


# --- many rows, and the headings ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "who"),
    [("officers", "system_admin"), ("officers", "security_admin"), ("members", "office"),
     ("units", "office")],
)  # fmt: skip
def test_many_rows_take_as_many_queries_as_one(county, kind, who, django_assert_num_queries):
    people = [a_person(f"p{n}", ("member", county.studio), name=f"某{n}") for n in range(3)]
    table = {
        "officers": [officer(username=p.username, name=p.display_name, role="leader",
                             region="539921") for p in people],
        "members": [a_row(county, name=f"某{n}", studio=county.studio.name) for n in range(3)],
        "units": [a_unit(county, name=f"第{n}局", contact="陈平") for n in range(3)],
    }[kind]  # fmt: skip
    by = getattr(county, who)
    with CaptureQueriesContext(connection) as one:
        run.look(kind, rows(*table[:1]), by=by)
    with django_assert_num_queries(len(one)):
        look = run.look(kind, rows(*table), by=by)
    assert look.is_sound


def test_headings_are_read_in_any_order_and_width():
    table = [(1, []), (3, ["NAME*", "ＵｓｅｒName", ""]), (4, ["李明", "liming"]), (6, ["", " "])]
    assert read_rows("officers", table) == [Row(4, {"name": "李明", "username": "liming"})]


@pytest.mark.parametrize(
    "table",
    [
        [],
        [(1, ["", ""])],
        [(1, ["username", "name"])],
        [(1, ["username", "colour", "name"]), (2, ["a", "b", "c"])],
        [(1, ["username", "name", "name"]), (2, ["a", "b", "c"])],
        [(1, ["username"]), (2, ["a"])],
        [(1, ["username", "name"]), *((n, ["a", "b"]) for n in range(2, 503))],
    ],
)
def test_a_table_that_is_none_is_refused_as_a_whole(table):
    with pytest.raises(BadTable):
        read_rows("officers", table)
