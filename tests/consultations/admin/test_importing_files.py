"""Tables in every encoding are read; hostile files are answered beside the field."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from zeal import zeal_ignore

from committees.models import PeopleImport
from committees.services.imports.columns import MOST_ROWS
from tests.consultations.admin.sent_tables import (
    HEAD,
    OFFICERS,
    PERSON,
    csv_of,
    refusal,
    send,
    xlsx,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_in_whatever_encoding(admin, county, encoding, delimiter):
    text = csv_of(HEAD, PERSON).replace(",", delimiter)
    look = send(admin, text.encode(encoding), "t.csv")
    assert look.context["look"].lines[0].row.cells["name"] == "李明"


def test_numbers_and_days_in_cells_are_read_as_people_see_them(admin, county):
    head = [*HEAD[:4], "region", "valid_from"]
    book = openpyxl.Workbook()
    book.active.append(head)
    book.active.append(["liming", "李明", 13812345678, "leader", 539921, "2026-03-01"])
    out = io.BytesIO()
    book.save(out)
    line = send(admin, out.getvalue()).context["look"].lines[0]
    assert not line.errors
    cells = line.row.cells
    assert (cells["mobile"], cells["region"], cells["valid_from"]) == (
        "13812345678", "539921", "2026-03-01",
    )  # fmt: skip


def bomb() -> bytes:
    """A good table, but for blanks without end."""
    good = zipfile.ZipFile(io.BytesIO(xlsx(HEAD, PERSON)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in good.namelist():
            padding = b" " * 30_000_000 if name.endswith("sharedStrings.xml") else b""
            package.writestr(name, good.read(name) + padding)
    return out.getvalue()


def lying_bomb() -> bytes:
    """Says of itself that it is small."""
    content = bytearray(bomb())
    whole = zipfile.ZipFile(io.BytesIO(bytes(content))).getinfo("xl/sharedStrings.xml").file_size
    size = whole.to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(content)


def entities() -> bytes:
    good = zipfile.ZipFile(io.BytesIO(xlsx(HEAD, PERSON)))
    doctype = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in good.namelist():
            text = good.read(name)
            if name.endswith(("sheet1.xml", "sharedStrings.xml")):
                text = text.replace(b"?>", b"?>" + doctype.encode(), 1)
            package.writestr(name, text)
    return out.getvalue()


HOSTILE = {
    "not a spreadsheet": (b"hello", "t.xlsx"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "t.xlsx"),
    "a picture as a csv": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "t.csv"),
    "another package": (None, "t.xlsx"),
    "empty": (b"", "t.xlsx"),
    "an old workbook": (b"\xd0\xcf\x11\xe0", "t.xls"),
    "a program": (b"MZ", "t.exe"),
    "bytes": (b"\xff\xff\x81\xfe,\x80", "t.csv"),
    "a bomb": (bomb, "t.xlsx"),
    "a bomb that lies": (lying_bomb, "t.xlsx"),
    "entities": (entities, "t.xlsx"),
    "cut off": (lambda: xlsx(HEAD, PERSON)[:-200], "t.xlsx"),
    "a formula": (lambda: xlsx(HEAD, PERSON, formula="=1+1"), "t.xlsx"),
    "a formula as text": (csv_of(HEAD, ["=cmd|' /C calc'!A0", "x", "", "", ""]).encode(), "t.csv"),
    "too many rows": (lambda: csv_of(HEAD, *[PERSON] * (MOST_ROWS + 1)).encode(), "t.csv"),
    "too many rows of a workbook": (lambda: xlsx(HEAD, *[PERSON] * (MOST_ROWS + 1)), "t.xlsx"),
    "100 000 rows": (lambda: (csv_of(HEAD) + "\n,," * 100_000).encode(), "t.csv"),
    "3 MB": (b"a,b\n" * 800_000, "t.csv"),
    "one endless cell": (b'"' + b"a" * 200_000, "t.csv"),
    "no headings": (csv_of(PERSON, PERSON).encode(), "t.csv"),
    "only headings": (csv_of(HEAD).encode(), "t.csv"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_answered_beside_the_field(admin, county, what):
    content, name = HOSTILE[what]
    if what == "another package":
        out = io.BytesIO()
        zipfile.ZipFile(out, "w").writestr("a.txt", "a")
        content = out.getvalue()
    answer = send(admin, content() if callable(content) else content, name)
    told = refusal(answer)
    assert len(told) == 1
    assert 'aria-describedby="id_file_' in answer.content.decode()


def test_no_file_at_all_is_told_too(admin, county):
    assert refusal(admin.post(OFFICERS, {"look": "1"}))


def test_exactly_as_many_rows_as_are_allowed(admin, county):
    table = [[f"p{n}", f"某{n}", "", "", ""] for n in range(MOST_ROWS)]
    look = send(admin, xlsx(HEAD, *table))
    assert look.context["counts"]["new"] == MOST_ROWS
    with zeal_ignore():
        admin.post(OFFICERS, {"rows": look.context["packed"]})
    assert PeopleImport.objects.get().accounts.count() == MOST_ROWS
