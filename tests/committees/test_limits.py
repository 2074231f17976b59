"""One counter for every limit: shared by all processes, exact, and evaded by no spelling or header."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
import time_machine
from django.db.models import QuerySet
from django.test import Client

from committees import origin
from committees.models import TryCount
from committees.services import limits
from committees.services.limits import Kind, UsedUp
from consultations.models import Suggestion
from consultations.services import suggestions
from tests.factories import a_county, a_person
from tests.races import race

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 6, 10, 4, 0, tzinfo=dt.UTC)


@pytest.fixture
def few(settings):
    """Three of each kind, so that a test need not send sixty."""
    settings.LIMITS = {kind: (3, within) for kind, (_most, within) in settings.LIMITS.items()}


def propose(client: Client, n: int, **extra) -> int:
    told = {"title": f"第{n}件", "problem": "走路都不方便。", "consent": "on", "region": "539921",
            "form_token": f"{n:032}"}  # fmt: skip
    return client.post("/propose/", told, **extra).status_code


def track(client: Client, n: int, **extra) -> int:
    return client.post("/track/", {"code": f"AAAAAAA{n % 8 + 2}"}, **extra).status_code


def ask(client: Client, n: int, **extra) -> int:
    return client.get("/api/cases/", {"q": f"水{n}"}, **extra).status_code


def guess(client: Client, n: int, **extra) -> int:
    return client.get(f"/s/{'z' * 42}{n}/", **extra).status_code


def activate(client: Client, n: int, **extra) -> int:
    return client.get(f"/account/start/ABCD-EFGH-JKLM-{n}/", **extra).status_code


DOORS = {"propose": (propose, 302), "track": (track, 200), "ask": (ask, 200), "guess": (guess, 404),
         "activate": (activate, 404)}  # fmt: skip


@pytest.fixture(params=DOORS)
def door(request, few):
    a_county()
    send, fine = DOORS[request.param]
    return lambda n, **extra: send(Client(), n, **extra), fine


def test_the_fourth_has_to_wait_and_another_network_has_not(door):
    send, fine = door
    assert [send(n) for n in range(4)] == [fine] * 3 + [429]
    assert send(4, REMOTE_ADDR="203.0.113.9") == fine


def test_no_header_makes_another_network(door):
    send, fine = door
    codes = [send(n, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}") for n in range(4)]
    assert codes == [fine] * 3 + [429]


def test_behind_our_proxy_only_what_it_wrote_counts(door, settings):
    settings.PROXIES = 1
    send, fine = door
    codes = [send(n, HTTP_X_FORWARDED_FOR=f"10.9.9.{n}, 203.0.113.1") for n in range(4)]
    assert codes == [fine] * 3 + [429]
    assert send(4, HTTP_X_FORWARDED_FOR="10.9.9.1, 203.0.113.2") == fine


def test_the_addresses_of_a_household_are_one(door):
    send, fine = door
    assert [send(n, REMOTE_ADDR=f"2001:db8::{n:x}") for n in range(4)] == [fine] * 3 + [429]
    assert send(4, REMOTE_ADDR="2001:db8:0:1::1") == fine


def test_who_waits_is_told_how_long(few):
    for n in range(3):
        ask(Client(), n)
    answer = Client().get("/api/cases/")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60


def test_after_the_time_it_goes_on_and_waiting_makes_it_no_longer(few):
    with time_machine.travel(NOON, tick=False) as clock:
        assert [ask(Client(), n) for n in range(5)] == [200] * 3 + [429] * 2
        clock.shift(dt.timedelta(seconds=59))
        assert ask(Client(), 5) == 429
        clock.shift(dt.timedelta(seconds=2))
        assert ask(Client(), 6) == 200


def test_the_same_topic_sent_again_counts_once(few):
    a_county()
    assert [propose(Client(), 1) for _time in range(6)] == [302] * 6
    assert Suggestion.objects.count() == 1


def test_a_good_link_is_no_guess(few):
    counted = limits.count(limits.by_address(Kind.LINK))
    limits.take_back(counted)
    assert TryCount.objects.get().moments == []


def test_one_account_does_not_use_up_anothers(few):
    one, other = a_person("one"), a_person("other")
    for _time in range(3):
        limits.count(limits.by_user(Kind.EXPORT, one))
    with pytest.raises(UsedUp):
        limits.count(limits.by_user(Kind.EXPORT, one))
    limits.count(limits.by_user(Kind.EXPORT, other))


def test_kinds_do_not_use_up_each_other(few):
    for _time in range(3):
        limits.count(limits.by_address(Kind.TRACKING))
    limits.count(limits.by_address(Kind.PROPOSAL))


def test_whoever_waits_is_not_written_down_again(few, django_assert_num_queries):
    for _time in range(3):
        limits.count(limits.by_address(Kind.API))
    with django_assert_num_queries(1), pytest.raises(UsedUp):
        limits.count(limits.by_address(Kind.API))


def test_no_address_is_kept_in_clear(few):
    origin.address.set("203.0.113.77")
    limits.count(limits.by_address(Kind.PROPOSAL))
    assert "203.0.113" not in str(list(TryCount.objects.values()))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [Kind.API, Kind.LINK, Kind.EXPORT])
def test_of_thirty_two_at_once_three_are_let_in(few, kind):
    origin.address.set("10.0.0.7")
    outcomes = race(*[lambda: limits.count(limits.by_address(kind))] * 32)
    assert outcomes.count("done") == 3
    assert all(found.startswith(("done", "UsedUp(")) for found in outcomes)


def test_a_call_is_counted_by_one_reading_and_one_writing_in_one_row(django_assert_num_queries):
    limits.count(limits.by_address(Kind.API))
    for _time in range(3):
        with django_assert_num_queries(2):
            limits.count(limits.by_address(Kind.API))
    assert len(TryCount.objects.get().moments) == 4


def test_who_was_overtaken_looks_again(few, monkeypatch):
    limits.count(limits.by_address(Kind.API))
    write, others = limits._write_over, iter([True])

    def overtaken(row, now, *, seen):
        if next(others, False):
            limits.count(limits.by_address(Kind.API))
        return write(row, now, seen=seen)

    monkeypatch.setattr(limits, "_write_over", overtaken)
    limits.count(limits.by_address(Kind.API))
    assert len(TryCount.objects.get().moments) == 3


def test_who_is_always_overtaken_waits_in_line(few, monkeypatch):
    limits.count(limits.by_address(Kind.API))
    monkeypatch.setattr(limits, "_write_over", lambda *row, seen: False)
    limits.count(limits.by_address(Kind.API))
    assert len(TryCount.objects.get().moments) == 2


@pytest.mark.django_db(transaction=True)
def test_without_looking_whether_somebody_wrote_more_are_let_in(few, monkeypatch):
    """What the race would see if the one statement were none."""
    write = limits._write_over

    def careless(row, now, *, seen):
        time.sleep(0.2)
        latest = TryCount.objects.get(pk=row.pk).changed_at
        return write(row, now, seen=latest)

    monkeypatch.setattr(limits, "_write_over", careless)
    origin.address.set("10.0.0.7")
    limits.count(limits.by_address(Kind.API))
    assert race(*[lambda: limits.count(limits.by_address(Kind.API))] * 12).count("done") > 2


@pytest.mark.django_db(transaction=True)
def test_without_the_transaction_more_are_let_in(few, monkeypatch):
    """What the test above would see if the counter were no counter."""
    held = limits._held

    def slowly(*of):
        rows = held(*of)
        time.sleep(0.2)
        return rows

    monkeypatch.setattr(limits, "_held", slowly)
    monkeypatch.setattr(limits, "transaction", SimpleNamespace(atomic=nullcontext))
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows: rows)
    monkeypatch.setattr(limits, "LOOKS", 0)
    origin.address.set("10.0.0.7")
    assert race(*[lambda: limits.count(limits.by_address(Kind.API))] * 12).count("done") > 3


@pytest.mark.django_db(transaction=True)
def test_of_thirty_two_topics_at_once_five_are_kept():
    county = a_county()
    origin.address.set("10.0.0.7")

    def send(n: int):
        return lambda: suggestions.receive_online(
            title=f"第{n}件", problem="不便", region=county.region, form_token=str(n)
        )

    outcomes = race(*[send(n) for n in range(32)])
    assert outcomes.count("done") == 5
    assert Suggestion.objects.count() == 5
