"""Every page of signing in: the headers, nothing inline, nothing kept by the browser."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from committees.services import activation
from committees.signin.urls import urlpatterns
from tests.committees.signin.desk import signed_in
from tests.people import with_second_factor

pytestmark = pytest.mark.django_db
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE
)
ABROAD = re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.IGNORECASE)


def addresses() -> list[str]:
    return [f"/account/{row.pattern}".replace("<slug:code>", "XXXX") for row in urlpatterns]


@pytest.fixture(params=["stranger", "clerk", "with_second_factor"])
def visitor(request, clerk):
    if request.param == "stranger":
        return Client()
    client = signed_in(clerk)
    if request.param == "with_second_factor":
        with_second_factor(clerk)
    return client


def test_every_page(visitor):
    seen = 0
    for address in addresses():
        answer = visitor.get(address)
        assert answer.status_code in (200, 302, 404, 405), address
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        if answer.status_code == 200:
            seen += 1
            text = answer.content.decode()
            assert "no-store" in answer["Cache-Control"], address
            assert not INLINE.search(text), (address, INLINE.search(text))
            assert not ABROAD.search(text), address
    assert seen >= 3


def test_a_link_that_is_good(clerk):
    page = Client().get(f"/account/start/{activation.issue(clerk, by=None).code}/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert not INLINE.search(page.content.decode())


def test_none_of_the_pages_of_the_library_is_mounted_besides():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    ours = {row.name for row in urlpatterns}
    assert {n for n in names if n.startswith(("account_", "mfa_", "usersessions_"))} <= ours
