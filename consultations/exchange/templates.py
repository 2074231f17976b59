"""The empty tables to fill in: headings on the first sheet, an example and the words on the second."""

from __future__ import annotations

from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from committees.services.imports.columns import COLUMNS, MOST_ROWS, Column, Kind
from consultations.exchange.sheets import OPTIONS

WIDTH = 18


def write_template(out: IO[bytes], *, kind: str) -> None:
    """Text in every cell, so that a phone keeps its digits. The example is not read."""
    book = xlsxwriter.Workbook(out, OPTIONS)
    text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
    first = book.add_worksheet(str(Kind(kind).label)[:31])
    second = book.add_worksheet(_("Example"))
    for sheet in (first, second):
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(COLUMNS[kind]) - 1, WIDTH, text)
        for at, column in enumerate(COLUMNS[kind]):
            sheet.write_string(0, at, _heading(column), head)
    for at, column in enumerate(COLUMNS[kind]):
        second.write_string(1, at, str(column.example), text)
    for number, told in enumerate(_words(kind), start=3):
        second.write_string(number, 0, told)
    book.close()


def _heading(column: Column) -> str:
    return f"{column.label}*" if column.needed else str(column.label)


def _words(kind: str) -> list[str]:
    told: list[Any] = [
        _("Columns with * are needed. At most %s rows at a time.") % MOST_ROWS,
        _("Only the first sheet is read. Regions, studios and units: name or code."),
    ]
    for column in COLUMNS[kind]:
        if column.choices:
            words = "、".join(str(label) for label in column.choices.labels)
            told.append(f"{column.label}：{words}")
    return told
