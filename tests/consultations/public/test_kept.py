"""Kept pages: handed out again unchanged, and never after something on record has changed."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse

from consultations.models import Case
from consultations.services import publishing
from tests.factories import a_case, step
from tests.public_cases import a_public_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(settings):
    """The other tests keep no pages."""
    settings.KEEP_PAGES = 20
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def case(county):
    return a_public_case(county=county, title="修缮灌溉沟渠")


def pages(case) -> list[str]:
    return [reverse("public:home"), reverse("public:cases"), case.get_absolute_url()]


def test_a_page_asked_again_costs_one_small_query(client, case, django_assert_num_queries):
    for url in pages(case):
        first = client.get(url)
        with django_assert_num_queries(1):
            again = client.get(url)
        assert again.content == first.content
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "no-cache"


def test_a_reader_who_has_the_page_gets_no_body(client, case):
    mark = client.get(reverse("public:cases")).headers["ETag"]
    again = client.get(reverse("public:cases"), headers={"if-none-match": mark})
    assert (again.status_code, again.content) == (304, b"")


def test_a_restricted_case_disappears_at_once(client, case, county):
    for url in pages(case):
        assert case.title in client.get(url).content.decode()
    step(case, "restrict", county=county, reason="涉及个人隐私")
    assert client.get(case.get_absolute_url()).status_code == 404
    for url in pages(case)[:2]:
        assert case.title not in client.get(url).content.decode()


def test_a_restriction_committed_after_a_later_line_shows_too(client, case, county):
    """Two transactions may commit in the other order than their lines were numbered."""
    client.get(reverse("public:cases"))
    Case.objects.filter(pk=case.pk).update(is_public=False, restricted_at=dt.datetime.now(dt.UTC))
    assert case.title not in client.get(reverse("public:cases")).content.decode()


def test_new_words_and_a_newly_released_case_show_at_once(client, case, county):
    url = reverse("public:cases")
    client.get(url)
    publishing.write_public_text(
        case, by=county.clerk, public_summary="沟渠通水了", result="通水", version=case.version
    )
    assert case.title not in client.get(url).content.decode(), "they wait for a second person"
    step(case, "publish", county=county)
    assert "沟渠通水了" in client.get(url).content.decode()


def test_languages_text_sizes_and_addresses_are_kept_apart(client, case, settings):
    url = reverse("public:cases")
    plain = client.get(url).content
    client.cookies["text"] = "large"
    large = client.get(url).content
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get(url).content
    other = client.get(url, {"year": case.year}).content
    assert len({plain, large, english, other}) == 4


def test_what_leaves_no_line_of_history_shows_within_seconds(client, case):
    url = reverse("public:cases")
    client.get(url)
    Case.objects.filter(pk=case.pk).update(title="改了的标题")
    assert "改了的标题" not in client.get(url).content.decode()
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=21)):
        assert "改了的标题" in client.get(url).content.decode()


def test_a_missing_page_and_a_very_long_address_are_not_kept(client, county):
    draft = a_case(county=county)
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.get(reverse("public:cases"), {"q": "长" * 200})
    kept = caches["pages"]._cache
    assert [key for key in kept if "choices" not in key and "stage-names" not in key] == []
