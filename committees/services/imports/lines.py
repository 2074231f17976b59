"""What a row of a table would do: new, changed, the same, or wrong and at which column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from committees.models import User
from committees.numbers import read_mobile
from committees.partial_dates import PartialDate
from committees.services.imports.columns import COLUMNS, Column, Row, plain

Write = Callable[[User], None]  # writes one record for the person who takes the table over


class State(TextChoices):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass
class Line:
    """A row as it was looked at. `notes` say what would be written, or stay; `writers` do it."""

    row: Row
    kind: str
    errors: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    writers: list[Write] = field(default_factory=list)
    adds: bool = False

    def wrong(self, column: str, reason: str) -> None:
        """Something in the cell of this column stands against the row."""
        self.errors.append((self.heading(column), reason))

    def heading(self, column: str) -> str:
        return next(str(c.label) for c in COLUMNS[self.kind] if c.name == column)

    def will(self, note: str, write: Write, *, adds: bool = False) -> None:
        self.notes.append(note)
        self.writers.append(write)
        self.adds = self.adds or adds

    @property
    def state(self) -> State:
        if self.errors:
            return State.WRONG
        if not self.writers:
            return State.SAME
        return State.NEW if self.adds else State.CHANGED

    @property
    def shown(self) -> str:
        """What the row is about, in two words; never the phone."""
        names = ("name", "username") if "name" in self.row.cells else ("unit", "field")
        return " ".join(filter(None, map(self.get, names)))

    def get(self, column: str) -> str:
        return self.row.cells.get(column, "")


def checked(row: Row, kind: str) -> Line:
    """The row with what is wrong in it whatever else there is: empty, too long, no such choice."""
    line = Line(row, kind)
    for column in COLUMNS[kind]:
        text = line.get(column.name)
        if column.needed and not text:
            line.wrong(column.name, _("This is needed."))
        elif len(text) > column.most:
            line.wrong(column.name, _("At most %s letters.") % column.most)
        elif text and column.choices and choice_of(column, text) is None:
            words = "、".join(str(label) for label in column.choices.labels)
            line.wrong(column.name, _("“%(text)s” is none of these: %(words)s.")
                       % {"text": text, "words": words})  # fmt: skip
    return line


def once(line: Line, key: Hashable, *, seen: dict[Any, int], column: str) -> None:
    """Tell at the column where an earlier row of the table, of those `seen`, says the same."""
    if first := seen.get(key):
        line.wrong(column, _("Row %s says the same.") % first)
    seen.setdefault(key, line.row.number)


def choice_of(column: Column, text: str) -> str | None:
    """The value of a choice written as its label or as it is stored."""
    choices: Iterable[tuple[str, Any]] = column.choices.choices if column.choices else ()
    return next((v for v, label in choices if plain(text) in (plain(str(label)), plain(v))), None)


def chosen(line: Line, name: str) -> str:
    column = next(column for column in COLUMNS[line.kind] if column.name == name)
    return (choice_of(column, line.get(name)) or "") if line.get(name) else ""


def mobile_of(line: Line) -> str:
    """The number without gaps; what is none is told at its cell."""
    if not line.get("mobile"):
        return ""
    try:
        return read_mobile(line.get("mobile"))
    except ValidationError as wrong:
        line.wrong("mobile", " ".join(wrong.messages))
        return ""


def partial_of(line: Line, name: str) -> PartialDate | None:
    if not line.get(name):
        return None
    try:
        return PartialDate.parse(line.get(name))
    except ValueError:
        line.wrong(name, _("Write the date like 2026-03-01."))
        return None


def day_of(line: Line, name: str) -> dt.date | None:
    """A whole day, as the dates of a role are."""
    found = partial_of(line, name)
    if found is not None and not found.is_exact:
        line.wrong(name, _("Write the date like 2026-03-01."))
        return None
    return found.earliest if found else None
