"""Proposals beside the rows of the outcome grid: each is taken by a button, none by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from committees.models import HandlingUnit
from consultations.forms.outcome import OutcomeForm
from consultations.forms.outcome_rows import TaskRow
from consultations.selectors.proposed import DueDates, Names, Proposal, Remits, is_clear
from consultations.workflow.tasks import TaskRole, TaskState

TAKE = re.compile(r"(i-\d{1,3}-t-\d{1,3}-(?:unit|due_on))=(.{1,120})", re.DOTALL)


@dataclass(frozen=True)
class Offer:
    """A value for one box of a row, why it is proposed, and whether it is the only likely one."""

    box: str
    value: str
    why: str
    is_clear: bool = False

    @property
    def press(self) -> str:
        return f"{self.box}={self.value}"


class Adviser:
    """Looks at every open task of the grid. Draws on the form as it stands, typed or stored."""

    def __init__(self, form: OutcomeForm) -> None:
        self.form = form
        self.remits, self.names = Remits(form.case, form.units), Names(form.units)
        self.due = DueDates(form.case)
        self.often = Counter(unit.name for unit in form.units)

    def advise(self) -> list[Offer]:
        """Every offer; each row keeps its own."""
        found: list[Offer] = []
        for item in self.form.items.forms:
            for row in item.tasks.forms if self.form.takes_tasks else ():
                if _is_open(row):
                    row.offers = [*self._units(row, item), *self._days(row, item)]
                    found += row.offers
        return found

    def _units(self, row: TaskRow, item: Any) -> Iterator[Offer]:
        box, written = f"{row.prefix}-unit", _written(row, "unit")
        if not written:
            if _written(row, "role") == TaskRole.ASSIST:
                return
            route, text = _written(item, "route"), _text_of(item)
            fits = self.remits.propose(_written(row, "title"), item=text, route=route)
            for place, fit in enumerate(fits):
                yield Offer(
                    box, self._spelt(fit.unit), _why(fit), is_clear=not place and is_clear(fits)
                )
            return
        found = row.fields["unit"].find(written)
        if len(found) != 1:
            for unit in found[:3] or self.names.nearest(written):
                yield Offer(box, self._spelt(unit), _("nearest name"))

    def _spelt(self, unit: HandlingUnit) -> str:
        """As the box reads it back: of two units of one name, by the code."""
        return unit.name if self.often[unit.name] == 1 else unit.code

    def _days(self, row: TaskRow, item: Any) -> Iterator[Offer]:
        if _written(row, "due_on"):
            return
        box = f"{row.prefix}-due_on"
        if _written(row, "role") == TaskRole.ASSIST:
            day, why = self.due.opinion.isoformat(), _("usual time for an opinion")
        elif agreed := _written(item, "due_on"):
            day, why = agreed, _("as agreed for the item")
        else:
            day, why = self.due.reply.isoformat(), _("usual time for a reply")
        yield Offer(box, day, why, is_clear=True)


def _is_open(row: TaskRow) -> bool:
    handed = row.record is not None and row.record.state != TaskState.DRAFTED
    return bool(_written(row, "title")) and not handed


def _written(row: Any, name: str) -> str:
    return str(row[name].value() or "").strip()


def _text_of(item: Any) -> str:
    return item.record.text if item.record and item.record.confirmed_at else _written(item, "text")


def _why(fit: Proposal) -> str:
    if not fit.words:
        return _("the only one of this level at the place")
    return _("remit: %s") % "、".join(fit.words)


def take(data: MultiValueDict, press: str) -> MultiValueDict:
    """The form with the one offer that was pressed in its box."""
    taken = data.copy()
    if match := TAKE.fullmatch(press):
        taken[match[1]] = match[2]
    return taken


def take_clear(data: MultiValueDict, offers: Iterable[Offer]) -> MultiValueDict:
    """The form with every offer in its box that has no rival."""
    taken = data.copy()
    for offer in offers:
        if offer.is_clear:
            taken[offer.box] = offer.value
    return taken


def clear_count(offers: Sequence[Offer]) -> int:
    return sum(offer.is_clear for offer in offers)
