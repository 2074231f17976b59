"""The inbox: suggestions that tell of the same, and what became of one, by whom."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from committees.audit import label
from committees.models import AuditEntry, User
from consultations.models import Suggestion
from consultations.models.search import pairs_of
from consultations.selectors.similar import EMPTY, SHARED

LOOKED_AT = 300  # of the newest of a place
State = Suggestion.State


def alike(
    text: str, *, within: QuerySet[Suggestion], exclude: int | None = None, limit: int = 5
) -> list[Suggestion]:
    """The suggestions of `within` most like a text, the newest first among equals. One query."""
    asked = _telling(text)
    rows = within.filter(state__in=(State.RECEIVED, State.ACCEPTED)).exclude(pk=exclude or 0)
    recent = rows.select_related("region").order_by("-received_at", "-pk")[:LOOKED_AT]
    scored = [(len(asked & _telling(f"{row.title} {row.problem}")), row) for row in recent]
    found = [(shared, row) for shared, row in scored if shared >= SHARED]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [row for _shared, row in found[:limit]]


def _telling(text: str) -> set[str]:
    return {pair for pair in pairs_of(text) if not EMPTY & set(pair)}


@dataclass(frozen=True)
class Line:
    """One thing that happened to a suggestion, in words."""

    at: dt.datetime
    what: str
    by: User | None
    role: str = ""


def history(suggestion: Suggestion) -> list[Line]:
    """How it came in, and what staff did with it since, from the audit log. One query."""
    rows = AuditEntry.objects.filter(about=label(suggestion), kind=AuditEntry.Kind.RECORD)
    entries = rows.select_related("actor").order_by("at", "pk")
    began = Line(suggestion.received_at, suggestion.get_channel_display(), suggestion.entered_by)
    told = ((entry, json.loads(entry.facts)) for entry in entries)
    return [began] + [
        Line(entry.at, words, entry.actor, str(entry.get_role_display()))
        for entry, facts in told
        if (words := _words(facts))
    ]


def _words(facts: dict[str, Any]) -> str:
    if facts.get("act") == "decided":
        return str(State(facts["state"]).label)
    return _("Somebody was put in charge") if facts.get("act") == "given" else ""
