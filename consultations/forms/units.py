"""A box for a handling unit, read against the units of the case: one query for the whole page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from committees.lookups import LookupField, text_of
from committees.models import HandlingUnit


def matching(units: Iterable[HandlingUnit], text: str) -> list[HandlingUnit]:
    """The units that a text may mean: of exactly this name or code, otherwise those it is in."""
    plain = text.replace(" ", "").casefold()
    if not plain:
        return []
    units = list(units)
    exact = [u for u in units if plain in (u.name.replace(" ", "").casefold(), u.code.casefold())]
    return exact or [
        u for u in units if plain in u.name.casefold() or u.code.casefold().startswith(plain)
    ]


class UnitField(LookupField):
    """`units` are the scope, read once: others do not exist."""

    units: Sequence[HandlingUnit] = ()

    def find(self, text: str) -> list[HandlingUnit]:
        return matching(self.units, text)

    def prepare_value(self, value: Any) -> Any:
        """A key is written as the name of its unit, inside the scope."""
        if isinstance(value, HandlingUnit):
            return text_of(value)
        key = str(value or "")
        return next((unit.name for unit in self.units if str(unit.pk) == key), value)
