"""What the public pages show of the cases: rows of a list, what it can be narrowed by.

Nothing here is asked without going through `public_cases()`; a row knows no more than it shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.models import (
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Origin, Region, SourceReport
from committees.partial_dates import PartialDateField
from consultations.models import Campaign, Case, TopicField
from consultations.models.topics import INDENT
from consultations.selectors.cases import public_cases

FIRST_YEAR = 2020  # the opinion of March 2020 began it
REAL = (Origin.ENTERED, Origin.REPORTED)
ROW_COLUMNS = (
    "title", "public_summary", "stage", "year", "origin", "steps_recorded", "listed_at",
    "prefecture_code", "county_code", "field_id",
)  # fmt: skip
# What a row knows besides its columns.
ROW_VALUES = (
    "field_name", "prefecture_name", "county_name", "figure_name", "figure_before", "figure_after",
    "figure_unit", "figure_exactness", "reported_on",
)  # fmt: skip


def case_rows(cases: QuerySet[Case] | None = None) -> QuerySet[Any]:
    """Public cases as a list shows them: names of the places, headline figure, narrow columns."""
    return _all_rows().all() if cases is None else _as_rows(cases.filter(is_public=True))


@cache
def _all_rows() -> QuerySet[Any]:
    """Composed once, and never evaluated itself."""
    return _as_rows(public_cases())


def _as_rows(rows: QuerySet[Any]) -> QuerySet[Any]:
    metric = FilteredRelation("metrics", condition=Q(metrics__is_headline=True))
    return rows.only(*ROW_COLUMNS).annotate(
        field_name=F("field__name"),
        prefecture_name=name_of_region("prefecture_code"),
        county_name=name_of_region("county_code"),
        headline=metric,
        figure_name=F("headline__name"),
        figure_before=F("headline__before"),
        figure_after=F("headline__after"),
        figure_unit=F("headline__unit"),
        figure_exactness=F("headline__exactness"),
        reported_on=latest_report(),
    )


def latest_report() -> Subquery:
    """The date of the latest report a case rests on: what is known of it is known as of then."""
    reports = SourceReport.objects.filter(citations__cases=OuterRef("pk")).order_by()
    latest = Func(F("published_on"), function="MAX", output_field=PartialDateField())
    return Subquery(reports.values(latest=latest))


def name_of_region(column: str, name: str = "short_name") -> Subquery:
    return Subquery(Region.objects.order_by().filter(pk=OuterRef(column)).values(name))


STAMP = """
    SELECT (SELECT max(id) FROM consultations_event), count(*), sum(id),
        (SELECT max(hidden_at) FROM consultations_attachment WHERE hidden_at IS NOT NULL),
        (SELECT max(history_id) FROM consultations_historicalhomeblock)
    FROM consultations_case WHERE restricted_at IS NOT NULL
"""


def stamp() -> tuple:
    """Differs after every step and edit, for they all leave a line of history, and after every
    change of a block of the home page.

    Lines are numbered before they are committed, so that a later number may be seen first; what
    must not wait for the next line, a case that was hidden or a file taken down, is told apart by
    itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return cursor.fetchone()


def newest_cases(count: int, cases: QuerySet[Case] | None = None) -> list[Case]:
    return list(case_rows(cases).order_by("-listed_at", "-pk")[:count])


def newest_shown(count: int, cases: QuerySet[Case] | None = None) -> list[Case]:
    """The newest without demonstrations; these only where there is nothing else."""
    rows = public_cases() if cases is None else cases
    return newest_cases(count, rows.exclude(origin=Origin.DEMO)) or newest_cases(count, rows)


INVENTED = 1  # the place of demonstrations, which stand last among the choices


@dataclass
class Choices:
    """What the list can be narrowed by: (value, words) pairs; fields with their keys below."""

    prefectures: list[tuple[str, str]] = field(default_factory=list)
    counties: list[tuple[str, str]] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    campaigns: list[tuple[str, str]] = field(default_factory=list)
    below: dict[str, list[int]] = field(default_factory=dict)
    has_demo: bool = False  # whether invented places are there, and so invented cases

    @property
    def years(self) -> list[tuple[str, str]]:
        last = timezone.localdate().year
        words = _("Year %(year)s")
        return [(str(y), words % {"year": y}) for y in range(last, FIRST_YEAR - 1, -1)]


def choices_for(prefecture: str) -> Choices:
    """All the choices of the list page; counties only of the prefecture chosen."""
    if not settings.KEEP_PAGES:
        return _choices(prefecture)
    shelf, key = caches["pages"], f"choices-{prefecture}"
    found: Choices | None = shelf.get(key)
    if found is None:
        found = _choices(prefecture)
        shelf.set(key, found, settings.KEEP_PAGES)
    return found


def _choices(prefecture: str) -> Choices:
    found = Choices()
    rows = sorted(_choice_rows(prefecture), key=lambda row: (row[5], row[1]))
    for kind, code, name, above, pk, order in rows:
        if kind == "region":
            found.has_demo |= order == INVENTED
            (found.counties if above == prefecture else found.prefectures).append((code, name))
        elif kind == "campaign":
            found.campaigns.append((code, name))
        else:
            found.fields.append((code, f"{INDENT}{name}" if above else name))
            for group in filter(None, (code, above)):
                found.below.setdefault(group, []).append(pk)
    return found


def _choice_rows(prefecture: str) -> QuerySet:
    """(kind, code, name, code above, key, order) of every prefecture, county, field, campaign."""
    last = Cast("is_demo", IntegerField())  # 1 is INVENTED
    wanted = Q(level=Region.Level.PREFECTURE) | Q(parent=prefecture or None, level="county")
    regions = Region.objects.filter(wanted).values_list(
        Value("region"), "code", "name", "parent_id", Value(0), last
    )
    fields = TopicField.objects.values_list(
        Value("field"), "code", "name", "parent__code", "pk", "order"
    )
    campaigns = Campaign.objects.values_list(
        Value("campaign"), "code", "name", Value(""), "pk", Value(0)
    )
    return regions.order_by().union(fields.order_by(), campaigns.order_by(), all=True)


def region_of(code: str) -> Region | None:
    return Region.objects.select_related("parent__parent").filter(pk=code).first()
