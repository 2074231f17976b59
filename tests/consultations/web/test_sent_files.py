"""What leaves the server as a file: under its name and kind, and running nothing."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from committees.models import Member
from consultations import uploads
from consultations.web import sent_files

pytestmark = pytest.mark.django_db  # a response that is closed ends its connection

PHOTO = b"\x89PNG\r\n\x1a\n"
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def a_photo(name: str = "photo.png"):
    """A kept file, whichever record it hangs on."""
    photo = Member(name="李四").photo
    photo.save(name, ContentFile(PHOTO), save=False)
    return photo


def content_of(response) -> bytes:
    content = b"".join(response)
    response.close()
    return content


def is_guarded(response) -> bool:
    return {name: response[name] for name in GUARDS} == GUARDS


def test_a_file_is_shown_as_the_kind_its_name_says():
    response = sent_files.kept(a_photo())
    assert (response["Content-Type"], content_of(response)) == ("image/png", PHOTO)
    assert "attachment" not in response.get("Content-Disposition", "")
    assert is_guarded(response)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.JPEG", "image/jpeg"), ("a.odd", "application/octet-stream")]
)
def test_the_kind_is_found_for_every_name(name, kind):
    response = sent_files.kept(a_photo(name))
    response.close()
    assert response["Content-Type"] == kind


def test_a_file_to_be_saved_goes_under_its_title():
    response = sent_files.kept(a_photo(), title="plan", saved=True)
    response.close()
    assert response["Content-Disposition"] == 'attachment; filename="plan.png"'
    assert is_guarded(response)


def test_what_was_never_there_and_what_is_gone_is_404():
    with pytest.raises(Http404):
        sent_files.kept(Member(name="李四").photo)
    photo = a_photo()
    photo.storage.delete(photo.name)
    with pytest.raises(Http404):
        sent_files.kept(photo)


def test_a_spreadsheet_is_what_was_written_from_its_beginning():
    response = sent_files.spreadsheet("list", write=lambda out: out.write(b"cells"))
    assert content_of(response) == b"cells"
    assert response["Content-Disposition"] == 'attachment; filename="list.xlsx"'
    assert response["Content-Type"] == uploads.TYPES[".xlsx"]
    assert is_guarded(response)
