"""What was changed in a block of the home page: before, after, by whom, when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db.models import Field

from consultations.models import HomeBlock
from consultations.selectors.changes import Change, FieldChange

SHOWN = 50
Picked = dict[int, list[str]]


def home_changes(block: HomeBlock) -> list[Change]:
    """The latest first, the first writing as the last; two questions however often it changed."""
    rows = list(
        block.history.select_related("history_user", "case", "region")
        .order_by("-history_date", "-history_id")[:SHOWN]
    )  # fmt: skip
    picked = _picked(rows)
    found = [
        Change(new.history_date, new.history_user, _between(old, new, picked))
        for new, old in pairwise(rows)
    ]
    first = [Change(rows[-1].history_date, rows[-1].history_user, [])] if rows else []
    return [change for change in found if change.fields] + first


def _picked(rows: Iterable[Any]) -> Picked:
    """The names of the figures that were picked at each of these times."""
    through = apps.get_model("consultations", "HistoricalHomeBlock_figures")
    lines = through.objects.filter(history__in=list(rows)).select_related("reportedfigure")
    found: Picked = defaultdict(list)
    for line in lines.order_by("reportedfigure__code", "pk"):
        found[line.history_id].append(str(line.reportedfigure))
    return found


def _between(old: Any, new: Any, picked: Picked) -> list[FieldChange]:
    before, after = _words(old, picked), _words(new, picked)
    return [
        FieldChange(label, before[label], words)
        for label, words in after.items()
        if before[label] != words
    ]


def _words(row: Any, picked: Picked) -> dict[str, str]:
    fields = [field for field in HomeBlock._meta.concrete_fields if not field.primary_key]
    words = {str(field.verbose_name): _word(row, field) for field in fields}
    figures = HomeBlock._meta.get_field("figures")
    return words | {str(figures.verbose_name): "、".join(picked[row.history_id]) or "—"}


def _word(row: Any, field: Field) -> str:
    value = getattr(row, field.name)
    if value in (None, ""):
        return "—"
    return str(dict(field.flatchoices).get(value, value))
