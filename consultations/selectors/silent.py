"""Lines of history whose words named somebody who was taken out: told without their words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from consultations.models import Case, Event


def silenced(events: Iterable[Event]) -> list[Event]:
    """The lines as they may be told; they come from `Event.objects.told()` and are never saved."""
    found = list(events)
    for event in found:
        if event.is_silent:  # type: ignore[attr-defined]  # annotated by `told`
            event.reason = _("(Not shown any more: it held personal data.)")
            event.data = {name: value for name, value in event.data.items() if is_plain(value)}
    return found


def is_plain(value: Any) -> bool:
    """Whether a fact is a key, a number or a yes or no, and not words."""
    return value is None or isinstance(value, int | float)


def lines_naming(case: Case, names: Iterable[str]) -> list[int]:
    """The keys of the lines of a case that hold one of these names."""
    asked = list(names)
    told = case.events.order_by("pk").values_list("pk", "reason", "on_behalf_of", "data")
    return [key for key, *words in told.iterator() if _holds(words, asked)]


def _holds(words: Any, names: list[str]) -> bool:
    if isinstance(words, str):
        return any(name in words for name in names)
    if isinstance(words, dict):
        words = list(words.values())
    return isinstance(words, list) and any(_holds(word, names) for word in words)
