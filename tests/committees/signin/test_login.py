"""The door: one answer to everything wrong, one account under all spellings, no way elsewhere."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import NoReverseMatch, reverse

from committees.models import AuditEntry
from tests.committees.signin.desk import LOGIN, PASSWORD, plain, sign_in, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def switched_off(county):
    person = county.officer
    person.set_password(PASSWORD)
    person.is_active = False
    person.save()
    return person


def wrong_answers(clerk, switched_off):
    names = ("nobody-has-this", clerk.username, switched_off.username)
    words = ("long horse 78", "long horse 78", PASSWORD)
    answers = [sign_in(name, word) for name, word in zip(names, words, strict=True)]
    return [(answer.status_code, plain(answer, *names)) for answer in answers]


def test_unknown_wrong_and_switched_off_get_the_same_answer(clerk, switched_off):
    first, second, third = wrong_answers(clerk, switched_off)

    assert first == second == third
    assert first[0] == 200
    assert sign_in(clerk.username).status_code == 302


def test_each_of_them_hashes_one_password(clerk, switched_off, monkeypatch):
    hashed, stock = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or stock(*args))
    counts = []
    for name, word in (("nobody-has-this", "x"), (clerk.username, "x"),
                       (switched_off.username, PASSWORD)):  # fmt: skip
        sign_in(name, word)
        counts.append(len(hashed))
        hashed.clear()

    assert counts == [1, 1, 1]


def test_each_of_them_asks_the_database_as_often(clerk, switched_off, django_assert_num_queries):
    sign_in("nobody-has-this", "x")  # the counts of the network are there from now on
    for name in ("another-nobody", clerk.username, switched_off.username):
        with django_assert_num_queries(13):
            sign_in(name, "x")


@pytest.mark.parametrize("spelling", ["{}", " {} ", "{u}", "{wide}", "　{}"])
def test_a_name_is_one_under_all_its_spellings(clerk, spelling):
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in clerk.username)
    typed = spelling.format(clerk.username, u=clerk.username.upper(), wide=wide)

    assert sign_in(typed).status_code == 302


def test_a_password_is_taken_as_it_is_typed(clerk):
    clerk.set_password(" long horse 77 ")
    clerk.save()

    assert sign_in(clerk.username).status_code == 200
    assert sign_in(clerk.username, " long horse 77 ").status_code == 302


@pytest.mark.parametrize(
    "where",
    ["http://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
     "http://testserver/admin/help/", "evil"],
)  # fmt: skip
def test_nowhere_else(clerk, where):
    answer = Client().post(LOGIN, {"username": clerk.username, "password": PASSWORD, "next": where})
    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_back_to_where_one_wanted_to_go(clerk):
    client = Client()
    asked = client.get("/admin/help/", follow=True)
    assert asked.redirect_chain[-1] == (f"{LOGIN}?next=/admin/help/", 302)
    typed = {"username": clerk.username, "password": PASSWORD, "next": "/admin/help/"}
    assert client.post(LOGIN, typed).url == "/admin/help/"


def test_a_forged_form_does_not_sign_in(clerk):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(clerk.username, client=client).status_code == 403
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email",
                                  "account_set_password", "mfa_add_webauthn"])  # fmt: skip
def test_what_nobody_needs_is_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_signing_out_is_a_form_and_ends_the_session(clerk):
    client = signed_in(clerk)
    assert client.get("/account/logout/").status_code == 200
    assert client.get("/admin/").status_code == 200

    client.post("/account/logout/")

    assert client.get("/admin/").status_code == 302
    kinds = list(AuditEntry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["sign_in", "sign_out"]


def test_somebody_else_signs_in_on_the_same_browser(clerk, county):
    county.office.set_password(PASSWORD)
    county.office.save()
    client = signed_in(clerk)

    sign_in(county.office.username, client=client)

    assert client.get("/admin/").wsgi_request.user == county.office


def test_a_switched_off_account_is_out_with_its_next_request(clerk):
    client = signed_in(clerk)
    clerk.is_active = False
    clerk.save()

    assert client.get("/admin/").status_code == 302


def test_an_ended_role_is_out_with_its_next_request(clerk):
    client = signed_in(clerk)
    assert client.get("/admin/").status_code == 200
    clerk.grants.all().delete()

    assert client.get("/admin/").status_code == 302


def test_the_hint_of_the_demonstration_is_for_the_demonstration(county, settings):
    hint = "（承办单位）".encode()
    assert hint not in Client().get(LOGIN).content
    county.clerk.is_demo = True
    county.clerk.save()
    assert hint in Client().get(LOGIN).content
    settings.DEMO_DATA_ALLOWED = False
    assert hint not in Client().get(LOGIN).content


def test_the_old_address_still_leads_here():
    answer = Client().get("/admin/login/?next=/admin/help/")
    assert answer.url == f"{LOGIN}?next=/admin/help/"
