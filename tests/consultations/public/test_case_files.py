"""Released files on the public page of a case: shown while released, gone at once."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.models import Attachment
from consultations.services import files
from tests.consultations.services.test_files import WORDS, a_file
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(county, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return case_at("closed", county=county)


def released(case, county, **fields) -> Attachment:
    file = a_file(case, **fields)
    files.describe(file, by=county.clerk, **WORDS)
    files.release(file, by=county.office)
    return file


def address(file) -> str:
    return reverse("public:case-file", args=[file.case_id, file.public_key])


def page_of(case) -> str:
    response = Client().get(f"/cases/{case.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_released_picture_stands_on_the_page_with_its_words(case, county):
    private = a_file(case)
    file = released(case, county)
    text = page_of(case)
    assert f'src="{address(file)}" alt="{WORDS["alt_text"]}"' in text
    assert text.count("<figure><img") == 1
    assert private.title not in text
    assert file.file.name not in text


def test_the_file_comes_safely(case, county):
    response = Client().get(address(released(case, county)))
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"\xff\xd8"
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (
        response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    assert response["Content-Disposition"].startswith("inline")
    assert "no-cache" in response["Cache-Control"]


def test_a_paper_is_downloaded_never_opened_as_a_page(case, county):
    file = released(case, county, kind="document", name="x.pdf")
    response = Client().get(address(file))
    assert b"".join(response.streaming_content)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert f'src="{address(file)}"' not in page_of(case)
    assert address(file) in page_of(case)


def test_a_browser_that_has_it_asks_again_and_is_told_of_the_end(case, county):
    file = released(case, county)
    url, client = address(file), Client()
    first = client.get(url)
    assert b"".join(first.streaming_content)
    mark = first["ETag"]
    assert client.get(url, HTTP_IF_NONE_MATCH=mark).status_code == 304
    files.take_down(file, by=county.clerk, reason="不合适。")
    assert client.get(url, HTTP_IF_NONE_MATCH=mark).status_code == 404


def test_taken_down_it_is_gone_at_once_and_the_page_says_why(case, county, settings):
    settings.KEEP_PAGES = 20
    caches["pages"].clear()
    file = released(case, county)
    url = address(file)
    assert url in page_of(case)
    assert url in page_of(case)  # kept now
    files.take_down(file, by=county.clerk, reason="照片里有人后来不同意。")
    text = page_of(case)
    caches["pages"].clear()
    assert url not in text
    assert WORDS["alt_text"] not in text
    assert WORDS["title"] not in text
    assert "照片里有人后来不同意。" in text
    assert f"{timezone.localtime(file.hidden_at):%Y-%m-%d}" in text
    assert county.clerk.username not in text
    assert Client().get(url).status_code == 404


def test_a_restricted_case_shows_neither_page_nor_file(case, county):
    file = released(case, county)
    url = address(file)
    step(case, "restrict", county=county)
    assert Client().get(url).status_code == 404
    assert Client().get(f"/cases/{case.pk}/").status_code == 404


def test_nobody_guesses_an_address(case, county):
    file, private = released(case, county), a_file(case)
    other = case_at("closed", county=county, title="另一件事")
    for url in (f"/cases/{case.pk}/files/{file.pk}/", f"/cases/{case.pk}/files/{private.pk}/",
                f"/cases/{case.pk}/files/None/", f"/cases/{other.pk}/files/{file.public_key}/",
                f"/files/{file.file.name}", f"/{file.file.name}"):  # fmt: skip
        assert Client().get(url).status_code == 404, url
    assert Client().post(address(file)).status_code == 405


def test_a_file_missing_from_the_disk_is_not_found(case, county):
    file = released(case, county)
    file.file.storage.delete(file.file.name)
    assert Client().get(address(file)).status_code == 404
