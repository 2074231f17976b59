"""A spreadsheet of people through the pages: what is chosen, looked at, taken over, printed."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from zeal import zeal_ignore

from committees.models import Activation, PeopleImport, User
from tests.consultations.admin.sent_tables import (
    HEAD,
    IMPORT,
    MEMBERS,
    OFFICERS,
    PERSON,
    USERS,
    refusal,
    send,
    xlsx,
)
from tests.people import a_county, a_person

pytestmark = pytest.mark.django_db


def test_looked_at_then_taken_over(admin, county):
    look = send(admin, xlsx(HEAD, PERSON))
    assert [line.state.value for line in look.context["look"].lines] == ["new"]
    assert "13812345678" not in look.content.decode()
    assert not User.objects.filter(username="liming").exists()

    with zeal_ignore():
        done = admin.post(OFFICERS, {"rows": look.context["packed"], "do": "1"})

    made = PeopleImport.objects.get()
    assert done.url == f"{IMPORT}done/{made.pk}/"
    assert User.objects.get(username="liming").mobile == "13812345678"
    assert "李明" in admin.get(done.url).content.decode()


def test_confirmed_twice_and_loaded_anew_it_is_there_once(admin, county):
    packed = send(admin, xlsx(HEAD, PERSON)).context["packed"]
    with zeal_ignore():
        first, second = (admin.post(OFFICERS, {"rows": packed}) for _time in range(2))
    assert first.url == second.url
    assert (PeopleImport.objects.count(), User.objects.filter(username="liming").count()) == (1, 1)


def test_what_changed_meanwhile_is_looked_at_again(admin, county):
    packed = send(admin, xlsx(HEAD, PERSON)).context["packed"]
    a_person("liming", name="李鸣")
    with zeal_ignore():
        again = admin.post(OFFICERS, {"rows": packed})
    assert again.status_code == 200
    assert again.context["counts"]["wrong"] == 1
    assert not PeopleImport.objects.exists()


def test_a_wrong_row_leaves_nothing_to_confirm(admin, county):
    look = send(admin, xlsx(HEAD, PERSON, ["wang", "", "", "", ""]))
    assert look.context["counts"] == {"new": 1, "changed": 0, "same": 0, "wrong": 1}
    assert look.context["packed"] == ""
    assert 'name="rows"' not in look.content.decode()


@pytest.mark.parametrize("typed", ["", "x", "abcdefgh.AAAA", "9" * 100])
def test_rows_nobody_looked_at_are_not_taken_over(admin, county, typed):
    answer = admin.post(OFFICERS, {"rows": typed})
    assert answer.url == OFFICERS
    assert not PeopleImport.objects.exists()


def test_rows_of_somebody_else_or_of_another_table_are_not_taken_over(admin, county, enter):
    packed = send(admin, xlsx(HEAD, PERSON)).context["packed"]
    assert enter(county.security_admin).post(OFFICERS, {"rows": packed}).url == OFFICERS
    assert admin.post(MEMBERS, {"rows": packed}).url == MEMBERS
    assert not PeopleImport.objects.exists()


def test_what_was_looked_at_yesterday_is_not_taken_over(admin, county, enter):
    packed = send(admin, xlsx(HEAD, PERSON)).context["packed"]
    with time_machine.travel(timezone.now() + dt.timedelta(hours=3)):
        assert enter(county.system_admin).post(OFFICERS, {"rows": packed}).url == OFFICERS
    assert not PeopleImport.objects.exists()


@pytest.mark.parametrize("kind", ["officers", "members", "units"])
def test_the_template_is_read_back_and_its_example_is_not(admin, county, kind):
    response = admin.get(f"{IMPORT}{kind}/template/")
    content = b"".join(response.streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.worksheets) == 2
    assert book.worksheets[1].cell(2, 1).value
    told = refusal(send(admin, content, url=f"{IMPORT}{kind}/"))
    filled = book.worksheets[0]
    assert told  # headings, and no row below
    filled.append(["x"])
    out = io.BytesIO()
    book.save(out)
    look = send(admin, out.getvalue(), url=f"{IMPORT}{kind}/")
    assert len(look.context["look"].lines) == 1


@pytest.mark.parametrize("who", ["leader", "member", "audit_admin", "unit_officer", "nobody"])
def test_others_find_no_such_page(county, who, enter):
    client = enter(getattr(county, who))
    for url in (IMPORT, OFFICERS, MEMBERS, OFFICERS + "template/"):
        assert client.get(url).status_code == (302 if who == "nobody" else 404)


def test_an_import_is_shown_to_whoever_made_it(admin, county, enter):
    packed = send(admin, xlsx(HEAD, PERSON)).context["packed"]
    with zeal_ignore():
        url = admin.post(OFFICERS, {"rows": packed}).url
    assert admin.get(url).status_code == 200
    assert enter(county.security_admin).get(url).status_code == 404
    assert enter(county.office).get(url).status_code == 404


def test_the_pages_are_as_quick_with_three_as_with_one(admin, county, django_assert_num_queries):
    def made(*names: str) -> str:
        packed = send(admin, xlsx(HEAD, *[[n, n, "", "", ""] for n in names])).context["packed"]
        with zeal_ignore():
            return admin.post(OFFICERS, {"rows": packed}).url

    one, three = made("p1"), made("p2", "p3", "p4")
    with django_assert_num_queries(DONE_QUERIES):
        admin.get(one)
    with django_assert_num_queries(DONE_QUERIES):
        admin.get(three)
    with django_assert_num_queries(CHOOSE_QUERIES):
        assert len(admin.get(IMPORT).context["done"]) == 2


DONE_QUERIES, CHOOSE_QUERIES = 6, 5


def slips(client, *people, **data):
    keys = ",".join(str(person.pk) for person in people)
    with zeal_ignore():
        return client.post(USERS, {"action": "slips", "keys": keys, **data})


def new(county, name: str) -> User:
    person = a_person(name, ("member", county.studio))
    person.set_unusable_password()
    person.save()
    return person


def test_slips_for_all_at_once_and_only_once(admin, county):
    people = [new(county, f"p{n}") for n in range(3)]
    looked = slips(admin, *people)
    assert (len(looked.context["able"]), Activation.objects.count()) == (3, 0)

    page = slips(admin, *people, do="1")

    codes = [slip.code for slip in page.context["slips"]]
    assert len(set(codes)) == 3
    assert all(code in page.content.decode() for code in codes)
    assert "no-store" in page.headers["Cache-Control"]
    for code in codes:
        assert Client().get(f"/account/start/{code}/").status_code == 200

    again = slips(admin, *people, do="1")  # loaded anew
    assert [again.context["result"].done, len(again.context["result"].refused)] == [0, 3]
    assert Activation.objects.open().count() == 3


def test_no_slip_for_who_has_a_password_is_off_or_out_of_reach(admin, county):
    elsewhere = a_county("539922", name="邻水县")
    has, off, far = new(county, "has"), new(county, "off"), new(elsewhere, "far")
    both = new(county, "both")
    both.grants.update(studio=None, region=county.region.parent, role="prefecture_office")
    has.set_password("long horse 77")
    has.save()
    User.objects.filter(pk=off.pk).update(is_active=False)
    page = slips(admin, has, off, far, both, do="1")
    assert page.context is None or not page.context.get("slips")
    assert not Activation.objects.exists()


def test_only_who_keeps_accounts_makes_slips(county, enter):
    person = new(county, "p")
    for who in ("security_admin", "office"):
        slips(enter(getattr(county, who)), person, do="1")
    assert not Activation.objects.exists()


def test_from_the_import_to_the_slips(admin, county):
    packed = send(admin, xlsx(HEAD, PERSON)).context["packed"]
    with zeal_ignore():
        done = admin.get(admin.post(OFFICERS, {"rows": packed}).url)
    keys = done.context["keys"]
    with zeal_ignore():
        page = admin.post(USERS, {"action": "slips", "keys": keys, "do": "1"})
    code = page.context["slips"][0].code
    start = Client()
    typed = {"password1": "quiet river 88", "password2": "quiet river 88"}
    assert start.post(f"/account/start/{code}/", typed).status_code == 302
    assert User.objects.get(username="liming").check_password("quiet river 88")
