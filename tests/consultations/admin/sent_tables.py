"""Spreadsheets of people, sent by hand."""

from __future__ import annotations

import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from zeal import zeal_ignore

IMPORT = "/admin/people/import/"
OFFICERS, MEMBERS = IMPORT + "officers/", IMPORT + "members/"
USERS = "/admin/committees/user/"
HEAD = ["username", "name", "mobile", "role", "unit"]


def xlsx(*rows, formula: str = "") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if formula:
        sheet.write_formula(1, 1, formula, value="李明")
    book.close()
    return out.getvalue()


def csv_of(*rows) -> str:
    return "\n".join(",".join(row) for row in rows)


def send(client, content: bytes, name: str = "t.xlsx", url: str = OFFICERS):
    with zeal_ignore():
        return client.post(url, {"file": SimpleUploadedFile(name, content)})


def refusal(response) -> list[str]:
    """What stands beside the field; the page is the one of the form."""
    assert response.status_code == 200
    return response.context["form"].errors.get("file", [])


PERSON = ["liming", "李明", "13812345678", "", ""]
