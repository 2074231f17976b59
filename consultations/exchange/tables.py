"""A table that comes in: the first sheet of an XLSX file or a CSV file, as rows of text.

Nothing is calculated and nothing is unpacked beyond a small size: whatever the file says of itself,
it costs little to find out. `BadTable` says why a file is not read.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from committees.services.imports.columns import MOST_ROWS, BadTable
from consultations.uploads import OFFICE, UNREADABLE, BadUpload, check_package

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 10 * 1024 * 1024
MOST_PARTS = 500
MOST_SEEN = 2 * MOST_ROWS  # rows with nothing in them count here
WIDEST = 40
BROKEN = (
    *UNREADABLE, AttributeError, RuntimeError, InvalidFileException, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
Table = list[tuple[int, list[str]]]


def read_table(upload: Any) -> Table:
    """(number of the row, cells as text) of every row. Raises `BadTable`."""
    if upload.size > MAX_BYTES:
        raise BadTable(_("The file is larger than 2 MB; a table of names is much smaller."))
    content, suffix = upload.read(MAX_BYTES + 1), PurePath(upload.name).suffix.lower()
    if not content:
        raise BadTable(_("The file is empty."))
    if suffix == ".xlsx":
        return _collected(_xlsx(content))
    if suffix in (".csv", ".txt"):
        return _collected(_csv(content))
    if suffix in (".xls", ".et", ".ods", ".wps"):
        raise BadTable(_("Please save the table as XLSX or CSV first."))
    raise BadTable(_("Only XLSX and CSV files are read."))


def _collected(rows: Iterable[list[str]]) -> Table:
    table: Table = []
    filled = 0
    for number, cells in enumerate(rows, start=1):
        filled += any(cells)
        if filled > MOST_ROWS + 1 or number > MOST_SEEN:
            told = _("At most %s rows at a time: please split the table.")
            raise BadTable(told % MOST_ROWS)
        if at := next((cell for cell in cells if cell.startswith("=")), ""):
            told = _("Row %(number)s holds a formula (%(cell)s): please paste it as a value.")
            raise BadTable(told % {"number": number, "cell": at[:20]})
        table.append((number, cells))
    return table


def _xlsx(content: bytes) -> Iterator[list[str]]:
    unread = _("The file cannot be read as a spreadsheet; please save it as XLSX again.")
    try:
        check_package(content, part=OFFICE[".xlsx"], unpacked=MAX_UNPACKED, parts=MOST_PARTS)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook holds besides its cells
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for cells in sheet.iter_rows(max_col=WIDEST, values_only=True):
                yield [_text(cell) for cell in cells]
    except BadUpload as refused:
        raise BadTable(refused.reason) from None
    except BROKEN:
        raise BadTable(unread) from None


def _text(cell: Any) -> str:
    """13812345678.0 is a number that stood in the cell without its fraction; a day is a day."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d}"
    return str(cell).strip()


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [cell.strip() for cell in cells[:WIDEST]]
    except csv.Error:
        raise BadTable(_("The file cannot be read as a table; please use the template.")) from None


def _decoded(content: bytes) -> str:
    """Written by whatever program: UTF-8 with its mark or without, GBK, or UTF-16 with its mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codes: tuple[str, ...] = ("utf-16",)
    elif b"\0" in content:
        codes = ()
    else:
        codes = ("utf-8-sig", "gb18030")
    for code in codes:
        try:
            return content.decode(code)
        except UnicodeDecodeError:
            continue
    raise BadTable(_("The file cannot be read as text; please save it as UTF-8 or XLSX."))
