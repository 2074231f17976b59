"""Accounts and roles: what each row would do, what stands against it, and that it is written once."""

from __future__ import annotations

import json

import pytest

from committees.models import (
    AuditEntry,
    PeopleImport,
    RoleGrant,
    User,
)
from committees.services.imports import run
from consultations.admin import importing  # tells of the tables of its own
from tests.committees.imports.tables import (
    officer,
    rows,
    states,
    take,
    unit_officer,
)
from tests.people import a_person

pytestmark = pytest.mark.django_db


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


def test_a_role_is_given_where_the_right_to_give_it_reaches(county, elsewhere):
    by = a_person("two", ("system_admin", county.region.parent), ("security_admin", county.region))
    for place, state in (("539921", "new"), ("539922", "wrong")):
        assert states("officers", [officer(role="leader", region=place)], by) == [state]


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
        ("system_admin", ["members", "units", "officers", "remits"]),
        ("security_admin", ["officers"]),
        ("office", ["members", "units", "remits"]),
        ("dispatch_office", ["units", "remits"]),
        ("leader", []),
        ("member", []),
        ("audit_admin", []),
        ("nobody", []),
    ],
)
def test_who_takes_over_what(county, who, kinds):
    held = getattr(county, who).grants.values_list("role", flat=True)
    assert importing.run is run
    assert run.kinds_for(held) == kinds
