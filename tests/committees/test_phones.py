"""Phones on record: masked on every page, a new one typed over the old, never drawn."""

from __future__ import annotations

import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from committees.models import Member, UnitContact, User
from committees.numbers import personal_in, read_mobile
from tests.people import a_seated

pytestmark = pytest.mark.django_db
PHONE, OTHER = "13887654321", "13900112233"
MASKED = "138****4321"


@pytest.fixture
def member(county):
    return a_seated(county, name="李望舒", mobile=PHONE)


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(record) -> str:
    return f"/admin/committees/{record._meta.model_name}/{record.pk}/change/"


def seats(**boxes: str) -> dict[str, str]:
    """The rows below a member: one empty one."""
    return {"seats-TOTAL_FORMS": "0", "seats-INITIAL_FORMS": "0"} | boxes


def send(client: Client, record, **typed: str):
    """The form as the page drew it, with something typed."""
    page = client.get(address(record))
    form = page.context["adminform"].form
    boxes = {
        name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()
    }
    boxes |= seats() | {"mobile": ""} | typed
    return client.post(address(record), boxes)


@pytest.mark.parametrize("role", ["county_office", "leader", "liaison", "system_admin"])
def test_a_members_number_is_masked_for_whoever_opens_the_page(county, member, role):
    html = client_of(county.people[role]).get(address(member)).content.decode()

    assert MASKED in html
    assert PHONE not in html


def test_left_empty_the_number_stays(county, member):
    assert send(client_of(county.office), member, name="李望").status_code == 302

    member.refresh_from_db()
    assert (member.name, member.mobile) == ("李望", PHONE)


@pytest.mark.parametrize(
    "typed", [OTHER, "139 0011 2233", "１３９００１１２２３３", "+86 139-0011-2233"]
)
def test_a_new_number_takes_the_place_of_the_old(county, member, typed):
    assert send(client_of(county.office), member, mobile=typed).status_code == 302

    member.refresh_from_db()
    assert member.mobile == OTHER


def test_a_number_is_taken_out_by_its_tick(county, member):
    assert send(client_of(county.office), member, mobile_out="on").status_code == 302

    member.refresh_from_db()
    assert (member.mobile, member.mobile_index) == ("", "")


@pytest.mark.parametrize(
    "typed", ["12345678901", "1390011223", "139001122334", "小李", "0876-2123456"]
)
def test_what_is_no_mobile_number_is_told_beside_its_box(county, member, typed):
    page = send(client_of(county.office), member, mobile=typed)

    assert page.status_code == 200
    assert page.context["adminform"].form.errors.keys() == {"mobile"}
    assert f'value="{typed}"' in page.content.decode()
    member.refresh_from_db()
    assert member.mobile == PHONE


def test_the_second_writer_is_told_of_the_first_without_the_number(county, member):
    client = client_of(county.office)
    page = client.get(address(member))
    form = page.context["adminform"].form
    boxes = {name: form.get_initial_for_field(f, name) or "" for name, f in form.fields.items()}
    Member.objects.get(pk=member.pk)
    member.mobile = OTHER
    member.save()

    again = client.post(address(member), boxes | seats() | {"mobile": "13712345678"})

    assert again.status_code == 200
    html = again.content.decode()
    assert "139****2233" in html
    assert OTHER not in html
    assert PHONE not in html


def test_the_print_of_a_form_does_not_depend_on_the_number_in_clear(county, member):
    """Seven digits are shown; a plain digest would give the other four away."""
    client = client_of(county.office)
    before = client.get(address(member)).context["adminform"].form.initial["seen"]
    again = client.get(address(member)).context["adminform"].form.initial["seen"]

    assert before == again
    assert Member.objects.filter(pk=member.pk).exclude(mobile_index="").exists()


def test_a_contact_of_a_unit_has_a_sealed_number_beside_the_office_line(county):
    client = client_of(county.office)
    url = address(county.unit)
    page = client.get(url)
    form = page.context["adminform"].form
    boxes = {name: form.get_initial_for_field(f, name) or "" for name, f in form.fields.items()}
    row = {"contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0", "contacts-0-name": "王科长",
           "remits-TOTAL_FORMS": "0", "remits-INITIAL_FORMS": "0",
           "contacts-0-office_phone": "0876-2123456", "contacts-0-mobile": PHONE}  # fmt: skip

    assert client.post(url, boxes | row).status_code == 302

    contact = UnitContact.objects.get()
    assert (contact.mobile, contact.office_phone) == (PHONE, "0876-2123456")
    html = client.get(url).content.decode()
    assert MASKED in html
    assert PHONE not in html


def test_a_mobile_is_refused_where_it_would_stand_in_clear(county):
    client = client_of(county.office)
    url = address(county.unit)
    form = client.get(url).context["adminform"].form
    boxes = {name: form.get_initial_for_field(f, name) or "" for name, f in form.fields.items()}
    row = {"contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0", "contacts-0-name": "王科长",
           "remits-TOTAL_FORMS": "0", "remits-INITIAL_FORMS": "0",
           "contacts-0-office_phone": PHONE}  # fmt: skip

    page = client.post(url, boxes | row | {"remit": "身份证532622199003075218"})

    assert page.status_code == 200
    assert "remit" in page.context["adminform"].form.errors
    assert not UnitContact.objects.exists()


def test_the_system_administrator_keeps_the_number_of_an_account_and_never_reads_it(county):
    person = county.clerk
    client = client_of(county.people["system_admin"])
    form = client.get(address(person)).context["adminform"].form
    boxes = {name: form.get_initial_for_field(f, name) or "" for name, f in form.fields.items()}

    assert (
        client.post(address(person), boxes | {"is_active": "on", "mobile": PHONE}).status_code
        == 302
    )

    assert User.objects.get(pk=person.pk).mobile == PHONE
    html = client.get(address(person)).content.decode()
    assert MASKED in html
    assert PHONE not in html
    assert client.get(f"/admin/phone/account/{person.pk}/").status_code == 404


def test_a_dump_holds_the_number_sealed_and_gives_it_back(member, tmp_path):
    out = io.StringIO()
    call_command("dumpdata", "committees.member", "committees.historicalmember", stdout=out)
    assert PHONE not in out.getvalue()
    told = [row["fields"]["mobile"] for row in json.loads(out.getvalue())]
    assert all(value.startswith("sealed:") for value in told)
    file = tmp_path / "members.json"
    file.write_text(out.getvalue(), encoding="utf-8")
    Member.objects.all().delete()

    call_command("loaddata", str(file), verbosity=0)

    assert Member.objects.get().mobile == PHONE


@pytest.mark.parametrize(("text", "found"), [
    ("打13887654321找我", 1), ("１３８８７６５４３２１", 1), ("138-8765-4321", 1),
    ("身份证53262219900307521x", 1), ("0876-2123456", 0), ("渝2021年第13号 共1388万元", 0),
    ("138876543210", 0), ("", 0),
])  # fmt: skip
def test_only_numbers_of_a_person_are_found_in_free_words(text, found):
    assert len(personal_in(text)) == found


def test_a_number_reads_back_as_itself():
    assert read_mobile(" 138 8765 4321 ") == PHONE
    with pytest.raises(ValidationError):
        read_mobile("8613887654")
