"""The history of who is who: what was changed, by whom, and who was the contact when."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from committees.models import HandlingUnit, Member, Room, Studio
from committees.selectors.histories import history_of
from tests.people import a_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(county):
    client = Client()
    client.force_login(county.office)
    return client


def page(client, record):
    name = record._meta.model_name
    return client.get(reverse(f"admin:committees_{name}_history", args=[record.pk]))


def test_a_change_tells_field_before_after_and_person(county, office):
    url = reverse("admin:committees_room_change", args=[county.room.pk])
    form = office.get(url).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    answer = office.post(url, data | {"region": "临河乡", "committee": str(county.committee),
                                      "studio": str(county.studio), "address": "老街三号"})  # fmt: skip
    assert answer.status_code == 302, answer.context["adminform"].form.errors

    change = history_of(Room.objects.get(pk=county.room.pk))[0]

    assert (change.by, change.kind) == (county.office, "~")
    assert [(row.old, row.new) for row in change.fields] == [("—", "老街三号")]
    assert "老街三号" in page(office, county.room).content.decode()


@pytest.mark.parametrize("name", ["unit", "studio", "room"])
def test_each_list_shows_its_versions(county, office, name):
    record = getattr(county, name)
    record.name = "改过的名字"
    record.save()

    shown = page(office, record)

    assert shown.status_code == 200
    assert "改过的名字" in shown.content.decode()


def test_a_member_is_told_with_seats_and_without_the_phone(county, office):
    member = Member.objects.create(name="李委员", mobile="13800138000")
    member.seats.create(committee=county.committee, position="常委")
    member.mobile = "13900139000"
    member.save()

    text = page(office, member).content.decode()

    assert "李委员" in text
    assert "常委" in text
    assert "13800138000" not in text
    assert "13900139000" not in text
    assert all("mobile" not in row.label for c in history_of(member) for row in c.fields)


def test_who_was_the_contact_when(county, office):
    old = county.unit.contacts.create(
        name="赵科长", valid_from=dt.date(2023, 1, 1), valid_until=dt.date(2024, 6, 30)
    )
    county.unit.contacts.create(name="钱科长", valid_from=dt.date(2024, 7, 1))
    old.post = "办公室主任"
    old.save()

    shown = page(office, county.unit)

    assert [row.name for row in shown.context["contacts"]] == ["钱科长", "赵科长"]
    told = [(c.kind, [(r.old, r.new) for r in c.fields]) for c in shown.context["changes"][:1]]
    assert told == [("~", [("—", "办公室主任")])]
    began = next(c for c in shown.context["changes"] if c.kind == "+" and "赵科长" in c.what)
    assert {row.new for row in began.fields} == {"赵科长", "2023年1月1日", "2024年6月30日"}
    assert {change.kind for change in shown.context["changes"]} == {"+", "~"}


def test_what_was_taken_out_stays_in_the_history(county):
    contact = county.unit.contacts.create(name="赵科长")
    contact.delete()

    change = history_of(county.unit)[0]

    assert (change.kind, "赵科长" in change.what) == ("-", True)


def test_before_the_first_version_nothing_is_claimed(county):
    unit = HandlingUnit.objects.get(pk=county.unit.pk)
    HandlingUnit.history.all().delete()
    unit.remit = "水利"
    unit.save()

    change = history_of(unit)[0]

    assert (change.before_is_known, change.fields) == (False, [])


def test_it_does_not_exist_where_the_row_does_not(county):
    stranger = a_county("539941")
    client = Client()
    client.force_login(stranger.office)

    assert page(client, stranger.unit).status_code == 200
    assert page(client, county.unit).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_at_any_length(county, number, django_assert_num_queries):
    for n in range(number):
        contact = county.unit.contacts.create(name=f"第{n}人")
        contact.post = "科长"
        contact.save()
        county.unit.remit = f"水利{n}"
        county.unit.save()

    with django_assert_num_queries(3):
        assert len(history_of(county.unit)) > number


# --- the code -----------------------------------------------------------------------------------


def test_a_code_is_made_from_the_name_and_stays(county):
    unit = HandlingUnit.objects.create(name="县水务局", kind="government", region=county.township)
    assert unit.code == "xianshuiwuju"

    unit.name = "县水利局"
    unit.save()

    assert HandlingUnit.objects.get(pk=unit.pk).code == "xianshuiwuju"


def test_the_same_name_elsewhere_gets_a_number(county):
    places = [county.township, county.village, a_county("539941").region]
    codes = [
        HandlingUnit.objects.create(name="林业站", kind="government", region=place).code
        for place in places
    ]
    assert codes == ["linyezhan", "linyezhan-2", "linyezhan-3"]


def test_a_name_without_letters_and_a_long_one_get_a_code(county):
    made = [
        Studio.objects.create(name=name, committee=county.committee).code
        for name in ("（……）", "长" * 60)
    ]
    assert made[0] == "studio"
    assert made[1] == "chang" * 8


def test_left_empty_in_the_form_it_is_made(county, office):
    url = reverse("admin:committees_room_add")
    page = office.get(url).content.decode()
    assert str(Room._meta.get_field("code").help_text) in page
    data = {"name": "河边议事亭", "code": "", "committee": str(county.committee)}

    answer = office.post(url, data)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert Room.objects.get(name="河边议事亭").code == "hebianyishiting"
