"""Accounts switched on and off, grants that end: many at once, each with its own answer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from zeal import zeal_ignore

from committees.models import AuditEntry, RoleGrant, User
from tests.factories import a_county, a_person

pytestmark = pytest.mark.django_db
USERS = "/admin/committees/user/"
GRANTS = "/admin/committees/rolegrant/"
TODAY = timezone.localdate


def enter(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client, url, action, *rows, **data):
    keys = ",".join(str(row.pk) for row in rows)
    with zeal_ignore():  # one row after the other, each in its own transaction
        return client.post(url, {"action": action, "keys": keys, **data})


def test_accounts_are_switched_off_and_on_again(county):
    people = [a_person(f"p{n}", ("member", county.region)) for n in range(2)]
    client = enter(county.people["system_admin"])
    looked = client.post(
        USERS, {"action": "switch_off", "_selected_action": [p.pk for p in people]}
    )
    assert len(looked.context["able"]) == 2
    assert User.objects.filter(pk__in=[p.pk for p in people], is_active=True).count() == 2
    done = send(client, USERS, "switch_off", *people, do=1)
    assert done.context["result"].done == 2
    assert not User.objects.filter(pk__in=[p.pk for p in people], is_active=True).exists()
    again = send(client, USERS, "switch_off", *people, do=1)
    assert again.context["result"].done == 0
    assert send(client, USERS, "switch_on", *people, do=1).context["result"].done == 2
    told = AuditEntry.objects.filter(kind="changed", about__startswith="user:")
    assert told.count() == 4


def test_nobody_switches_himself_or_an_administrator_off(county):
    own, other = county.people["system_admin"], county.people["security_admin"]
    client = enter(own)
    done = send(client, USERS, "switch_off", own, other, do=1)
    assert done.context["result"].done == 0
    assert len(done.context["result"].refused) == 2
    assert User.objects.filter(pk__in=[own.pk, other.pk], is_active=True).count() == 2


def test_only_the_system_administrator_switches_accounts(county):
    person = a_person("p", ("member", county.region))
    for who in ("security_admin", "office"):
        send(enter(county.people[who]), USERS, "switch_off", person, do=1)
    person.refresh_from_db()
    assert person.is_active


def test_accounts_elsewhere_are_passed_over(county):
    elsewhere = a_county("539922", name="白塔县").member
    done = send(enter(county.people["system_admin"]), USERS, "switch_off", elsewhere, do=1)
    assert "result" not in (done.context or {})
    elsewhere.refresh_from_db()
    assert elsewhere.is_active


def test_roles_end_on_a_day(county):
    person = a_person("p", ("member", county.region), ("liaison", county.studio))
    grants = list(person.grants.order_by("pk"))
    client = enter(county.people["security_admin"])
    day = TODAY() + dt.timedelta(days=10)
    looked = send(client, GRANTS, "end", *grants, look=1, day=day.isoformat())
    assert len(looked.context["able"]) == 2
    assert day.isoformat() in looked.context["able"][0].text
    done = send(client, GRANTS, "end", *grants, do=1, day=day.isoformat())
    assert done.context["result"].done == 2
    assert set(person.grants.values_list("valid_until", flat=True)) == {day}
    assert person.grants.in_force().count() == 2
    assert not person.grants.in_force(day + dt.timedelta(days=1)).exists()
    assert AuditEntry.objects.filter(kind="grant_changed").count() == 2
    newest = grants[0].history.first()
    assert newest.history_user == county.people["security_admin"]
    again = send(client, GRANTS, "end", *grants, do=1, day=day.isoformat())
    assert again.context["result"].done == 0


@pytest.mark.parametrize("day", ["", "x", "2020-02-31"])
def test_a_wrong_day_is_said_beside_the_field(county, day):
    grant = county.member.grants.first()
    answer = send(enter(county.people["security_admin"]), GRANTS, "end", grant, do=1, day=day)
    assert "day" in answer.context["form"].errors
    assert RoleGrant.objects.get(pk=grant.pk).valid_until is None


def test_no_role_ends_in_the_past_and_nobody_ends_his_own(county):
    grant, own = county.member.grants.first(), county.people["security_admin"].grants.first()
    client = enter(county.people["security_admin"])
    past = (TODAY() - dt.timedelta(days=1)).isoformat()
    assert send(client, GRANTS, "end", grant, do=1, day=past).context["result"].done == 0
    today = TODAY().isoformat()
    assert send(client, GRANTS, "end", own, do=1, day=today).context["result"].done == 0
    assert not RoleGrant.objects.filter(valid_until__isnull=False).exists()


def test_only_the_security_administrator_ends_roles(county):
    grant = county.member.grants.first()
    day = TODAY().isoformat()
    for who in ("system_admin", "audit_admin", "office"):
        send(enter(county.people[who]), GRANTS, "end", grant, do=1, day=day)
    grant.refresh_from_db()
    assert grant.valid_until is None
