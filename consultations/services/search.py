"""Keeps the search row of a case beside its texts, in the transaction that changes them."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import QuerySet

from consultations.models import AgreedItem, Case, SearchDoc
from consultations.models.search import words_of

BATCH = 1000
# Only texts that the public page may show, so that a search never tells what a page does not.
TEXTS = ("title", "problem", "public_summary", "result", "place", "code")
# The steps of a case after which its texts or agreed items may read differently.
STEPS = ("conclude", "submit_outcome", "publish")


def index(case: Case) -> None:
    """Write the search row of a case anew, from the database. Call it after a change of texts."""
    _write([case.pk])


def rebuild(cases: QuerySet[Case]) -> int:
    """Index every case of the queryset anew, in batches; how many there were."""
    done, last = 0, 0
    keys = cases.order_by("pk").values_list("pk", flat=True)
    while batch := list(keys.filter(pk__gt=last)[:BATCH]):
        _write(batch)
        done, last = done + len(batch), batch[-1]
    return done


def _write(keys: list[int]) -> None:
    items: dict[int, list[str]] = defaultdict(list)
    for key, text in AgreedItem.objects.filter(case__in=keys).values_list("case", "text"):
        items[key].append(text)
    cases = Case.objects.filter(pk__in=keys).values_list("pk", *TEXTS)
    SearchDoc.objects.bulk_create(
        [SearchDoc(case_id=pk, words=words_of((*texts, *items[pk]))) for pk, *texts in cases],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["words"],
    )
