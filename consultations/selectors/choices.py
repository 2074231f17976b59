"""The choices of the filters of a list, all kinds in one query."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from committees.models import Region, Studio
from consultations.models import TopicField
from consultations.models.topics import INDENT

Choices = dict[str, list[tuple[str, str]]]


def filter_choices(*, regions: list[str], county: str) -> Choices:
    """(value, label) of the fields, of the regions below `regions` and these themselves, and of
    the studios of a county ("" for none)."""
    set_in = Case(When(parent=None, then=Value("")), default=Value(INDENT))
    fields = TopicField.objects.annotate(
        place=Cast("order", CharField()), shown=Concat(set_in, "name")
    )
    rows = _rows("field", fields, "pk").union(
        _rows("region", _below(regions), "code"),
        _rows("studio", Studio.objects.filter(committee__region=county), "pk"),
        all=True,
    )
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for kind, value, label, place in rows:
        found[kind].append((value, label, place))
    return {kind: _in_order(some) for kind, some in found.items()}


def _below(regions: list[str]) -> QuerySet[Region]:
    own = Region.objects.filter(pk__in=regions)
    children = Region.objects.filter(parent__in=regions, valid_until=None)
    return (own | children).annotate(place=F("code"))


def _rows(kind: str, rows: QuerySet, key: str) -> QuerySet:
    known = rows.query.annotations
    place = F("place") if "place" in known else Value("")
    return (
        rows.order_by()
        .annotate(
            which=Value(kind, output_field=CharField()),
            key=Cast(key, CharField()),
            rank=Cast(place, CharField()),
        )
        .values_list("which", "key", "shown" if "shown" in known else "name", "rank")
    )


def _in_order(rows: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    ordered = sorted(rows, key=lambda row: (len(row[2]), row[2], row[1]))
    return [(value, label) for value, label, _place in ordered]
