"""One table as a spreadsheet, written row by row: the memory it takes does not grow with the rows.

Every cell is text, also what looks like a formula or a number: nothing that somebody typed into a
record is calculated by the program that opens the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any

import xlsxwriter

MOST_ROWS = 50_000
# What a program may take for a formula, also full-width and behind blanks or invisible characters.
RISKY = re.compile("^[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@|%＝＋－＠\t\r\n]")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LATIN = 0x2E7F  # letters after it are as wide as two
NARROWEST, WIDEST = 8, 48  # in Latin letters; a Chinese character takes two

Columns = Sequence[tuple[Any, Callable[[Any], Any]]]  # heading, and what of a record stands below


def write_sheet(
    out: IO[bytes], *, name: str, columns: Columns, records: Iterable[Any], most: int = MOST_ROWS
) -> tuple[int, bool]:
    """Write the records into `out`; how many there were, and whether more were left out."""
    book = xlsxwriter.Workbook(out, OPTIONS)
    head, plain = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    quoted = book.add_format({"num_format": "@", "quote_prefix": True})
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 0)
    widths = [_width(str(heading)) for heading, _value in columns]
    for place, (heading, _value) in enumerate(columns):
        sheet.write_string(0, place, str(heading), head)
    count, cut_off = 0, False
    for record in records:
        if count == most:
            cut_off = True
            break
        count += 1
        for place, (_heading, value) in enumerate(columns):
            text = as_text(value(record))
            sheet.write_string(count, place, text, quoted if RISKY.match(text) else plain)
            widths[place] = max(widths[place], _width(text))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    book.close()
    return count, cut_off


def as_text(value: Any) -> str:
    return "" if value is None else str(value)[:32_000]


def _width(text: str) -> int:
    """How wide a column has to be for a text to be read without dragging, within reason."""
    wide = sum(2 if ord(letter) > LATIN else 1 for letter in text[:WIDEST])
    return min(max(wide + 2, NARROWEST), WIDEST)
