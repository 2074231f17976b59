"""A right that ends between two requests of one session is gone at the second."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.access import visibility as who
from tests.access.walking import browser
from tests.factories import step

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

PAGES = {
    who.OFFICE: ("/admin/consultations/case/{case}/change/", "/admin/consultations/case/{case}/edit/"),
    who.LIAISON: ("/admin/consultations/case/{case}/note/", "/my/cases/{case}/"),
    who.MEMBER: ("/my/cases/{case}/", "/admin/consultations/case/{case}/file/{file}/"),
    who.OFFICER: ("/my/tasks/{task}/", "/my/tasks/{task}/sign_for/"),
    who.PREFECTURE: ("/admin/consultations/case/{case}/change/",),
    who.PARTY: ("/my/approvals/{case}/",),
    who.AUDIT: ("/admin/committees/auditentry/",),
    who.SECURITY: ("/admin/committees/rolegrant/",),
    who.SYSTEM: ("/admin/committees/user/",),
}  # fmt: skip
GONE = (302, 404)


def urls_of(everything, person: str) -> list[str]:
    matter = everything.matters["own_handling"]
    keys = {"case": matter.case.pk, "task": matter.task, "file": matter.file}
    return [url.format(**keys) for url in PAGES[person]]


def answers(client, urls) -> set[int]:
    found = set()
    for url in urls:
        response = client.get(url)
        if response.streaming:
            list(response)
        found.add(response.status_code)
    return found


@pytest.mark.parametrize("person", PAGES)
def test_a_grant_that_ended_is_no_right(everything, db, person):
    client, urls = browser(everything, person), urls_of(everything, person)
    assert answers(client, urls) == {200}
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    everything.people[person].grants.update(valid_until=yesterday)
    assert answers(client, urls) <= set(GONE)


@pytest.mark.parametrize("person", PAGES)
def test_an_account_switched_off_is_out(everything, db, person):
    client, urls = browser(everything, person), urls_of(everything, person)
    assert answers(client, urls) == {200}
    user = everything.people[person]
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert answers(client, urls) == {302}


@pytest.mark.parametrize("person", [who.OFFICER, who.UNIT_LEADER])
def test_a_restriction_closes_the_case_to_units_at_once(everything, db, person):
    client, urls = browser(everything, person), urls_of(everything, who.OFFICER)[:1]
    assert answers(client, urls) == {200}
    county = everything.counties["own"]
    case = everything.matters["own_handling"].case
    case.refresh_from_db()
    step(case, "restrict", county=county)
    assert answers(client, urls) == {404}


def test_a_public_case_that_was_restricted_is_gone_for_everybody(everything, db):
    case = everything.matters["own_published"].case
    client, url = browser(everything, who.ANONYMOUS), reverse("public:case", args=[case.pk])
    assert client.get(url).status_code == 200
    case.refresh_from_db()
    step(case, "restrict", county=everything.counties["own"])
    assert client.get(url).status_code == 404
