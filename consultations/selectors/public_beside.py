"""Which cases stand beside a public case on its page."""

from __future__ import annotations

from typing import Any

from committees.models import SourceReport
from consultations.models import Case, OutcomeMetric
from consultations.selectors.cases import public_cases
from consultations.selectors.jsonrows import as_models
from consultations.selectors.public import newest_cases

SHOWN = 3
NUMBER = OutcomeMetric._meta.get_field("before")
DAY = SourceReport._meta.get_field("published_on")


def beside(case: Case, related: dict[str, list[dict[str, Any]]]) -> list[Case]:
    """Cases linked to this one, then the newest of its field, failing both these of its place."""
    linked = {row["pk"] for name in ("link", "linked_from") for row in related[name]}
    if case.merged_into_id:
        linked.add(case.merged_into_id)
    found = newest_cases(SHOWN, public_cases().filter(pk__in=linked)) if linked else []
    alike = [row for row in _rows(related["beside_field"]) if row.pk not in linked]
    found += alike[: SHOWN - len(found)]
    return found or _rows(related["beside_place"])[:SHOWN]


def _rows(rows: list[dict[str, Any]]) -> list[Case]:
    """As `case_rows` gives them: numbers and dates of JSON are made again what they were."""
    found = as_models(Case, rows)
    for row in found:
        row.figure_before = NUMBER.to_python(row.figure_before)  # type: ignore[attr-defined]
        row.figure_after = NUMBER.to_python(row.figure_after)  # type: ignore[attr-defined]
        row.reported_on = DAY.to_python(row.reported_on)  # type: ignore[attr-defined]
    return found
