"""What may be uploaded, judged by content and not by name. Leaf.

Photos are decoded and written anew, so that nothing but the picture is kept: no EXIF, no place.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2000
SMALL = 320  # pixels of the longer side in a list
MAX_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 20_000

PHOTOS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
OFFICE = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What the readers of pictures and packages raise for damaged bytes: not their own errors only.
UNREADABLE = (
    ArithmeticError, EOFError, LookupError, NotImplementedError, OSError, SyntaxError, TypeError,
    ValueError, struct.error,
)  # fmt: skip


class BadUpload(Exception):
    """The file is refused; `reason` says why, for the person who chose it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def checked(upload: Any) -> ContentFile:
    """The file to keep, under a plain name. Raises `BadUpload`."""
    suffix = PurePath(upload.name).suffix.lower()
    if upload.size > MAX_BYTES:
        raise BadUpload(_("The file is larger than 10 MB."))
    if upload.size == 0:
        raise BadUpload(_("The file is empty."))
    if suffix in PHOTOS:
        return _photo(upload, PHOTOS[suffix])
    content = upload.read(MAX_BYTES + 1)
    if suffix == ".pdf":
        _check_pdf(content)
    elif suffix in OFFICE:
        check_package(content, part=OFFICE[suffix])
    else:
        raise BadUpload(_("Only PDF, JPG, PNG, WEBP, DOCX and XLSX files are kept."))
    return ContentFile(content, name=f"file{suffix}")


def checked_photo(upload: Any) -> ContentFile:
    """A picture to keep. Raises `BadUpload`, also for a file of another kind."""
    if PurePath(upload.name).suffix.lower() not in PHOTOS:
        raise BadUpload(_("Only JPG, PNG and WEBP pictures are kept."))
    return checked(upload)


def small(content: Any) -> bytes:
    """A JPEG of a kept picture for a list. Raises `BadUpload` where it is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(content, formats=[*dict.fromkeys(PHOTOS.values())])
            picture.draft("RGB", (2 * SMALL, 2 * SMALL))
            picture.thumbnail((SMALL, SMALL))
            out = io.BytesIO()
            picture.convert("RGB").save(out, "JPEG", quality=80)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, *UNREADABLE):
        raise BadUpload(
            _("The picture cannot be read; it may be damaged or of another kind.")
        ) from None
    return out.getvalue()


def _photo(upload: Any, kind: str) -> ContentFile:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=[kind])
            if picture.width * picture.height > MAX_PIXELS:
                raise BadUpload(_("The picture has more than 40 million pixels."))
            picture.load()
            return _written_anew(picture, kind)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise BadUpload(_("The picture has more than 40 million pixels.")) from None
    except UNREADABLE:
        raise BadUpload(
            _("The picture cannot be read; it may be damaged or of another kind.")
        ) from None


def _written_anew(picture: Image.Image, kind: str) -> ContentFile:
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    mode = "RGB" if kind == "JPEG" or upright.mode not in ("RGBA", "LA", "P") else "RGBA"
    kept = Image.new(mode, upright.size)
    kept.paste(upright.convert(mode))
    out = io.BytesIO()
    kept.save(out, kind, quality=85)
    suffix = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}[kind]
    return ContentFile(out.getvalue(), name=f"photo{suffix}")


def _check_pdf(content: bytes) -> None:
    if not content.startswith(b"%PDF-"):
        raise BadUpload(_("The file says it is a PDF but is not."))
    if b"%%EOF" not in content[-2048:]:
        raise BadUpload(_("The PDF is cut off; save and upload it again."))
    if any(word in content for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile")):
        raise BadUpload(_("The PDF contains programs or embedded files."))


def check_package(
    content: bytes, *, part: str, unpacked: int = MAX_UNPACKED, parts: int = MOST_PARTS
) -> None:
    """An office file that holds this part: how much it unpacks to, and that it runs nothing.

    Only its table of contents is read. Raises `BadUpload`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            infos = package.infolist()
    except (zipfile.BadZipFile, *UNREADABLE):
        raise BadUpload(_("The file is damaged or of another kind than its name says.")) from None
    if sum(info.file_size for info in infos) > unpacked or len(infos) > parts:
        raise BadUpload(_("The file unpacks to far more than its size."))
    names = {info.filename for info in infos}
    if not {part, "[Content_Types].xml"} <= names:
        raise BadUpload(_("The file is damaged or of another kind than its name says."))
    if any("vbaproject" in name.lower() for name in names):
        raise BadUpload(_("The file contains macros; save it without them."))
