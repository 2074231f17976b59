"""Cases by the words in them: exact, in the caller's order, bounded for rare and common words."""

from __future__ import annotations

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import StrIndex

from consultations.models import Case, SearchDoc
from consultations.models.search import Run, runs_of

# Up to so many hits are fetched from the full-text index. A word with more is so common that
# walking the list in its own order and looking into each row fills a page sooner.
FEW = 1000

SQLITE = """
    SELECT doc.case_id FROM consultations_searchindex AS hit
    JOIN consultations_searchdoc AS doc ON doc.case_id = hit.rowid
    WHERE hit.consultations_searchindex MATCH %s {traces} LIMIT %s
"""
# Materialised, so that the limit does not tempt the planner into reading the whole table.
POSTGRESQL = """
    WITH hit AS MATERIALIZED (
        SELECT doc.case_id, doc.words FROM consultations_searchdoc AS doc
        WHERE doc.lexemes @@ %s::tsquery
    )
    SELECT doc.case_id FROM hit AS doc WHERE true {traces} LIMIT %s
"""
LOOK_UP = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
CONTAINS = {
    "sqlite": "instr(doc.words, %s) > 0",
    "postgresql": "strpos(doc.words, %s) > 0",
}


def find_cases(queryset: QuerySet[Case], text: str) -> QuerySet[Case]:
    """The cases of the queryset that hold every run of the text; nothing typed, nothing changed.

    The index is asked at once, by one query; the queryset's own filters and order stay.
    """
    runs = runs_of(text)
    if not runs:
        return queryset.none() if text.strip() else queryset
    hits = _hits(runs)
    if len(hits) <= FEW:
        return queryset.filter(pk__in=hits)
    return _walk(queryset, runs)


def _walk(queryset: QuerySet[Case], runs: list[Run]) -> QuerySet[Case]:
    """A scalar subquery for each row, which no planner turns into a scan of all rows."""
    words = SearchDoc.objects.filter(case=OuterRef("pk")).values("words")
    queryset = queryset.alias(_words=Subquery(words, output_field=TextField()))
    for number, run in enumerate(runs):
        place = {f"_place_{number}": StrIndex("_words", Value(run.trace))}
        queryset = queryset.alias(**place).filter(**{f"_place_{number}__gt": 0})
    return queryset


def _hits(runs: list[Run]) -> list[int]:
    """The keys of at most one more than `FEW` cases that hold every run."""
    vendor = connection.vendor
    traces = [run.trace for run in runs if len(run.words) > 1]
    condition = "".join(f" AND {CONTAINS[vendor]}" for _ in traces)
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP[vendor].format(traces=condition), [match(runs), *traces, FEW + 1])
        return [key for (key,) in cursor.fetchall()]


def match(runs: list[Run]) -> str:
    """The full-text query for these runs, in the syntax of the database. The words are our own."""
    words = sorted({(word, run.is_prefix) for run in runs for word in run.words})
    if connection.vendor == "sqlite":
        return " AND ".join(f'"{word}"{" *" if prefix else ""}' for word, prefix in words)
    return " & ".join(f"'{word}'{':*' if prefix else ''}" for word, prefix in words)
