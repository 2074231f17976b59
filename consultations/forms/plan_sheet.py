"""A plan copied from a spreadsheet, read into lines: item, task, lead unit, assisting units, due,
expected result.

Columns are found by their headings where the plan has them, otherwise by their number and by where
the days stand. A cell with a line break comes in quotes; a missing item means the one above.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.days import NoSuchDay
from consultations.forms.fields import seen
from consultations.forms.plan_days import read_plan_day

LONGEST = 100_000  # characters of one paste
MOST_LINES = 300
ITEM, TASK, UNIT, ASSISTS, DUE, EXPECTED = "item", "task", "unit", "assists", "due", "expected"
SIX = (ITEM, TASK, UNIT, ASSISTS, DUE, EXPECTED)
WITHOUT_ASSISTS = (ITEM, TASK, UNIT, DUE, EXPECTED)
NAMES = {
    ITEM: gettext_lazy("agreed item"),
    TASK: gettext_lazy("task"),
    UNIT: gettext_lazy("handling unit"),
    ASSISTS: gettext_lazy("assisting units"),
    DUE: gettext_lazy("due"),
    EXPECTED: gettext_lazy("expected result"),
}
# What plans write above their columns, without what stands in brackets.
HEADINGS = {
    ITEM: ("共识事项", "协商共识", "协商成果", "成果事项", "协商事项", "项目名称", "项目", "事项", "共识"),
    TASK: ("办理任务", "具体任务", "工作任务", "主要任务", "任务", "办理事项", "具体措施", "工作措施",
           "措施", "办理内容", "工作内容", "任务分解"),
    UNIT: ("牵头单位", "牵头责任单位", "责任单位", "承办单位", "主办单位", "办理单位", "单位"),
    ASSISTS: ("配合单位", "协办单位", "会办单位", "协助单位", "参与单位", "协同单位"),
    DUE: ("完成时限", "办理时限", "时限", "完成时间", "办结时限", "办结时间", "期限", "完成期限"),
    EXPECTED: ("成果形式", "预期成果", "完成标准", "预期目标", "目标要求", "工作目标", "成果"),
}  # fmt: skip
COUNTERS = ("序号", "编号", "号", "no", "no.")
CELL = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r\n|[\r\n]|\Z)|([^\t\r\n]*)')
COUNT = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[.、．]?")
BRACKETS = re.compile(r"[（(].*?[)）]")
BLANKS = re.compile(r"\s+")

Line = list[str]


@dataclass
class PlanLine:
    """One line of the plan; an empty item means the one above."""

    number: int
    item: str = ""
    task: str = ""
    unit: str = ""
    assists: str = ""
    due: str = ""
    expected: str = ""


@dataclass
class Plan:
    """What was read: the lines, which columns they have, and the headings that mean nothing here."""

    lines: list[PlanLine] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    unread: list[str] = field(default_factory=list)

    @property
    def column_names(self) -> str:
        return "、".join(str(NAMES[name]) for name in self.columns if name)


def read_plan(text: str) -> Plan:
    """Raises `ValidationError` where nothing can be read at all; a cell that is wrong stays in its
    line, to be told beside its box."""
    if len(text) > LONGEST:
        raise ValidationError(
            _("At most %s characters at once: paste the plan in parts.") % LONGEST
        )
    lines = [line for line in _cells(text) if any(line)]
    if not lines:
        raise ValidationError(_("Nothing was pasted."))
    if len(lines) > MOST_LINES:
        raise ValidationError(_("At most %s lines at once: paste the plan in parts.") % MOST_LINES)
    columns, unread, body = _by_headings(lines) or _by_place(lines)
    plan = Plan(columns=tuple(columns), unread=unread)
    for number, cells in enumerate(body, start=1):
        said = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
        if any(said.values()):
            plan.lines.append(_line(number, said))
    if not plan.lines:
        raise ValidationError(_("Nothing was pasted."))
    return plan


def _line(number: int, said: dict[str, str]) -> PlanLine:
    """Without a column for tasks, what was agreed is the task of whoever is named for it."""
    if TASK not in said and said.get(UNIT):
        said[TASK] = said.get(ITEM, "")
    return PlanLine(number, **said)


def _cells(text: str) -> list[Line]:
    """The cells of each line. Quotes are taken off only where a spreadsheet put them on: around a
    line break, a tab or a doubled quote."""
    lines: list[Line] = [[]]
    place = 0
    while place <= len(text):
        match = CELL.match(text, place)
        if match is None:
            break
        lines[-1].append(_plain(match))
        place = match.end()
        if place >= len(text):
            break
        if text[place] == "\t":
            place += 1
        else:
            place += 2 if text.startswith("\r\n", place) else 1
            lines.append([])
    return lines


def _plain(match: re.Match[str]) -> str:
    inner = match[1]
    if inner is None:
        text = match[2]
    elif re.search(r'[\t\r\n]|""', inner):
        text = inner.replace('""', '"')
    else:
        text = match[0]
    return BLANKS.sub(" ", seen(text))


def _by_headings(lines: Sequence[Line]) -> tuple[list[str], list[str], list[Line]] | None:
    """The columns by the headings in one of the first three lines; what stands above it is a title."""
    for place, line in enumerate(lines[:3]):
        found = [_column(cell) for cell in line]
        if len({name for name in found if name}) < 2:
            continue
        columns = [name if name not in found[:n] else "" for n, name in enumerate(found)]
        if ITEM not in columns:
            raise ValidationError(_("No column is headed “agreed item”: %s") % "、".join(line))
        unread = [cell for cell, name in zip(line, columns, strict=True)
                  if cell and not name and cell.casefold() not in COUNTERS]  # fmt: skip
        return columns, unread, list(lines[place + 1 :])
    return None


def _column(heading: str) -> str:
    plain = BRACKETS.sub("", unicodedata.normalize("NFKC", heading)).replace(" ", "")
    return next((name for name, words in HEADINGS.items() if plain in words), "")


def _by_place(lines: Sequence[Line]) -> tuple[list[str], list[str], list[Line]]:
    """The columns of a plan without headings; a first column of numbers only counts the lines."""
    first = [line[0] for line in lines if line[0]]
    counted = bool(first) and all(COUNT.fullmatch(unicodedata.normalize("NFKC", c)) for c in first)
    body = [line[1:] if counted else line for line in lines]
    width = min(max(map(len, body)), len(SIX))
    used = max(n for line in body for n, cell in enumerate(["", *line]) if cell or not n)
    fourth = [line[3] for line in body if len(line) > 3 and line[3]]
    days_fourth = width <= 4 or (bool(fourth) and all(map(_is_day, fourth)))
    columns = WITHOUT_ASSISTS if days_fourth else SIX
    if used > len(columns):
        told = _(
            "There are more columns than can be told apart. Copy the line with the headings too: %s"
        )
        raise ValidationError(told % "、".join(str(NAMES[name]) for name in SIX))
    return [*([""] if counted else []), *columns[:width]], [], list(lines)


def _is_day(text: str) -> bool:
    try:
        return read_plan_day(text, today=timezone.localdate()) is not None
    except NoSuchDay:
        return True
