"""Rows copied from a spreadsheet or a message, read into a grid for confirmation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from committees.lookups import resolve, text_of
from consultations.forms.days import NoSuchDay, read_day
from consultations.forms.fields import seen
from consultations.forms.grid import MOST, open_rows, total
from consultations.models import Capacity, Case
from consultations.selectors.places import units_for

COLUMNS = 4
# What people write in sign-in sheets for a capacity, besides its name.
USUAL_WORDS = {
    "主持": Capacity.HOST, "主持人": Capacity.HOST, "委员": Capacity.MEMBER,
    "当事人": Capacity.PARTY, "利益方": Capacity.PARTY, "村民": Capacity.MASSES,
    "村民代表": Capacity.MASSES, "居民代表": Capacity.MASSES, "群众": Capacity.MASSES,
    "村干部": Capacity.CADRE, "社区干部": Capacity.CADRE, "乡镇干部": Capacity.TOWNSHIP,
    "部门": Capacity.DEPARTMENT, "单位": Capacity.DEPARTMENT, "民警": Capacity.POLICE,
    "议事会": Capacity.COUNCIL, "记者": Capacity.MEDIA, "旁听": Capacity.OBSERVER,
}  # fmt: skip


@dataclass
class PastedItem:
    """One agreed item with its tasks: (title, unit, due), as they will stand in the boxes."""

    text: str
    tasks: list[tuple[str, str, str]] = field(default_factory=list)


def read_outcome(text: str, *, case: Case) -> list[PastedItem]:
    """Lines of item, task, unit, due, parted by tabs; an empty item means the one above.

    Raises `ValidationError` with one message for each broken line, naming its number.
    """
    items: list[PastedItem] = []
    broken: list[str] = []
    units = units_for(case)
    for number, line in enumerate(text.splitlines(), start=1):
        if not seen(line):
            continue
        try:
            _read_line(line, items, units)
        except ValueError as wrong:
            broken.append(_("Line %(number)s: %(what)s") % {"number": number, "what": wrong})
    if not items and not broken:
        broken.append(_("Nothing was pasted."))
    if broken:
        raise ValidationError(broken)
    return items


def _read_line(line: str, items: list[PastedItem], units: QuerySet) -> None:
    cells = [seen(cell) for cell in line.split("\t")]
    if len(cells) > COLUMNS:
        raise ValueError(_("more than four columns (item, task, unit, due)."))
    item, task, unit, due = (*cells, *[""] * (COLUMNS - len(cells)))
    if not item and not items:
        raise ValueError(_("the first line names an agreed item."))
    if len(item) > 300 or len(task) > 120:
        raise ValueError(_("the item has at most 300, the task at most 120 characters."))
    if (unit or due) and not task:
        raise ValueError(_("a unit or a date stands without a task."))
    row = (task, _unit(unit, units), _day(due))
    if item and (not items or items[-1].text != item):
        items.append(PastedItem(item))
    if task:
        items[-1].tasks.append(row)


def _unit(text: str, units: QuerySet) -> str:
    if not text:
        return ""
    found = resolve(units, text)
    if len(found) == 1:
        return text_of(found[0])
    if found:
        raise ValueError(_("several units fit “%s”.") % text)
    raise ValueError(_("the unit “%s” is not in the directory.") % text)


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        day = read_day(text)
    except NoSuchDay:
        raise ValueError(_("there is no such day: “%s”.") % text) from None
    if day is None:
        raise ValueError(_("“%s” is not a date such as 2026-06-30.") % text)
    return day.isoformat()


def fill_outcome(
    data: MultiValueDict, items: list[PastedItem], *, confirmed: dict[str, str]
) -> MultiValueDict:
    """The grid's data with the pasted rows in its first empty rows, to be looked at and saved.

    `confirmed` has the wording of the stored items by their key: browsers do not send a box that
    cannot be changed.
    """
    filled = data.copy()
    for item in items:
        place = _item_place(filled, item.text, confirmed)
        prefix = f"i-{place}"
        filled[f"{prefix}-text"] = item.text
        for below in ("t", "c"):
            open_rows(filled, f"{prefix}-{below}", total(filled, f"{prefix}-{below}"))
        for title, unit, due in item.tasks:
            row = {"title": title, "unit": unit, "due_on": due, "role": "sole", "weight": "1"}
            _put(filled, f"{prefix}-t", "title", row)
    return filled


def _item_place(data: MultiValueDict, text: str, confirmed: dict[str, str]) -> int:
    """The row that holds this very item already, otherwise the first empty one."""
    count = total(data, "i")
    for place in range(count):
        stored = confirmed.get(data.get(f"i-{place}-id", ""), "")
        if data.get(f"i-{place}-text", stored).strip() == text:
            return place
    return _first_empty(data, "i", "text")


def _first_empty(data: MultiValueDict, prefix: str, name: str) -> int:
    count = total(data, prefix)
    for place in range(count):
        row = f"{prefix}-{place}"
        if not data.get(f"{row}-{name}", "").strip() and not data.get(f"{row}-id"):
            return place
    open_rows(data, prefix, count + 1)
    return min(count, MOST - 1)


def _put(data: MultiValueDict, prefix: str, name: str, values: dict[str, str]) -> None:
    place = _first_empty(data, prefix, name)
    for key, value in values.items():
        data[f"{prefix}-{place}-{key}"] = value


def fill_people(data: MultiValueDict, text: str) -> MultiValueDict:
    """Lines of name, capacity, organisation put into the grid of participants.

    In a line of two the second may be the post; then the capacity is left to choose. Raises `ValidationError` with one message for each broken line.
    """
    filled, broken = data.copy(), []
    known = {str(label): value for value, label in Capacity.choices}
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [seen(cell) for cell in re.split(r"[，,\t、]", line)]
        if not any(cells):
            continue
        name, capacity, organisation = (*cells, "", "")[:3]
        value = _capacity(capacity, known) if capacity else ""
        if value is None and len(cells) == 2:
            value, organisation = "", capacity
        if value is None:
            broken.append(_("Line %(number)s: the capacity “%(what)s” is not in the list.")
                          % {"number": number, "what": capacity})  # fmt: skip
            continue
        _put_person(filled, {"name": name, "capacity": value, "organisation": organisation})
    if broken:
        raise ValidationError(broken)
    return filled


def _capacity(text: str, known: dict[str, str]) -> str | None:
    """The capacity of this name or usual word, or the one whose name holds the text."""
    if found := known.get(text) or USUAL_WORDS.get(text):
        return found
    fits = [value for label, value in known.items() if text and text in label]
    return fits[0] if len(fits) == 1 else None


def _put_person(data: MultiValueDict, values: dict[str, str]) -> None:
    count = total(data, "p")
    for place in range(count):
        row = f"p-{place}"
        taken = [data.get(f"{row}-{name}") for name in ("id", "name", "capacity")]
        if not any(taken):
            break
    else:
        place = min(count, MOST - 1)
        open_rows(data, "p", count + 1)
    for name, value in (values | {"count": "1", "attended": "on"}).items():
        data[f"p-{place}-{name}"] = value
