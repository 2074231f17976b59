"""Signing in and out: a new key each time, nowhere else to go, nothing kept by the browser."""

from __future__ import annotations

import pytest

from tests.journeys.visitors import LOGIN, PASSWORD, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def test_signing_in_again_gives_a_new_session(town):
    clerk = town.clerk
    before = clerk.client.cookies["sessionid"].value

    clerk.post(LOGIN, {"username": clerk.user.username, "password": PASSWORD})

    assert clerk.page.path == "/admin/"
    assert clerk.client.cookies["sessionid"].value != before


@pytest.mark.parametrize("where", ["http://evil.example/", "//evil.example/", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(town, where):
    visitor, clerk = Visitor(), town.clerk.user
    visitor.open(LOGIN)

    visitor.post(LOGIN, {"username": clerk.username, "password": PASSWORD, "next": where})

    assert (visitor.page.status, visitor.page.path) == (200, "/admin/")


@pytest.mark.parametrize("path", ["/nowhere/", "/admin/consultations/case/1/change/", "/cases/1/"])
def test_what_is_not_found_is_not_kept(town, path):
    response = town.clerk.client.get(path)

    assert response.status_code == 404
    assert "no-store" in response.headers["Cache-Control"]


def test_the_interface_is_asked_again_each_time(db):
    assert Visitor().client.get("/api/cases/").headers["Cache-Control"] == "no-cache"


def test_no_address_tells_whether_a_key_exists(town):
    assert town.clerk.client.get("/admin/r/1/1/").status_code == 404
