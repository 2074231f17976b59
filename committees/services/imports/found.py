"""The records that the words of a table mean, read for all rows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from committees.grants import Codes
from committees.models import Committee, HandlingUnit, Region, RoleGrant, Studio, User
from committees.services.imports.columns import Row, plain
from committees.services.imports.lines import Line


def lies_in(code: str, codes: Codes) -> bool:
    return codes is None or any(code.startswith(own) for own in codes)


@dataclass(frozen=True)
class Named:
    """Records by the words for them. Several of one name are told apart by the code of the place."""

    by_word: dict[str, list[Any]]

    def one(self, line: Line, column: str, *, codes: Codes) -> Any:
        """The record that a cell means, inside the importer's scope; what is outside does not
        exist. None with the reason at the cell."""
        text = line.get(column)
        if not text:
            return None
        found = [r for r in self.by_word.get(plain(text), []) if lies_in(code_of(r), codes)]
        if len(found) == 1:
            return found[0]
        if found:
            line.wrong(column, _("Several are called “%s”: write the code instead.") % text)
        else:
            line.wrong(column, _("“%s” was not found in your region.") % text)
        return None


def code_of(record: Any) -> str:
    """The code of the region in which a place, studio, unit or committee lies."""
    if isinstance(record, Region):
        return record.code
    if isinstance(record, Studio):
        return str(record.region_id or record.committee.region_id)
    return str(record.region_id)


KEYS: dict[type[Model], tuple[str, ...]] = {
    Region: ("code", "name"),
    Studio: ("code", "name"),
    HandlingUnit: ("code", "name"),
    Committee: ("region_id", "short_name", "name"),
}


def named(rows: Iterable[Row], column: str, model: type[Model]) -> Named:
    """Everything of a model that the cells of a column may mean; one query."""
    words = {row.cells[column] for row in rows if row.cells.get(column)}
    found: dict[str, list[Any]] = defaultdict(list)
    if words:
        asked = Q()
        for key in KEYS[model]:
            asked |= Q(**{f"{key}__in": words})
        for record in _queryset(model).filter(asked).order_by("pk"):
            for word in {plain(str(getattr(record, key))) for key in KEYS[model]}:
                found[word].append(record)
    return Named(found)


def _queryset(model: type[Model]) -> QuerySet[Any]:
    rows = model._default_manager.all()
    return rows.select_related("committee") if model is Studio else rows


def grants_held_by(users: Iterable[User]) -> dict[int, list[RoleGrant]]:
    """All grants of some people, also those that are over; one query."""
    held: dict[int, list[RoleGrant]] = defaultdict(list)
    rows = RoleGrant.objects.filter(user__in=[user.pk for user in users])
    for grant in rows.select_related("studio__committee", "unit", "region").order_by("pk"):
        held[grant.user_id].append(grant)
    return held
