"""Which cases stand beside a public case on its page."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from consultations.models import Case
from consultations.selectors.cases import public_cases
from consultations.selectors.public import REAL, newest_cases

SHOWN = 3


def beside(case: Case, related: dict[str, list[dict[str, Any]]]) -> list[Case]:
    """Cases linked to this one, then the newest of its field, failing both these of its place."""
    linked = {row["pk"] for name in ("link", "linked_from") for row in related[name]}
    if case.merged_into_id:
        linked.add(case.merged_into_id)
    found = newest_cases(SHOWN, public_cases().filter(pk__in=linked)) if linked else []
    others = _candidates(case).exclude(pk__in={case.pk, *linked})
    if case.field_id and len(found) < SHOWN:
        found += newest_cases(SHOWN - len(found), others.filter(field=case.field_id))
    if not found:
        found = newest_cases(SHOWN, others.filter(prefecture_code=case.prefecture_code))
    return found


def _candidates(case: Case) -> QuerySet[Case]:
    """Beside a real case only real ones."""
    real = Q(origin__in=REAL) if case.origin in REAL else Q()
    return public_cases().filter(real)
