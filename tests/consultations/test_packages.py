"""Office files are packages: what they unpack to, and that they run nothing, for both who read them."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from committees.services.imports.columns import BadTable
from consultations.exchange.tables import MAX_UNPACKED, MOST_PARTS, read_table
from consultations.uploads import OFFICE, BadUpload, check_package

PARTS = ("[Content_Types].xml", "xl/workbook.xml")
BOOK = OFFICE[".xlsx"]


def package(*names: str, content: bytes = b"<a/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


WRONG = {
    "no package": (b"PK\x03\x04 not a zip", "damaged"),
    "without its main part": (package("[Content_Types].xml"), "damaged"),
    "without its list of parts": (package("xl/workbook.xml"), "damaged"),
    "a program": (package(*PARTS, "xl/vbaProject.bin"), "macros"),
    "far more than its size": (package(*PARTS, content=b"0" * MAX_UNPACKED), "unpacks"),
    "far too many parts": (package(*PARTS, *map(str, range(MOST_PARTS))), "unpacks"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_table_that_is_none_is_refused_for_its_reason(what):
    content, word = WRONG[what]
    with translation.override("en"), pytest.raises(BadTable) as refused:
        read_table(SimpleUploadedFile("t.xlsx", content))
    assert word in refused.value.reason


def test_a_file_of_a_case_may_be_larger_than_a_table():
    check_package(WRONG["far more than its size"][0], part=BOOK)
    check_package(WRONG["far too many parts"][0], part=BOOK)


def test_the_bounds_of_a_package_can_be_reached_and_not_passed():
    content = package(*PARTS)  # two parts of four bytes each
    check_package(content, part=BOOK, unpacked=8, parts=2)
    for bounds in ({"unpacked": 7, "parts": 2}, {"unpacked": 8, "parts": 1}):
        with pytest.raises(BadUpload):
            check_package(content, part=BOOK, **bounds)
