"""Pages for when something is wrong, which ask nothing of the database; text size and language."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.views import defaults


@pytest.mark.parametrize("view", [defaults.page_not_found, defaults.permission_denied,
                                  defaults.bad_request])  # fmt: skip
def test_an_error_page_asks_nothing_of_the_database(rf, view):
    response = view(rf.get("/cases/?q=1"), Exception())

    assert b'class="site-head"' in response.content


def test_the_last_error_page_needs_neither_request_nor_database(rf):
    response = defaults.server_error(rf.get("/"))

    assert response.status_code == 500
    assert b"<h1>" in response.content
    assert render_to_string("500.html") == response.content.decode()


def test_a_refused_form_says_why(db):
    response = Client(enforce_csrf_checks=True).post("/track/", {"code": "X"})

    assert response.status_code == 403
    assert 'class="site-head"' in response.content.decode()


def test_large_text_stays_and_can_be_taken_back(client, db):
    response = client.get("/display/?text=large&next=/cases/%3Fyear%3D2022")
    assert response["Location"] == "/cases/?year=2022"
    assert 'class="text-large"' in client.get("/cases/").content.decode()

    client.get("/display/?text=normal&next=/cases/")

    assert "text-large" not in client.get("/cases/").content.decode()


def test_the_switch_leads_back_to_the_very_page(client, db):
    html = client.get("/cases/?year=2022&q=%E6%B0%B4").content.decode()

    assert "text=large&amp;next=/cases/%3Fyear%3D2022%26q%3D%25E6%25B0%25B4" in html


def test_both_languages(client, db):
    assert '<html lang="zh-hans"' in client.get("/").content.decode()

    client.get("/display/?lang=en&next=/")
    html = client.get("/").content.decode()

    assert '<html lang="en"' in html
    assert "Raise a topic" in html


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "", "\\\\evil"]
)
def test_the_switch_leads_nowhere_else(client, db, target):
    assert client.get("/display/", {"text": "large", "next": target})["Location"] == "/"


@pytest.mark.parametrize("query", ["text=huge", "lang=xx", "lang=../../etc", "text=large%0d%0aX"])
def test_the_switch_keeps_only_what_it_knows(client, db, query):
    assert not client.get(f"/display/?{query}").cookies


def test_pages_of_different_sizes_have_different_marks(client, db):
    first = client.get("/how/")
    client.get("/display/?text=large")

    again = client.get("/how/", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert "Cookie" in again["Vary"]
