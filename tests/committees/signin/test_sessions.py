"""How long a session lasts, what is kept of what was typed, and where somebody is signed in."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from committees.models import AuditEntry
from committees.signin import kept
from tests.committees.signin.desk import LOGIN, PASSWORD, sign_in, signed_in

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 6, 10, 0, 0, tzinfo=dt.UTC)
LEFT, NEW_CASE = "/account/sessions/left/", "/admin/consultations/case/add/"
TYPED = {"title": "村口的水渠堵了", "problem": "一下雨水就漫到路上，老人出不了门。"}


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as moved:
        yield moved


def minutes(number: int) -> dt.timedelta:
    return dt.timedelta(minutes=number)


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_half_an_hour_of_nothing_ends_it(clerk, clock):
    client = signed_in(clerk)
    clock.shift(minutes(29))
    assert is_in(client)
    clock.shift(minutes(31))
    assert not is_in(client)
    entry = AuditEntry.objects.get(kind="session_ended")
    assert (entry.actor, entry.facts) == (clerk, '{"why": "time"}')


def test_twelve_hours_end_it_however_busy(clerk, clock):
    client = signed_in(clerk)
    for _time in range(35):
        clock.shift(minutes(20))
        assert is_in(client)
    clock.shift(minutes(21))
    assert not is_in(client)


def test_an_ended_session_does_not_come_back(clerk, clock):
    client = signed_in(clerk)
    stolen = Client()
    stolen.cookies["sessionid"] = client.cookies["sessionid"].value
    clock.shift(minutes(31))
    client.get("/admin/")
    clock.shift(minutes(-10))
    assert not is_in(stolen)


def test_asking_how_long_does_not_make_it_longer_saying_so_does(clerk, clock):
    client = signed_in(clerk)
    clock.shift(minutes(28))
    assert client.get(LEFT).json() == {"left": 120, "warn": 180}
    assert client.post(LEFT).json() == {"left": 1800, "warn": 180}
    clock.shift(minutes(29))
    assert client.get(LEFT).json()["left"] == 60
    clock.shift(minutes(2))
    assert client.get(LEFT).json()["left"] == 0


def test_a_page_writes_the_session_once_a_minute(clerk, clock, django_assert_num_queries):
    client = signed_in(clerk)
    clock.shift(minutes(2))
    client.get("/account/second/")
    before = Session.objects.values().get()
    clock.shift(dt.timedelta(seconds=50))
    client.get("/account/second/")
    assert Session.objects.values().get() == before


def test_a_form_sent_too_late_waits_for_the_same_person(clerk, clock):
    client = signed_in(clerk)
    clock.shift(minutes(31))

    late = client.post(NEW_CASE, TYPED | {"password": "not this"})

    assert late.url == f"{LOGIN}?next=/account/kept/"
    stored = str([row.get_decoded() for row in Session.objects.all()])
    assert "水渠" not in stored
    assert sign_in(clerk.username, client=client).url == "/account/kept/"
    page = client.get("/account/kept/")
    assert f'action="{NEW_CASE}"' in page.content.decode()
    assert dict(page.context["kept"].fields) == TYPED
    assert TYPED["problem"] in page.content.decode()


def test_a_page_that_asks_for_the_time_does_not_lose_the_form(clerk, clock):
    client = signed_in(clerk)
    clock.shift(minutes(31))
    assert client.get(LEFT).json()["left"] == 0
    assert client.post(NEW_CASE, TYPED).url == f"{LOGIN}?next=/account/kept/"


def test_a_late_form_can_be_let_go(clerk, clock):
    client = signed_in(clerk)
    clock.shift(minutes(31))
    client.post(NEW_CASE, TYPED)
    sign_in(clerk.username, client=client)
    assert client.post("/account/kept/drop/").url == "/admin/"
    assert client.get("/account/kept/").url == "/admin/"


def test_somebody_else_does_not_get_it(clerk, county, clock):
    county.office.set_password(PASSWORD)
    county.office.save()
    client = signed_in(clerk)
    clock.shift(minutes(31))
    client.post(NEW_CASE, TYPED)

    assert sign_in(county.office.username, client=client).url == "/admin/"
    assert client.get("/account/kept/").url == "/admin/"

    client.post("/account/logout/")
    assert sign_in(clerk.username, client=client).url == "/admin/"


def test_a_forged_form_is_not_kept(clerk, clock):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)
    client.get("/admin/")
    clock.shift(minutes(31))
    assert client.post(NEW_CASE, TYPED).status_code == 403
    assert kept.KEY not in client.session


def test_a_forged_form_to_nowhere_is_not_kept_either(clerk, clock):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)
    clock.shift(minutes(31))
    assert client.post("/nowhere/", TYPED).status_code == 404
    assert kept.KEY not in client.session


def test_an_endless_form_is_not_kept(clerk, clock):
    client = signed_in(clerk)
    clock.shift(minutes(31))
    late = client.post(NEW_CASE, {"title": "长" * kept.LARGEST})
    assert late.url.startswith("/admin/login/")
    assert kept.KEY not in client.session


def test_a_late_form_is_not_kept_for_ever(clerk, clock):
    client = signed_in(clerk)
    clock.shift(minutes(31))
    client.post(NEW_CASE, TYPED)
    clock.shift(minutes(61))
    sign_in(clerk.username, client=client)
    assert client.get("/account/kept/").url == "/admin/"


def test_what_is_public_goes_on_without_a_session(clerk, clock):
    client = signed_in(clerk)
    clock.shift(minutes(31))
    assert client.get("/").status_code == 200
    assert not is_in(client)


CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8"


def test_where_somebody_is_signed_in(clerk):
    desk, phone = Client(HTTP_USER_AGENT=CHROME), Client(HTTP_USER_AGENT=PHONE)
    sign_in(clerk.username, client=desk)
    sign_in(clerk.username, client=phone, REMOTE_ADDR="10.0.0.5")

    rows = desk.get("/account/sessions/").context["rows"]

    assert {(row.name, row.address, row.is_this) for row in rows} == {
        ("Chrome · Windows", "127.0.0.1", True),
        ("微信 · Android", "10.0.0.5", False),
    }


def test_ending_one_session(clerk):
    here, there = signed_in(clerk), signed_in(clerk)
    row = next(r for r in here.get("/account/sessions/").context["rows"] if not r.is_this)

    assert here.post("/account/sessions/", {"end": row.pk}).status_code == 302

    assert (is_in(here), is_in(there)) == (True, False)
    assert AuditEntry.objects.filter(kind="session_ended", actor=clerk).count() == 1


def test_ending_all_the_others(clerk):
    here, second, third = (signed_in(clerk) for _time in range(3))
    here.post("/account/sessions/", {"end": "others"})
    assert (is_in(here), is_in(second), is_in(third)) == (True, False, False)


@pytest.mark.parametrize("typed", ["", "x", "9" * 30, "-1"])
def test_a_session_that_is_not_ones_own_is_not_found(clerk, county, typed):
    county.office.set_password(PASSWORD)
    county.office.save()
    other = signed_in(county.office)
    client = signed_in(clerk)
    foreign = UserSession.objects.get(user=county.office).pk
    assert client.post("/account/sessions/", {"end": typed}).status_code == 404
    assert client.post("/account/sessions/", {"end": foreign}).status_code == 404
    assert is_in(other)


def test_many_sessions_are_listed_with_as_many_queries(clerk, django_assert_num_queries):
    client = signed_in(clerk)
    with django_assert_num_queries(5):
        assert len(client.get("/account/sessions/").context["rows"]) == 1
    for _time in range(2):
        signed_in(clerk)
    with django_assert_num_queries(5):
        assert len(client.get("/account/sessions/").context["rows"]) == 3


def test_the_oldest_session_ends_with_one_too_many(clerk, settings, clock):
    settings.SESSIONS_AT_ONCE = 3
    first, second, third = (signed_in_later(clerk, clock) for _time in range(3))
    assert all(map(is_in, (first, second, third)))

    fourth = signed_in_later(clerk, clock)

    assert [is_in(client) for client in (first, second, third, fourth)] == [False, True, True, True]
    entry = AuditEntry.objects.get(kind="session_ended")
    assert json.loads(entry.facts) == {"why": "too many", "sessions": 1}
    page = fourth.get("/account/sessions/")
    assert (len(page.context["rows"]), page.context["most"]) == (3, 3)


def test_a_lower_limit_ends_all_that_are_too_many(clerk, settings, clock):
    before = [signed_in_later(clerk, clock) for _time in range(4)]
    settings.SESSIONS_AT_ONCE = 1
    here = signed_in_later(clerk, clock)
    assert is_in(here)
    assert not any(map(is_in, before))
    assert UserSession.objects.filter(user=clerk).count() == Session.objects.count() == 1


def test_sessions_of_others_do_not_count(clerk, county, settings, clock):
    settings.SESSIONS_AT_ONCE = 1
    county.office.set_password(PASSWORD)
    county.office.save()
    other = signed_in_later(county.office, clock)
    assert is_in(signed_in_later(clerk, clock))
    assert is_in(other)


def signed_in_later(person, clock) -> Client:
    clock.shift(minutes(1))
    return signed_in(person)
