"""Help in `/my/`: the guide of a role on the first page until it is put away; the page of help."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from committees.models import Role
from consultations.models import GuidePutAway
from consultations.portal.screens import SCREENS
from consultations.portal.urls import urlpatterns
from consultations.web.guides import GUIDES
from tests.factories import grant

pytestmark = pytest.mark.django_db
HOME, HELP = "/my/", "/my/help/"
# What is sent, taken as a file or opened from a letter has no page of its own to explain.
NO_PAGE = {
    "notices_read", "notice", "mail", "mail_confirm", "calendar_feed", "meeting_file", "own_photo",
    "contact_back", "activity_release", "photo", "photo_small", "help", "guide",
}  # fmt: skip


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(client, url: str) -> str:
    return html.unescape(client.get(url).content.decode())


@pytest.mark.parametrize("role", ["member", "officer", "approver", "village_clerk"])
def test_who_comes_first_is_told_how_to_begin(county, role):
    client = client_of(county.people[role])
    guide = client.get(HOME).context["guide"]
    assert all(str(step) in text(client, HOME) for step in GUIDES[guide.role])

    assert client.post(reverse("my:guide", args=[guide.role])).url == HOME

    assert client.get(HOME).context["guide"] is None
    assert all(str(step) in text(client, HELP) for step in GUIDES[guide.role])


def test_a_guide_comes_back_from_the_help(county):
    client = client_of(county.member)
    address = reverse("my:guide", args=["member"])
    client.post(address)
    assert 'name="back"' in text(client, HELP)

    client.post(address, {"back": "1"})

    assert client.get(HOME).context["guide"].role == "member"
    assert 'name="back"' not in text(client, HELP)


def test_only_the_guide_of_an_own_role_is_there(county):
    client = client_of(county.member)
    assert client.post(reverse("my:guide", args=["leader"])).status_code == 404
    assert client.post(reverse("my:guide", args=["nonsense"])).status_code == 404
    assert client.get(reverse("my:guide", args=["member"])).status_code == 405
    assert not GuidePutAway.objects.exists()


def test_a_second_role_brings_its_own_guide(county):
    client = client_of(county.member)
    client.post(reverse("my:guide", args=["member"]))
    grant(county.member, Role.VILLAGE_CLERK, county.village)
    assert client.get(HOME).context["guide"].role == Role.VILLAGE_CLERK


def test_help_begins_with_the_page_one_comes_from(county):
    client = client_of(county.member)
    assert f'{HELP}?of=home"' in text(client, HOME)
    assert client.get(HELP, {"of": "duty"}).context["here"].anchor == "duty"
    for odd in ("", "nonsense", "<b>"):
        assert client.get(HELP, {"of": odd}).context["here"] is None


def test_every_page_of_one_s_own_has_help_and_no_help_lost_its_page():
    pages = {one.name for one in urlpatterns if isinstance(one, URLPattern)} - NO_PAGE
    assert {name for screen in SCREENS for name in screen.names} == pages
