"""The phone of the office, where a place gives one: on the pages on which residents ask."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from committees.models import Parameter
from consultations.services import suggestions
from tests.public_cases import a_public_case

pytestmark = pytest.mark.django_db
PHONE = "0000-1234567"


def give(region, value=PHONE):
    Parameter.objects.create(
        region=region, key="hotline", value=value, effective_from=dt.date(2020, 1, 1)
    )


def pages(county, client) -> list[str]:
    kept = suggestions.receive(
        title="路灯不亮", problem="天黑看不见。", region=county.village, form_token="a"
    )
    return [
        client.get(a_public_case().get_absolute_url()).content.decode(),
        client.get(reverse("public:committee", args=[county.region.code])).content.decode(),
        client.post(reverse("public:track"), {"code": kept.query_code}).content.decode(),
    ]


def test_the_phone_of_the_county_stands_on_the_pages(county, client):
    give(county.region)

    assert [PHONE in page for page in pages(county, client)] == [True] * 3


def test_without_a_phone_nothing_is_said(county, client):
    give(county.region.parent, value="")

    assert [PHONE in page for page in pages(county, client)] == [False] * 3
    assert not any("hotline" in page for page in pages(county, client)[:1])


def test_a_township_gives_its_own(county, client):
    give(county.region)
    give(county.township, value="0000-7654321")

    case, committee, _track = pages(county, client)
    assert "0000-7654321" in case
    assert PHONE in committee
