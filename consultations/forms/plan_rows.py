"""Puts a pasted plan into the outcome grid, where it is looked at, mended and saved.

Nothing that stands in the grid is overwritten; a task that stands there already is not repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from consultations.forms.days import NoSuchDay
from consultations.forms.grid import MOST, open_rows, total
from consultations.forms.plan_days import read_plan_day
from consultations.forms.plan_sheet import Plan, PlanLine
from consultations.forms.units import matching
from consultations.models import Case
from consultations.selectors.places import units_for
from consultations.selectors.proposed import DueDates
from consultations.workflow.tasks import TaskRole

UNITS_APART = re.compile(r"[、，,；;/\s]+")
ITEM_BOXES = ("text", "owner", "due_on", "measure", "funds", "route")
TASK_BOXES = ("title", "unit", "due_on", "expected")

Cells = dict[str, str]


@dataclass
class Filled:
    """The data of the grid with the plan in it; `notes` tell of a row, by its prefix, how a cell
    was read."""

    data: MultiValueDict
    plan: Plan
    notes: dict[str, list[str]] = field(default_factory=dict)
    items: set[str] = field(default_factory=set)
    known: int = 0

    @property
    def tasks(self) -> int:
        return len(self.notes)


class Filling:
    """One paste into the grid of one case."""

    def __init__(self, case: Case, data: MultiValueDict, plan: Plan) -> None:
        self.units = list(units_for(case))
        self.due = DueDates(case)
        stored = case.items.values_list("pk", "text", "due_on")
        self.stored = {str(pk): (text, due) for pk, text, due in stored}
        self.data = data.copy()
        self.done = Filled(self.data, plan)

    def fill(self) -> Filled:
        """Raises `ValidationError` where the grid has no room for all of it."""
        item = ""
        for line in self.done.plan.lines:
            if line.item or not item:
                item = self._item(line.item)
            if not any((line.task, line.unit, line.assists, line.due)):
                self._measure(item, line.expected)
                continue
            for cells, notes in self._rows(line, item):
                self._put(item, cells, notes)
        return self.done

    def _item(self, text: str) -> str:
        """The row of this very item, otherwise the first one where nothing stands."""
        count = total(self.data, "i")
        rows = [f"i-{place}" for place in range(count)]
        same = (row for row in rows if text and self._text_of(row) == text)
        row = next(same, "") or next((row for row in rows if self._is_free(row)), "")
        if not row:
            self._room("i", count, _("At most %s agreed items stand on one page."))
            row = f"i-{count}"
        if row not in self.done.items and self._is_free(row):
            self.data[f"{row}-text"] = text
        for below in ("t", "c", "m"):
            open_rows(self.data, f"{row}-{below}", total(self.data, f"{row}-{below}"))
        self.done.items.add(row)
        return row

    def _text_of(self, row: str) -> str:
        """Browsers do not send a box that cannot be changed."""
        stored = self.stored.get(self.data.get(f"{row}-id", ""), ("", None))[0]
        return str(self.data.get(f"{row}-text", stored)).strip()

    def _is_free(self, row: str) -> bool:
        if self.data.get(f"{row}-id") or self._typed(row, ITEM_BOXES):
            return False
        below = range(total(self.data, f"{row}-t"))
        return not any(self._typed(f"{row}-t-{place}", TASK_BOXES) for place in below)

    def _typed(self, row: str, boxes: tuple[str, ...]) -> bool:
        return any(str(self.data.get(f"{row}-{box}", "")).strip() for box in boxes)

    def _room(self, prefix: str, count: int, told: str) -> None:
        if count >= MOST:
            raise ValidationError(told % MOST)
        open_rows(self.data, prefix, count + 1)

    def _measure(self, item: str, expected: str) -> None:
        """A line without a task tells how to see that the item is done."""
        if expected and not self.data.get(f"{item}-measure"):
            self.data[f"{item}-measure"] = expected

    def _rows(self, line: PlanLine, item: str) -> Iterator[tuple[Cells, list[str]]]:
        """The task of the lead unit, and one for each unit that assists."""
        lead, *others = self._several(line.unit)
        assists = [*others, *(unit for unit in self._several(line.assists) if unit)]
        notes = []
        if others:
            notes.append(_("Several units in one cell: the first was put as the lead."))
        role = TaskRole.LEAD if assists else TaskRole.SOLE
        due, said = self._due(line.due, item, assisting=False)
        shared = {"title": line.task, "expected": line.expected, "weight": "1"}
        yield {**shared, "unit": lead, "role": role, **due}, notes + said
        for unit in assists:
            due, said = self._due(line.due, item, assisting=True)
            yield {**shared, "unit": unit, "role": TaskRole.ASSIST, **due}, said

    def _several(self, text: str) -> list[str]:
        """The units named in one cell, as the directory writes them where it knows them."""
        if len(found := matching(self.units, text)) == 1:
            return [found[0].name]
        parts = [part for part in UNITS_APART.split(text) if part] or [""]
        known = [matching(self.units, part) for part in parts]
        return [f[0].name if len(f) == 1 else part for f, part in zip(known, parts, strict=True)]

    def _due(self, text: str, item: str, *, assisting: bool) -> tuple[Cells, list[str]]:
        """The day of a cell. Where none is written, and where it is written as 年底, the day is
        advised: it stands there, marked, until it is saved."""
        if not text:
            day = self._default(item, assisting=assisting)
            return {"due_on": day, "advised": day}, []
        try:
            found = read_plan_day(text, today=self.due.today)
        except NoSuchDay:
            found = None
        if found is None:
            return {"due_on": text}, []
        day = found.day.isoformat()
        if found.is_exact:
            return {"due_on": day}, []
        told = _("“%(written)s” was read as %(day)s.") % {"written": text, "day": day}
        return {"due_on": day, "advised": day}, [told]

    def _default(self, item: str, *, assisting: bool) -> str:
        if assisting:
            return self.due.opinion.isoformat()
        stored = self.stored.get(self.data.get(f"{item}-id", ""), ("", None))[1]
        return str(self.data.get(f"{item}-due_on", stored or "") or self.due.reply.isoformat())

    def _put(self, item: str, cells: Cells, notes: list[str]) -> None:
        prefix = f"{item}-t"
        count = total(self.data, prefix)
        rows = [f"{prefix}-{place}" for place in range(count)]
        if any(self._is_same(row, cells) for row in rows):
            self.done.known += 1
            return
        free = (r for r in rows if not self.data.get(f"{r}-id") and not self._typed(r, TASK_BOXES))
        row = next(free, "")
        if not row:
            self._room(prefix, count, _("At most %s tasks stand below one agreed item."))
            row = f"{prefix}-{count}"
        for name, value in cells.items():
            self.data[f"{row}-{name}"] = str(value)
        self.done.notes[row] = notes

    def _is_same(self, row: str, cells: Mapping[str, str]) -> bool:
        return bool(cells["title"]) and all(
            str(self.data.get(f"{row}-{name}", "")).strip() == str(cells[name])
            for name in ("title", "unit", "role")
        )
