"""Corrections of meeting records and visits, as they are told: facts from the history, words made here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from consultations.models import (
    AgendaItem,
    Case,
    Event,
    FieldVisit,
    Meeting,
    Participant,
    Statement,
)
from consultations.selectors.changes import FieldChange
from consultations.selectors.silent import silenced

ACTION = "correct_record"
OF_VISIT = "correct_visit"
MODELS: dict[str, type[Model]] = {
    "meeting": Meeting,
    "visit": FieldVisit,
    "agenda": AgendaItem,
    "participants": Participant,
    "statements": Statement,
}


@dataclass(frozen=True)
class Correction:
    """One correction: who, when and why stand in the line of history; what, in its fields."""

    event: Event
    changes: list[FieldChange]


def corrections(case: Case) -> dict[int, list[Correction]]:
    """The corrections of each meeting of a case, by its key, the oldest first. One query."""
    events = case.events.told().filter(action=ACTION).select_related("actor")
    return corrections_of(silenced(events.order_by("at", "pk")))


def corrections_of(
    events: Iterable[Event], *, action: str = ACTION, of: str = "meeting"
) -> dict[int, list[Correction]]:
    """The same from lines of history that were read already, in order of time."""
    found: dict[int, list[Correction]] = defaultdict(list)
    for event in events:
        if event.action != action:
            continue
        rows = [_told(change) for change in event.data.get("changes", ())]
        found[event.data[of]].append(Correction(event, rows))
    return found


def _told(change: Mapping[str, Any]) -> FieldChange:
    model = MODELS[change["part"]]
    name = str(model._meta.verbose_name)
    if change["kind"] == "added":
        return FieldChange(name, "—", _whole(model, change["new"]))
    if change["kind"] == "removed":
        return FieldChange(name, _whole(model, change["old"]), "—")
    field = model._meta.get_field(change["field"])
    label = f"{name}：{field.verbose_name}"  # type: ignore[union-attr]
    old, new = (_word(model, change["field"], change[when]) for when in ("old", "new"))
    return FieldChange(label, old, new)


def _whole(model: type[Model], values: Mapping[str, Any]) -> str:
    told = [_word(model, name, value) for name, value in values.items() if name != "order"]
    return " · ".join(word for word in told if word != "—")


def _word(model: type[Model], name: str, value: Any) -> str:
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return _("present") if value else _("absent")
    choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
    return str(choices.get(value, value))
