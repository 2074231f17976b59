"""So many exports an hour for one account: then a polite word with the time, and a line on record."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.conf import settings as configured
from django.db import DatabaseError

from committees import audit
from committees.models import AuditEntry, Member, Seat
from tests.factories import a_case, a_county, a_person
from tests.races import race

pytestmark = pytest.mark.django_db
CASES = "/admin/consultations/case/"
NOON = dt.datetime(2026, 6, 10, 4, 0, tzinfo=dt.UTC)


@pytest.fixture
def few(settings):
    settings.LIMITS = settings.LIMITS | {"export": (3, dt.timedelta(hours=1))}


def export(client) -> bool:
    """Whether a file came."""
    answer = client.post(CASES, {"action": "export"})
    if answer.status_code == 302:
        return False
    assert b"".join(answer.streaming_content)
    return True


def kinds(person) -> list[str]:
    told = AuditEntry.objects.filter(actor=person, about="list:case").order_by("pk")
    return list(told.values_list("kind", flat=True))


def test_it_is_twenty_an_hour():
    assert configured.LIMITS["export"] == (20, dt.timedelta(hours=1))


def test_the_next_one_is_refused_with_the_time_and_goes_again_after_it(county, enter, few):
    a_case(county=county)
    with time_machine.travel(NOON, tick=False) as clock:
        client = enter(county.office)
        assert [export(client) for _ in range(4)] == [True, True, True, False]
        page = client.get(CASES).content.decode()
        assert "13:00" in page
        assert kinds(county.office) == ["exported", "exported", "exported", "refused"]
        clock.shift(dt.timedelta(minutes=59))
        assert not export(client)
        clock.shift(dt.timedelta(minutes=1, seconds=1))
        assert export(enter(county.office))


def test_another_account_is_not_held_up(county, enter, few):
    a_case(county=county)
    client = enter(county.office)
    assert [export(client) for _ in range(4)][-1] is False

    assert export(enter(a_person("office-2", ("county_office", county.region))))


def test_every_kind_of_file_counts(county, enter, few):
    a_case(county=county)
    member = Member.objects.create(name="李望舒")
    Seat.objects.create(member=member, committee=county.committee)
    client = enter(county.office)
    sheet = f"/admin/committees/member/{member.pk}/duty/sheet/"
    for _ in range(3):
        assert b"".join(client.get(sheet).streaming_content)

    assert client.get(sheet).status_code == 302
    assert not export(client)


def test_without_an_entry_there_is_no_file(county, enter, monkeypatch):
    def full(*args, **kwargs):
        raise DatabaseError

    client = enter(county.office)
    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(DatabaseError):
        client.post(CASES, {"action": "export"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_many_at_once_never_exceed_the_limit(settings, client):
    settings.LIMITS = settings.LIMITS | {"export": (3, dt.timedelta(hours=1))}
    county = a_county()
    a_case(county=county)
    client.force_login(county.office)
    cookies = client.cookies

    def one() -> None:
        mine = type(client)()
        mine.cookies = cookies
        export(mine)

    race(*[one] * 8)

    assert kinds(county.office).count("exported") == 3
    assert kinds(county.office).count("refused") == 5
