"""What a password must be, and when it has to be changed."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from committees.models import AuditEntry, UsedPassword, User
from tests.committees.signin.desk import PASSWORD, sign_in, signed_in

pytestmark = pytest.mark.django_db


def objections(password: str, user: User) -> set[str]:
    try:
        validate_password(password, user)
    except ValidationError as refused:
        return {error.code for error in refused.error_list}
    return set()


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("brave 789", {"password_too_short"}),
        ("password123", {"password_too_common"}),
        ("81470362815", {"password_entirely_numeric"}),
        ("zhengxie2026", {"password_of_here"}),
        ("TongXinYuan#1", {"password_of_here"}),
        ("brave horse", set()),
        ("勇敢的马儿跑得真快啊", set()),
        ("b" * 9 + " " * 100, set()),
    ],
)
def test_the_rules(clerk, password, why):
    assert objections(password, clerk) == why


def test_not_like_the_name(clerk):
    assert objections(f"{clerk.username}1", clerk) == {"password_too_similar"}


def test_administrators_need_two_more_characters(clerk, system_admin):
    assert objections("brave horse", clerk) == set()
    assert objections("brave horse", system_admin) == {"password_too_short"}
    assert objections("brave horse 8", system_admin) == set()


def test_none_of_the_last_five_again(clerk):
    for number in range(6):
        clerk.set_password(f"brave horse {number}")
        clerk.save()

    assert objections("brave horse 5", clerk) == {"password_used"}  # the present one
    assert objections("brave horse 1", clerk) == {"password_used"}
    assert objections("brave horse 0", clerk) == set()
    assert UsedPassword.objects.filter(user=clerk).count() == 5


def change(client, new: str = "brave horse 88", *, old: str = PASSWORD, again: str | None = None):
    typed = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post("/account/password/", typed)


def test_changing_it(clerk):
    client = signed_in(clerk)
    key = client.cookies["sessionid"].value

    assert change(client).status_code == 302

    assert client.get("/admin/").status_code == 200
    assert client.cookies["sessionid"].value != key
    assert sign_in(clerk.username).status_code == 200
    assert sign_in(clerk.username, "brave horse 88").status_code == 302
    assert AuditEntry.objects.filter(kind="password_changed", actor=clerk).count() == 1


def test_the_other_devices_are_signed_out(clerk):
    here, there = signed_in(clerk), signed_in(clerk)

    change(here)

    assert here.get("/admin/").status_code == 200
    assert there.get("/admin/").status_code == 302
    assert len(here.get("/account/sessions/").context["rows"]) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old": "not this"}, "oldpassword"),
        ({"new": "short"}, "password1"),
        ({"new": PASSWORD}, "password1"),
        ({"again": "brave horse 89"}, "password2"),
    ],
)
def test_what_is_wrong_is_said_at_its_box(clerk, typed, field):
    client = signed_in(clerk)
    answer = change(client, **typed)
    assert list(answer.context["form"].errors) == [field]


def test_whoever_must_change_it_gets_nowhere_else(clerk):
    clerk.must_change_password = True
    clerk.save()
    client = signed_in(clerk)
    for path in ("/admin/", "/account/sessions/", "/account/second/", "/", "/cases/"):
        assert client.get(path).url == "/account/password/", path
    assert client.get("/account/password/").status_code == 200
    assert client.get("/account/logout/").status_code == 200

    change(client)

    assert client.get("/admin/").status_code == 200
    clerk.refresh_from_db()
    assert not clerk.must_change_password


def test_a_stranger_is_sent_to_sign_in_first():
    assert Client().get("/account/password/").url.startswith("/account/login/")
