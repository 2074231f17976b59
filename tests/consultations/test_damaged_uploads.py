"""Files with broken bytes: refused with a reason, whatever their readers raise."""

from __future__ import annotations

import io
import random
import warnings
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from consultations import uploads

TIMES = 600


def photo(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "camera"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (25.0, 2.0, 3.0)
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, kind, exif=exif)
    return out.getvalue()


def package() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", "x" * 999)
        parts.writestr("[Content_Types].xml", "y")
    return out.getvalue()


def damaged(content: bytes, dice: random.Random) -> bytes:
    broken = bytearray(content)
    for _time in range(dice.randint(1, 8)):
        reach = len(broken) if dice.random() < 0.6 else min(200, len(broken))
        broken[dice.randrange(reach)] = dice.randrange(256)
    return bytes(broken[: dice.randrange(len(broken))] if dice.random() < 0.3 else broken)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jpg", photo("JPEG")), ("a.png", photo("PNG")), ("a.webp", photo("WEBP")),
     ("a.docx", package())],
    ids=["jpg", "png", "webp", "docx"],
)  # fmt: skip
def test_damaged_bytes_are_kept_or_refused(name, content):
    dice, refused = random.Random(20261121), 0
    for _time in range(TIMES):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)
                uploads.checked(SimpleUploadedFile(name, damaged(content, dice)))
        except uploads.BadUpload:
            refused += 1
    assert refused > TIMES / 4


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_place_stays_in_a_photo(kind):
    assert Image.open(io.BytesIO(photo(kind))).getexif().get_ifd(0x8825)

    kept = uploads.checked(SimpleUploadedFile(f"a.{kind.lower()}", photo(kind)))

    picture = Image.open(io.BytesIO(kept.read()))
    assert not picture.getexif()
    assert picture.size == (40, 60)
