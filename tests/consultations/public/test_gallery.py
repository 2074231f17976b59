"""The page of all components: for those who work on the site, not for production."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_every_component_is_drawn(client):
    html = client.get("/components/").content.decode()

    for mark in (
        'class="seats"',
        'class="ring ring--l"',
        "status--none",
        "light--red",
        "tag--demo",
    ):
        assert mark in html, mark


def test_production_has_no_such_page(client, settings):
    settings.DEMO_DATA_ALLOWED = False

    assert client.get("/components/").status_code == 404
