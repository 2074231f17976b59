"""A form sent to a page that is hidden from the person: hidden it stays, and the auditor is told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from committees import audit
from committees.models import AuditEntry, Role, User
from tests.factories import a_person, case_at, grant

pytestmark = pytest.mark.django_db
GRANT = "/admin/committees/rolegrant/add/"


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def told() -> list[tuple[int, str, str, dict]]:
    rows = AuditEntry.objects.filter(kind="refused").order_by("pk")
    return [(row.actor_id, row.about, row.region, audit.facts_of(row)) for row in rows]


def somebody_without_a_role() -> User:
    return User.objects.create(username="meiyou")


@pytest.mark.parametrize(
    ("url", "about"),
    [("/admin/", "admin:index"), (GRANT, "admin:committees_rolegrant_add"),
     ("/admin/committees/nothing/", ""), ("/my/topics/add/", "my:topic_add")],
)  # fmt: skip
def test_what_an_account_without_a_role_sends_is_told(url, about):
    person = somebody_without_a_role()
    answer = client_of(person).post(url, {"user": "1"})
    assert answer.status_code in (302, 404)
    assert told() == ([(person.pk, about, "", {"action": "POST"})] if about else [])


def test_a_step_that_it_sends_is_told_with_the_key_of_the_record(county):
    case, person = case_at("proposed", county=county), somebody_without_a_role()
    url = f"/admin/consultations/case/{case.pk}/step/approve/"
    assert client_of(person).post(url).status_code == 302
    assert told() == [(person.pk, "admin:case_step", "", {"action": "approve", "pk": case.pk})]


def test_who_had_a_role_is_told_of_where_it_was(county):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    person = somebody_without_a_role()
    grant(person, Role.LEADER, county.region, valid_from=yesterday, valid_until=yesterday)
    assert client_of(person).post(GRANT).status_code == 302
    assert told() == [
        (person.pk, "admin:committees_rolegrant_add", county.region.code, {"action": "POST"})
    ]


def test_who_tries_to_give_himself_a_role_is_told(county):
    clerk = county.clerk
    sent = {"user": clerk.pk, "role": "leader", "region": county.region.code}
    assert client_of(clerk).post(GRANT, sent).status_code == 404
    assert [(who, about) for who, about, *_rest in told()] == [
        (clerk.pk, "admin:committees_rolegrant_add")
    ]
    assert not clerk.grants.filter(role="leader").exists()


def test_the_key_that_lets_somebody_in_is_not_told(county):
    person = a_person("li", ("leader", county.region))
    url = reverse("public:supervise", kwargs={"token": "a-guessed-token"})
    client_of(person).post(url)
    assert [about for _who, about, *_rest in told()] in ([], ["public:supervise"])
    assert "guessed" not in str(told())


@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_looking_is_no_try(method):
    getattr(client_of(somebody_without_a_role()), method)(GRANT)
    assert told() == []


def test_a_visitor_without_an_account_is_no_colleague():
    assert Client().post(GRANT).status_code == 302
    assert told() == []


def test_who_may_is_not_told(county):
    url = reverse("admin:committees_rolegrant_add")
    person = county.people["security_admin"]
    assert client_of(person).post(url, {}).status_code == 200
    assert told() == []
