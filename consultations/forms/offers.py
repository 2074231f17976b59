"""Proposals beside the rows of the outcome grid: each is taken by a button, none by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import HandlingUnit
from consultations.forms.outcome import OutcomeForm
from consultations.forms.outcome_rows import OPTIONAL, TaskRow
from consultations.selectors.experience import Proposals
from consultations.selectors.proposed import DueDates, Names, Proposal, is_clear
from consultations.workflow.tasks import Pace, TaskRole, TaskState

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
        self.remits, self.names = Proposals(form.case, form.units), Names(form.units)
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
            route, text = _written(item, "route"), _text_of(item)
            fits = self._fits(row, item, text, route)
            for place, fit in enumerate(fits):
                yield Offer(
                    box, self.spelt(fit.unit), why(fit), is_clear=not place and is_clear(fits)
                )
            return
        found = row.fields["unit"].find(written)
        if len(found) != 1:
            for unit in found[:3] or self.names.nearest(written):
                yield Offer(box, self.spelt(unit), _("nearest name"))

    def _fits(self, row: TaskRow, item: Any, text: str, route: str) -> list[Proposal]:
        """For an assisting unit, those that have no part in the item yet."""
        title = _written(row, "title")
        if not _assists(row):
            return self.remits.propose(title, item=text, route=route)
        taken = [unit.pk for other in item.tasks.forms for unit in _units_of(other)]
        return self.remits.assistants(title, item=text, route=route, but=taken)

    def spelt(self, unit: HandlingUnit) -> str:
        """As the box reads it back: of two units of one name, by the code."""
        return unit.name if self.often[unit.name] == 1 else unit.code

    def _days(self, row: TaskRow, item: Any) -> Iterator[Offer]:
        if _written(row, "due_on"):
            return
        box = f"{row.prefix}-due_on"
        if _assists(row):
            day, why = self.due.opinion.isoformat(), _("usual time for an opinion")
        elif agreed := _written(item, "due_on"):
            day, why = agreed, _("as agreed for the item")
        else:
            pace = _written(row, "pace")
            day = self.due.paced(pace if pace in Pace.values else "").isoformat()
            why = _("usual time for a reply")
        yield Offer(box, day, why, is_clear=True)


def _is_open(row: TaskRow) -> bool:
    handed = row.record is not None and row.record.state != TaskState.DRAFTED
    return bool(_written(row, "title")) and not handed


def _written(row: Any, name: str) -> str:
    return str(row[name].value() or "").strip()


def _assists(row: TaskRow) -> bool:
    return _written(row, "role") in (TaskRole.ASSIST, OPTIONAL)


def _units_of(row: TaskRow) -> list[HandlingUnit]:
    found = row.fields["unit"].find(_written(row, "unit"))
    return found if len(found) == 1 else []


def _text_of(item: Any) -> str:
    return item.record.text if item.record and item.record.confirmed_at else _written(item, "text")


def why(fit: Proposal) -> str:
    """The grounds of a proposal, in words."""
    told = [_("remit: %s") % "、".join(fit.words)] if fit.words else []
    if fit.solved:
        done = ngettext(
            "has really done %(n)s similar task", "has really done %(n)s similar tasks", fit.solved
        )
        told.append(done % {"n": fit.solved})
    return "；".join(told) or _("the only one of this level at the place")


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
