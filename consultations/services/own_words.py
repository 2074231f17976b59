"""The words in which a resident raised a topic, taken out of the case that was made of them.

The case is the office's and goes on: what staff wrote in their own words stays, what still stands
there as the resident typed it goes, also from earlier versions, and whoever works on it is told.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Replace

from committees.models import Role, User
from consultations.models import Case, CaseLink, Suggestion
from consultations.selectors.traces import INSTEAD
from consultations.services import erasing, search
from consultations.services.history import line
from consultations.services.papers import PAPERS, kept_rows, texts_of
from consultations.services.steps import claim

# From this many letters on, words are somebody's own also inside of a longer text.
TELLING = 20
QUOTING = [model for model in PAPERS if model is not Suggestion]


def take_out(suggestion: Suggestion, *, by: User) -> list[Case]:
    """Out of the case and of what was split off it; those that held any of the words.

    Call it in the transaction that erases the suggestion, before its words are gone.
    """
    if suggestion.case_id is None:
        return []
    split_off = CaseLink.objects.filter(kind=CaseLink.Kind.SPLIT, other=suggestion.case_id)
    cases = Case.objects.select_for_update().filter(
        Q(pk=suggestion.case_id) | Q(pk__in=split_off.values("case"))
    )
    return [case for case in cases.order_by("pk") if _take_out_of(case, suggestion, by)]


def _take_out_of(case: Case, suggestion: Suggestion, by: User) -> int:
    found = _boxes(case, suggestion) + _longer_texts(case, _telling(suggestion))
    if found:
        claim(case, version=case.version)  # whoever has it open does not write them back
        erasing.silence(case, _telling(suggestion))
        search.index(case)
        line(case, "take_words_out", by=by, role=Role.COUNTY_OFFICE)
    return found


def _boxes(case: Case, suggestion: Suggestion) -> int:
    """In the record and its versions, what is word for word the resident's."""
    count = 0
    for rows in (Case.objects.filter(pk=case.pk), Case.history.filter(id=case.pk)):
        for name, instead in INSTEAD.items():
            if words := getattr(suggestion, name):
                count += rows.filter(**{name: words}).update(**{name: instead})
    return count


def _telling(suggestion: Suggestion) -> list[str]:
    return [words for words in (suggestion.problem, suggestion.wish) if len(words) >= TELLING]


def _longer_texts(case: Case, told: list[str]) -> int:
    """In every text of every paper of the case that quotes them."""
    count = 0
    for model in QUOTING if told else ():
        for rows in kept_rows(model, case):
            count += sum(_cut(rows, name, told) for name in texts_of(model))
    return count


def _cut(rows: models.QuerySet[Any], name: str, told: list[str]) -> int:
    return sum(
        rows.filter(**{f"{name}__contains": words}).update(
            **{name: Replace(name, Value(words), Value(INSTEAD["problem"]))}
        )
        for words in told
    )
