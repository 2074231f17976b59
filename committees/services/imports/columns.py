"""The columns of the tables: their headings, which are needed, and an example of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import HandlingUnit, PeopleImport, RemitLevel, Role, Seat

MOST_ROWS = 500
LONGEST = 200  # letters in a cell
Kind = PeopleImport.Kind


@dataclass(frozen=True)
class Column:
    """One column. `choices` are the words that may stand in it; `most` the letters of a cell."""

    name: str
    label: Any
    example: Any
    needed: bool = False
    choices: type[TextChoices] | None = None
    most: int = LONGEST


@dataclass(frozen=True)
class Row:
    """One row of the table; `number` is the one that the spreadsheet shows."""

    number: int
    cells: dict[str, str]


class BadTable(Exception):
    """The table as a whole cannot be read; `reason` says why, for the person who chose it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


PHONE = Column("mobile", gettext_lazy("mobile phone"), "138 0000 0000", most=20)
NAME = Column("name", gettext_lazy("person's name"), gettext_lazy("Zhang San"), True, most=30)
COLUMNS: dict[str, tuple[Column, ...]] = {
    Kind.OFFICERS: (
        Column("username", gettext_lazy("user name"), "zhangsan", True, most=150),
        NAME,
        PHONE,
        Column("role", gettext_lazy("role"), Role.UNIT_OFFICER.label, choices=Role),
        Column("region", gettext_lazy("region"), ""),
        Column("studio", gettext_lazy("studio"), ""),
        Column("unit", gettext_lazy("handling unit"), gettext_lazy("County water office")),
        Column("valid_from", gettext_lazy("valid from"), "2026-01-01"),
        Column("valid_until", gettext_lazy("valid until"), ""),
    ),
    Kind.MEMBERS: (
        NAME,
        PHONE,
        Column("committee", gettext_lazy("committee"), gettext_lazy("County CPPCC"), True),
        Column("sector", gettext_lazy("sector"), gettext_lazy("Agriculture")),
        Column("term", gettext_lazy("term"), "11", most=2),
        Column("position", gettext_lazy("position"), gettext_lazy("Standing committee"), most=60),
        Column("began", gettext_lazy("how it began"), Seat.Began.ADDED.label, choices=Seat.Began),
        Column("valid_from", gettext_lazy("valid from"), "2026-01"),
        Column("ended", gettext_lazy("how it ended"), "", choices=Seat.Ended),
        Column("valid_until", gettext_lazy("valid until"), ""),
        Column("ended_reason", gettext_lazy("why it ended"), ""),
        Column("studio", gettext_lazy("studio"), ""),
        Column("username", gettext_lazy("user name"), "zhangsan", most=150),
    ),
    Kind.UNITS: (
        Column("name", gettext_lazy("name"), gettext_lazy("County water office"), True, most=60),
        Column("kind", gettext_lazy("kind"), HandlingUnit.Kind.GOVERNMENT.label, True,
               choices=HandlingUnit.Kind),
        Column("region", gettext_lazy("region"), gettext_lazy("Sample county"), True),
        Column("parent", gettext_lazy("unit above"), ""),
        Column("remit", gettext_lazy("remit"), gettext_lazy("Canals and reservoirs")),
        Column("contact", gettext_lazy("contact person"), gettext_lazy("Zhang San"), most=30),
        Column("post", gettext_lazy("post"), gettext_lazy("Head of office"), most=60),
        Column("office_phone", gettext_lazy("office phone"), "0871-0000000", most=30),
    ),
    Kind.REMITS: (
        Column("unit", gettext_lazy("handling unit"), gettext_lazy("County water office"), True,
               most=60),
        Column("field", gettext_lazy("field"), gettext_lazy("Water supply"), True, most=30),
        Column("level", gettext_lazy("level of the matters"), gettext_lazy("County"), True,
               choices=RemitLevel),
        Column("region", gettext_lazy("region"), gettext_lazy("Sample county")),
        Column("note", gettext_lazy("note"), "", most=120),
        Column("valid_from", gettext_lazy("valid from"), "2026-01-01"),
        Column("valid_until", gettext_lazy("valid until"), ""),
    ),
}  # fmt: skip


def read_rows(kind: str, table: Sequence[tuple[int, Sequence[str]]]) -> list[Row]:
    """The rows below the headings, without the empty ones. Raises `BadTable`.

    `table` holds (number, cells); the first row with anything in it is the one of the headings.
    """
    filled = [(number, cells) for number, cells in table if any(cell.strip() for cell in cells)]
    if not filled:
        raise BadTable(_("The table is empty."))
    places = _places(kind, filled[0][1])
    rows = [Row(number, _cells(places, cells)) for number, cells in filled[1:]]
    if not rows:
        raise BadTable(_("There are headings, but no row below them."))
    if len(rows) > MOST_ROWS:
        raise BadTable(_("At most %s rows at a time: please split the table.") % MOST_ROWS)
    return rows


def _cells(places: dict[int, str], cells: Sequence[str]) -> dict[str, str]:
    found = {name: cells[at].strip() for at, name in places.items() if at < len(cells)}
    return {name: "".join(c for c in text if c.isprintable()) for name, text in found.items()}


def _places(kind: str, headings: Sequence[str]) -> dict[int, str]:
    """Which column stands where. An unknown heading is told: a slip would lose what is below it."""
    known = {plain(word): column for column in COLUMNS[kind]
             for word in (str(column.label), column.name)}  # fmt: skip
    found: dict[int, str] = {}
    for at, heading in enumerate(headings):
        if not plain(heading):
            continue
        column = known.get(plain(heading))
        if column is None:
            told = _("No column is called “%s”: please use the headings of the template.")
            raise BadTable(told % heading[:40])
        if column.name in found.values():
            raise BadTable(_("The column “%s” is there twice.") % column.label)
        found[at] = column.name
    missing = [str(c.label) for c in COLUMNS[kind] if c.needed and c.name not in found.values()]
    if missing:
        raise BadTable(_("These columns are missing: %s.") % "、".join(missing))
    return found


def plain(text: str) -> str:
    """How headings and choices are compared: without width, case, blanks, stars and dashes."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s*＊_\-\u200b-\u200f\ufeff]", "", wide)
