"""The second factor: set up, asked for, good once; compulsory for the three administrators."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client

from committees.models import AuditEntry, Role
from committees.services import codes
from tests.committees.signin.desk import PASSWORD, code_now, sign_in, signed_in
from tests.people import a_person, with_second_factor
from tests.races import race

pytestmark = pytest.mark.django_db
ENROL, CODE, AGAIN = "/account/second/add/", "/account/second/code/", "/account/again/"


def secret_on(page) -> str:
    return re.search(rb'class="secret">([A-Z2-7]+)<', page.content).group(1).decode()


def enrol(client) -> str:
    """Set the second factor up as a person does; the secret that the app has now."""
    secret = secret_on(client.get(ENROL))
    answer = client.post(ENROL, {"code": code_now(secret)})
    assert answer.url == "/account/second/recovery/"
    return secret


@pytest.fixture
def guarded(clerk):
    with_second_factor(clerk)
    return clerk


def test_setting_it_up_signing_in_with_it_and_removing_it(clerk):
    client = signed_in(clerk)
    secret = enrol(client)
    assert len(client.get("/account/second/recovery/").context["unused_codes"]) == 10
    client.post("/account/logout/")

    assert sign_in(clerk.username, client=client).url == CODE
    assert client.get("/admin/").status_code == 302  # not in yet
    assert client.post(CODE, {"code": code_now(secret, later=1)}).url == "/admin/"
    assert client.get("/admin/").status_code == 200

    assert client.post("/account/second/remove/").url == "/account/second/"
    assert not Authenticator.objects.filter(user=clerk).exists()
    kinds = set(AuditEntry.objects.values_list("kind", flat=True))
    assert kinds >= {"second_factor_added", "second_factor_removed", "sign_in", "sign_out"}


def test_the_secret_is_nowhere_in_clear(clerk):
    client = signed_in(clerk)
    secret = secret_on(client.get(ENROL))
    session = Session.objects.get(pk=client.cookies["sessionid"].value)
    assert secret not in str(session.get_decoded())

    client.post(ENROL, {"code": code_now(secret)})

    assert secret not in str(list(Authenticator.objects.values()))


def test_a_wrong_code_sets_nothing_up_and_keeps_the_picture(clerk):
    client = signed_in(clerk)
    secret = secret_on(client.get(ENROL))
    answer = client.post(ENROL, {"code": "000000" if code_now(secret) != "000000" else "1"})
    assert list(answer.context["form"].errors) == ["code"]
    assert secret_on(answer) == secret
    assert not Authenticator.objects.filter(user=clerk).exists()


@pytest.mark.parametrize("spelling", ["{}", "{0[0]} {0[1]}", "{1}"])
def test_a_code_in_any_width_and_grouping(guarded, spelling):
    code = code_now()
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    typed = spelling.format(code if spelling == "{}" else (code[:3], code[3:]), wide)
    client = Client()
    sign_in(guarded.username, client=client)
    assert client.post(CODE, {"code": typed}).status_code == 302


def test_a_code_is_good_once(guarded):
    code, first, second = code_now(), Client(), Client()
    sign_in(guarded.username, client=first)
    sign_in(guarded.username, client=second)

    assert first.post(CODE, {"code": code}).status_code == 302
    answer = second.post(CODE, {"code": code})

    assert list(answer.context["form"].errors) == ["code"]
    assert second.post(CODE, {"code": code_now(later=1)}).status_code == 302


def test_an_earlier_code_is_not_good_after_a_later_one(guarded):
    assert codes.matching(guarded, code_now(later=1))
    assert codes.matching(guarded, code_now()) is None


def test_the_code_that_set_it_up_does_not_sign_in(clerk):
    client = signed_in(clerk)
    secret = secret_on(client.get(ENROL))
    code = code_now(secret)
    client.post(ENROL, {"code": code})
    fresh = Client()
    sign_in(clerk.username, client=fresh)
    assert fresh.post(CODE, {"code": code}).status_code == 200


def test_a_recovery_code_is_good_once(clerk):
    client = signed_in(clerk)
    enrol(client)
    spare = client.get("/account/second/recovery/").context["unused_codes"][3]
    for expected in (302, 200):
        fresh = Client()
        sign_in(clerk.username, client=fresh)
        assert fresh.post(CODE, {"code": spare}).status_code == expected


def test_new_recovery_codes_end_the_old_ones(clerk):
    client = signed_in(clerk)
    enrol(client)
    before = client.get("/account/second/recovery/").context["unused_codes"]
    assert client.post("/account/second/recovery/new/").status_code == 302
    after = client.get("/account/second/recovery/").context["unused_codes"]
    assert not set(before) & set(after)
    assert codes.matching(clerk, before[0]) is None


def test_eight_wrong_codes_lock_the_account(guarded):
    client = Client()
    sign_in(guarded.username, client=client)
    for _time in range(8):
        client.post(CODE, {"code": "1"})

    assert client.post(CODE, {"code": code_now()}).status_code == 200
    assert sign_in(guarded.username).status_code == 429


def test_the_session_gets_a_new_key_with_the_second_factor(guarded):
    client = Client()
    sign_in(guarded.username, client=client)
    before = client.cookies["sessionid"].value
    client.post(CODE, {"code": code_now()})
    assert client.cookies["sessionid"].value != before


def test_after_a_while_the_password_is_asked_again(clerk, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    client = signed_in(clerk)
    before = client.cookies["sessionid"].value
    assert client.get(ENROL).url.startswith(AGAIN)
    assert client.post(AGAIN, {"password": "wrong"}).status_code == 200

    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
    answer = client.post(f"{AGAIN}?next={ENROL}", {"password": PASSWORD, "next": ENROL})

    assert answer.url == ENROL
    assert client.get(ENROL).status_code == 200
    assert client.cookies["sessionid"].value != before
    assert len(client.get("/account/sessions/").context["rows"]) == 1


ADMINISTRATORS = [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_an_administrator_gets_nowhere_without_it(county, role):
    person = a_person(f"new-{role}", (role, county.region))
    Authenticator.objects.filter(user=person).delete()
    client = Client()
    client.force_login(person)
    for path in ("/admin/", "/admin/committees/user/", "/account/sessions/", "/"):
        assert client.get(path).url == ENROL, path
    assert client.get("/account/logout/").status_code == 200
    assert client.get("/account/password/").status_code == 200

    with_second_factor(person)

    assert client.get("/admin/").status_code == 200


def test_a_superuser_gets_nowhere_without_it(county):
    client = Client()
    client.force_login(a_person("root", is_superuser=True))
    assert client.get("/admin/").url == ENROL


def test_it_is_offered_to_everybody_and_asked_of_nobody_else(county):
    client = Client()
    client.force_login(county.clerk)
    assert client.get("/admin/").status_code == 200
    assert ENROL.encode() in client.get("/account/second/").content


def test_an_administrator_of_the_demonstration_needs_none(county, settings):
    person = a_person("sysadmin", (Role.SYSTEM_ADMIN, county.region), is_demo=True)
    Authenticator.objects.filter(user=person).delete()
    client = Client()
    client.force_login(person)
    assert client.get("/admin/").status_code == 200

    settings.DEMO_DATA_ALLOWED = False

    assert client.get("/admin/").url == ENROL


def test_after_a_change_of_keys_the_codes_still_work(clerk, settings):
    client = signed_in(clerk)
    secret = enrol(client)
    spare = client.get("/account/second/recovery/").context["unused_codes"][0]
    fresh, old = b"another-key-of-thirty-two-bytes!", settings.DATA_KEYS[0]
    settings.DATA_KEYS = [fresh, old]
    call_command("reseal")
    settings.DATA_KEYS = [fresh]

    assert codes.matching(clerk, code_now(secret, later=1))
    assert codes.matching(clerk, spare)


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_uses_of_a_code_at_once_one_is_good(guarded):
    code = code_now()

    def use_it():
        if codes.matching(guarded, code) is None:
            raise ValueError("used")

    outcomes = race(*[use_it] * 16)

    assert outcomes.count("done") == 1
