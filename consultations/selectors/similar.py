"""Who had this before, how it was solved and how long it took: cases that share rare word pairs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from committees.models import Origin, Region
from consultations.models import Case
from consultations.models.search import Run, pairs_of
from consultations.selectors.search import match
from consultations.workflow.cases import Stage

LOOKED_UP = 32  # pairs of the text that are looked up at all
TELLING = 12  # of these the rarest, by which cases are compared
COMMON = 200  # a pair in more cases than this tells nothing
FEW = 50  # so many candidates are read whole at once
SHARED = 2  # so many pairs make two cases similar
EMPTY = frozenset("的了是和与及等")

SQLITE = """
    SELECT * FROM (
        SELECT %s, rowid FROM consultations_searchindex
        WHERE consultations_searchindex MATCH %s ORDER BY rowid DESC LIMIT %s
    )
"""
POSTGRESQL = """
    (SELECT %s::int, case_id FROM consultations_searchdoc WHERE lexemes @@ %s::tsquery LIMIT %s)
"""
LOOK_UP = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


@dataclass(frozen=True)
class Similar:
    """A case that resembles a text; `days` from raised to closed, None while that is unknown."""

    case: Case
    days: int | None


def similar(
    text: str,
    *,
    within: QuerySet[Case],
    region: Region | None = None,
    exclude: Case | None = None,
    limit: int = 5,
) -> list[Similar]:
    """The cases of `within` most like the text, those of the region's county first among equals.

    At most three queries of bounded cost at any number of cases, so that it can run while somebody types.
    """
    scores = _scores(text, without=exclude.pk if exclude else None)
    county = region.code[:6] if region else None
    seen = within.filter(pk__in=scores).order_by("-listed_at", "-pk")
    full = within.select_related("region", "studio")
    if len(scores) <= FEW:
        cases = full.in_bulk(scores)
        rows = [(pk, case.county_code) for pk, case in cases.items()]
        rows.sort(key=lambda row: (cases[row[0]].listed_at, row[0]), reverse=True)
    else:
        rows, cases = list(seen.values_list("pk", "county_code")), {}
    rows.sort(key=lambda row: (scores[row[0]], row[1] == county), reverse=True)
    best = [pk for pk, _ in rows[:limit]]
    cases = cases or full.in_bulk(best)
    return [Similar(cases[pk], days_taken(cases[pk])) for pk in best]


def days_taken(case: Case) -> int | None:
    """Days from raised to closed; None while open, or where one of the two days is not known."""
    if case.stage != Stage.CLOSED or case.origin == Origin.REPORTED:
        return None
    began = _began(case)
    return (timezone.localtime(case.stage_since).date() - began).days if began else None


def _began(case: Case) -> dt.date | None:
    if case.raised_on is None:
        return timezone.localtime(case.created_at).date()
    return case.raised_on.earliest if case.raised_on.is_exact else None


def _scores(text: str, *, without: int | None) -> dict[int, int]:
    """How many telling pairs each case shares with the text, for those that share enough.

    The text of the case `without` is its own: pairs that only it has would look like the rarest.
    """
    pairs = [pair for pair in pairs_of(text) if not EMPTY & set(pair)][:LOOKED_UP]
    hits = [keys - {without} for keys in _hits(pairs)]
    telling = sorted((keys for keys in hits if 0 < len(keys) <= COMMON), key=len)[:TELLING]
    scores: dict[int, int] = defaultdict(int)
    for keys in telling:
        for key in keys:
            scores[key] += 1
    enough = min(SHARED, len(telling))
    return {key: shared for key, shared in scores.items() if shared >= enough}


def _hits(pairs: list[str]) -> list[set[int]]:
    """For each pair that occurs at all, the cases it occurs in: at most one more than `COMMON`."""
    if not pairs:
        return []
    query = " UNION ALL ".join([LOOK_UP[connection.vendor]] * len(pairs))
    asked = [(n, match([Run((pair,))]), COMMON + 1) for n, pair in enumerate(pairs)]
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(query, [value for one in asked for value in one])
        for number, key in cursor.fetchall():
            found[number].add(key)
    return list(found.values())
