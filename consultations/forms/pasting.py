"""A list of names copied from a sheet or a message, read into the grid of participants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from consultations.forms.fields import seen
from consultations.forms.grid import MOST, open_rows, total
from consultations.models import Capacity

# What people write in sign-in sheets for a capacity, besides its name.
USUAL_WORDS = {
    "主持": Capacity.HOST, "主持人": Capacity.HOST, "委员": Capacity.MEMBER,
    "当事人": Capacity.PARTY, "利益方": Capacity.PARTY, "村民": Capacity.MASSES,
    "村民代表": Capacity.MASSES, "居民代表": Capacity.MASSES, "群众": Capacity.MASSES,
    "村干部": Capacity.CADRE, "社区干部": Capacity.CADRE, "乡镇干部": Capacity.TOWNSHIP,
    "部门": Capacity.DEPARTMENT, "单位": Capacity.DEPARTMENT, "民警": Capacity.POLICE,
    "议事会": Capacity.COUNCIL, "记者": Capacity.MEDIA, "旁听": Capacity.OBSERVER,
}  # fmt: skip


def mark_of(text: str) -> str:
    """What tells a pasted text again, however its lines end; empty for no text."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return sha256("\n".join(lines).encode()).hexdigest()[:16] if lines else ""


def waits(sent: Mapping[str, str]) -> bool:
    """Whether a text stands in its box that nobody has put into the rows: saving would lose it."""
    return mark_of(sent.get("pasted", "")) not in ("", sent.get("placed", ""))


def not_placed() -> str:
    return _("What was pasted is not in the rows yet: press the button below it, or empty its box.")


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
