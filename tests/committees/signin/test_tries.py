"""Eight tries for an account, thirty for a network, in a quarter of an hour; not one more."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from committees import origin
from committees.models import AuditEntry, TryCount
from committees.services import limits, tries
from tests.committees.signin.desk import PASSWORD, plain, sign_in
from tests.races import race

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 6, 10, 4, 0, tzinfo=dt.UTC)
WIDE = "".join(chr(ord(c) + 0xFEE0) for c in "nobody")


def wrong(name: str, *, times: int, **extra) -> list[int]:
    return [sign_in(name, "wrong horse", **extra).status_code for _time in range(times)]


def test_the_ninth_try_is_not_looked_at_even_with_the_right_password(clerk):
    assert wrong(clerk.username, times=8) == [200] * 8

    answer = sign_in(clerk.username)

    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"


def test_the_time_until_then_is_that_of_the_clock_on_the_wall(clerk):
    with time_machine.travel(NOON, tick=False):
        wrong(clerk.username, times=8)

        assert "12:15" in sign_in(clerk.username).content.decode()


def test_a_name_that_nobody_has_is_locked_just_the_same(clerk):
    wrong(clerk.username, times=8)
    wrong("nobody", times=8)
    there, not_there = sign_in(clerk.username), sign_in("nobody")

    assert there.status_code == not_there.status_code == 429
    assert plain(there, clerk.username) == plain(not_there, "nobody")


def test_another_account_on_the_same_network_is_not_locked(clerk, county):
    wrong("somebody", times=8)
    assert sign_in(clerk.username).status_code == 302


def test_after_a_quarter_of_an_hour_it_goes_on(clerk):
    with time_machine.travel(NOON, tick=False) as clock:
        wrong(clerk.username, times=8)
        clock.shift(dt.timedelta(minutes=14, seconds=59))
        assert sign_in(clerk.username).status_code == 429
        clock.shift(dt.timedelta(seconds=2))
        assert sign_in(clerk.username).status_code == 302


def test_tries_during_a_lock_do_not_make_it_longer(clerk):
    with time_machine.travel(NOON, tick=False) as clock:
        wrong(clerk.username, times=8)
        clock.shift(dt.timedelta(minutes=14))
        wrong(clerk.username, times=5)
        clock.shift(dt.timedelta(minutes=2))
        assert sign_in(clerk.username).status_code == 302


def test_the_limit_holds_in_every_quarter_of_an_hour_not_only_by_the_clock(clerk):
    with time_machine.travel(NOON, tick=False) as clock:
        wrong(clerk.username, times=1)
        clock.shift(dt.timedelta(minutes=14))
        wrong(clerk.username, times=7)
        clock.shift(dt.timedelta(minutes=2))  # only the first is old by now
        assert wrong(clerk.username, times=2) == [200, 429]


def test_who_signs_in_is_not_counted(clerk):
    for _time in range(12):
        assert sign_in(clerk.username).status_code == 302
    assert wrong(clerk.username, times=9) == [200] * 8 + [429]


@pytest.mark.parametrize("spelling", ["NOBODY", " nobody", "no body", WIDE])
def test_other_spellings_are_the_same_account(spelling):
    wrong("nobody", times=8)
    assert sign_in(spelling, "wrong horse").status_code == 429


def test_thirty_tries_for_one_network(clerk):
    codes = [code for n in range(31) for code in wrong(f"nobody-{n}", times=1)]
    assert codes == [200] * 30 + [429]
    assert sign_in(clerk.username).status_code == 429
    assert sign_in(clerk.username, REMOTE_ADDR="10.0.0.2").status_code == 302


def test_a_header_does_not_make_another_network():
    for n in range(30):
        wrong(f"nobody-{n}", times=1, HTTP_X_FORWARDED_FOR=f"10.9.0.{n}")
    assert wrong("last", times=1, HTTP_X_FORWARDED_FOR="10.9.9.9") == [429]


def test_behind_our_proxy_the_network_is_the_one_it_saw(settings):
    settings.PROXIES = 1
    for n in range(30):
        wrong(f"nobody-{n}", times=1, HTTP_X_FORWARDED_FOR=f"10.9.0.{n}, 10.1.1.1")
    assert wrong("last", times=1, HTTP_X_FORWARDED_FOR="10.9.9.9, 10.1.1.1") == [429]
    assert wrong("last", times=1, HTTP_X_FORWARDED_FOR="10.9.9.9, 10.1.1.2") == [200]


def test_all_addresses_of_a_household_are_one_network():
    for n in range(30):
        wrong(f"nobody-{n}", times=1, REMOTE_ADDR=f"2001:db8::{n:x}")
    assert wrong("last", times=1, REMOTE_ADDR="2001:db8::ffff") == [429]
    assert wrong("last", times=1, REMOTE_ADDR="2001:db8:0:1::1") == [200]


def test_what_was_typed_as_a_name_is_not_kept():
    wrong("my-secret-password", times=1)
    stored = str(list(TryCount.objects.values())) + str(list(AuditEntry.objects.values()))
    assert "secret" not in stored


def test_failures_and_the_lock_are_in_the_audit_log(clerk):
    wrong(clerk.username, times=9)
    kinds = list(AuditEntry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["sign_in_failed"] * 8 + ["locked_out"]
    assert set(AuditEntry.objects.values_list("about", flat=True)) == {f"user:{clerk.pk}"}


def test_a_lifted_lock_is_no_lock(clerk, system_admin):
    wrong(clerk.username, times=8)
    for count in TryCount.objects.locked():
        tries.lift(count, by=system_admin)
    assert sign_in(clerk.username).status_code == 302


def test_old_counts_are_forgotten():
    with time_machine.travel(NOON, tick=False) as clock:
        wrong("nobody", times=1)
        clock.shift(dt.timedelta(hours=25))
        assert limits.forget() == 2
        assert not TryCount.objects.exists()


def test_the_present_password_of_a_change_is_counted_too(clerk):
    client = Client()
    client.force_login(clerk)
    typed = {"oldpassword": "wrong", "password1": "brave horse 88", "password2": "brave horse 88"}
    for _time in range(8):
        client.post("/account/password/", typed)

    answer = client.post("/account/password/", typed | {"oldpassword": PASSWORD})

    assert "oldpassword" in answer.context["form"].errors
    assert sign_in(clerk.username).status_code == 429


@pytest.mark.django_db(transaction=True)
def test_of_thirty_two_tries_at_once_eight_are_looked_at():
    origin.address.set("10.0.0.7")

    def try_it():
        tries.begin("somebody")

    outcomes = race(*[try_it] * 32)

    assert outcomes.count("done") == 8
    assert all(found.startswith(("done", "UsedUp(")) for found in outcomes)
