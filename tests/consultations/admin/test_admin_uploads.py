"""Files: judged by content, kept privately, handed out only inside the scope."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from consultations.models import Attachment
from tests.factories import a_case, task_at


def picture(kind="JPEG", size=(60, 40), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **options)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (23.0, 21.0, 0.0)}
    exif[0x010F] = "SECRETCAMERA"
    return picture(exif=exif, comment=b"SECRETCOMMENT")


def package(*names: str, content: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return out.getvalue()


DOCX = ("[Content_Types].xml", "word/document.xml")
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def send(county, enter, record, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case = a_case(county=county)

    def sent(name: str, content: bytes, kind: str = "document"):
        upload = SimpleUploadedFile(name, content, content_type="image/png")
        data = {"kind": kind, "title": "签到册", "file": upload}
        return enter(county.clerk).post(record(case, "file_add"), data)

    sent.case = case
    return sent


def named(value) -> str:
    """A package holds the time at which it was made: no name of a test."""
    return value if isinstance(value, str) else "content"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.PDF", PDF),
        ("a.jpg", picture()),
        ("a.png", picture("PNG")),
        ("a.webp", picture("WEBP")),
        ("a.docx", package(*DOCX)),
        ("a.xlsx", package("[Content_Types].xml", "xl/workbook.xml")),
    ],
    ids=named,
)
def test_a_proper_file_is_kept(send, name, content):
    assert send(name, content).status_code == 302
    assert Attachment.objects.get().title == "签到册"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.html", b"<html><script>alert(1)</script></html>"),
        ("a.exe", b"MZ\x90"),
        ("a", PDF),
        ("a.pdf", b"<html></html>"),
        ("a.pdf", PDF[:20]),
        ("a.pdf", PDF.replace(b"endobj", b"/JavaScript endobj")),
        ("a.jpg", b"<svg></svg>"),
        ("a.jpg", picture()[:300]),
        ("a.jpg", picture("PNG")),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
        ("a.docx", b"PK\x03\x04 not a zip"),
        ("a.docx", package("[Content_Types].xml")),
        ("a.docx", package(*DOCX, "word/vbaProject.bin")),
        ("a.docx", package(*DOCX, content=b"0" * 60_000_000)),
        ("a.pdf", b""),
        ("a.pdf", PDF + b"0" * (10 * 1024 * 1024)),
    ],
    ids=named,
)
def test_anything_else_is_refused_with_a_reason(send, name, content):
    answer = send(name, content)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert 'value="签到册"' in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_a_picture_of_too_many_pixels_is_refused(send):
    answer = send("a.png", picture("PNG", size=(8000, 6000)))
    assert list(answer.context["form"].errors) == ["file"]


def test_a_photo_loses_its_place_and_its_size(send):
    content = with_place()
    assert b"SECRETCAMERA" in content
    assert send("a.jpg", content, "photo").status_code == 302
    with Attachment.objects.get().file.open() as file:
        kept = file.read()
    assert b"SECRETCAMERA" not in kept
    assert b"SECRETCOMMENT" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert send("b.jpg", picture(size=(4000, 1000)), "photo").status_code == 302
    with Attachment.objects.order_by("pk").last().file.open() as file:
        assert Image.open(file).size == (2000, 500)


def test_a_file_is_handed_out_as_a_download_inside_the_scope(county, enter, record, send):
    send("../../etc/a.pdf", PDF)
    kept = Attachment.objects.get()
    url = record(send.case, "file", kept.pk)
    answer = enter(county.office).get(url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content) == PDF
    assert enter(county.outsider).get(url).status_code == 404
    other = a_case(county=county, title="另一件事")
    assert enter(county.office).get(record(other, "file", kept.pk)).status_code == 404


def test_a_unit_has_no_file_of_the_case_it_works_on(county, enter, record, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    task = task_at("handling", county=county)
    upload = SimpleUploadedFile("a.pdf", PDF)
    enter(county.clerk).post(
        record(task.case, "file_add"), {"kind": "scan", "title": "签到册", "file": upload}
    )
    url = record(task.case, "file", Attachment.objects.get().pk)
    assert enter(county.officer).get(record(task.case)).status_code == 200
    assert enter(county.officer).get(url).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found(county, enter, record, send):
    send("a.pdf", PDF)
    kept = Attachment.objects.get()
    kept.file.storage.delete(kept.file.name)
    assert enter(county.office).get(record(send.case, "file", kept.pk)).status_code == 404
