"""A member finds what is on record of him or her: terms, posts, studios, groups, the photo."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from committees.models import GroupMembership, Member, MemberGroup, Seat, Sector, StudioSeat
from committees.partial_dates import PartialDate
from tests.factories import a_person

pytestmark = pytest.mark.django_db
DUTY, PHOTO = "/my/duty/", "/my/duty/photo/"


@pytest.fixture
def me(county):
    return Member.objects.create(name="李望舒", user=county.member)


def enter(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_terms_posts_studios_and_groups_with_their_dates(county, me):
    sector = Sector.objects.create(code="farm", name="农业界")
    Seat.objects.create(member=me, committee=county.committee, sector=sector, term=11,
                        position="常委", valid_from=PartialDate.parse("2022-01"))  # fmt: skip
    StudioSeat.objects.create(studio=county.studio, member=me, kind="member", name=me.name)
    group = MemberGroup.objects.create(
        committee=county.committee, name="第三联络组", kind="liaison"
    )
    GroupMembership.objects.create(group=group, member=me, post="组长",
                                   valid_from=PartialDate.parse("2023"))  # fmt: skip
    page = enter(county.member).get(DUTY).content.decode()
    for word in (
        "农业界",
        "常委",
        "11",
        "2022年1月",
        county.studio.name,
        "第三联络组",
        "组长",
        "2023年",
    ):
        assert word in page, word


def test_my_photo_is_for_me(county, me, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = enter(county.member)
    assert client.get(PHOTO).status_code == 404
    out = io.BytesIO()
    Image.new("RGB", (30, 40), "teal").save(out, "PNG")
    me.photo, me.photo_consent = SimpleUploadedFile("p.png", out.getvalue()), True
    me.save()
    assert PHOTO in client.get(DUTY).content.decode()
    answer = client.get(PHOTO)
    assert b"".join(answer.streaming_content) == out.getvalue()
    assert answer.headers["Content-Type"] == "image/png"
    other = a_person("second", ("member", county.studio))
    assert enter(other).get(PHOTO).status_code == 404


def test_the_studio_says_where_it_works(county):
    page = enter(county.member).get(f"/my/studio/{county.studio.pk}/").content.decode()
    assert county.township.name in page
