"""A member's page and photo: only where the office switched them on; groups name no resident."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from committees.models import Member
from tests.factories import a_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(county) -> Member:
    found = Member.objects.create(name="李望舒", mobile="13887654321", photo_consent=True,
                                  photo=ContentFile(b"jpg", name="me.jpg"))  # fmt: skip
    found.seats.create(committee=county.committee, position="常委", valid_from="2022")
    found.seats.create(committee=county.committee, position="旧职", valid_until="2020")
    found.contacts.create(kind="talk", head_count=3, raised="路灯", recorded_by=county.member)
    return found


def page(member: Member, name: str = "member") -> str:
    return reverse(f"public:{name}", args=[member.pk])


@pytest.mark.parametrize("name", ["member", "member-photo"])
def test_without_the_offices_word_there_is_no_page(client, member, name):
    assert client.get(page(member, name)).status_code == 404


def test_the_page_tells_name_committee_and_posts_of_today_and_nothing_else(client, member):
    Member.objects.update(is_public=True)
    told = client.get(page(member)).content.decode()
    assert "李望舒" in told
    assert "常委" in told
    for hidden in ("旧职", "13887654321", "路灯", 'img class="portrait"'):
        assert hidden not in told


def test_the_photo_is_public_only_if_that_was_released_too(client, member):
    Member.objects.update(is_public=True)
    assert client.get(page(member, "member-photo")).status_code == 404
    Member.objects.update(photo_is_public=True)
    answer = client.get(page(member, "member-photo"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"jpg"
    Member.objects.update(is_public=False, photo_is_public=False)
    assert client.get(page(member, "member-photo")).status_code == 404


def test_a_group_tells_how_many_sit_in_it_and_names_only_members_with_a_page(client, member):
    county = a_county()
    group = county.committee.groups.create(name="常设议事会", kind="council",
                                           region=county.township)  # fmt: skip
    group.memberships.create(member=member, post="召集人")
    group.memberships.create(name="张大爷")
    group.memberships.create(name="早先的人", valid_until="2020")
    for url in (reverse("public:studio", args=[county.studio.code]),
                reverse("public:committee", args=[county.region.pk])):  # fmt: skip
        told = client.get(url).content.decode()
        assert "常设议事会" in told
        assert not {"张大爷", "早先的人", "李望舒"} & {
            n for n in ("张大爷", "早先的人", "李望舒") if n in told
        }
    Member.objects.update(is_public=True)
    assert (
        "李望舒" in client.get(reverse("public:studio", args=[county.studio.code])).content.decode()
    )


def test_only_released_activities_are_public(client, member):
    county = a_county()
    for title, by in (("放出来的", county.office), ("没放的", None)):
        county.studio.activities.create(kind="study", title=title, recorded_by=county.clerk,
                                        released_by=by)  # fmt: skip
    told = client.get(reverse("public:studio", args=[county.studio.code])).content.decode()
    assert "放出来的" in told
    assert "没放的" not in told
