"""What those concerned think of the cases in which a unit had a task: the result only, added up
over the cases. It says how many answered and how many were asked, never who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from consultations.models import Case, Rating, RatingAsked, RatingCode, Task
from consultations.selectors.ratings import Score, latest_score, together

IN_FORCE = {"revoked_at": None, "follow_up": None}  # slips of an appraisal are its own tally


def scores_by_unit(tasks: QuerySet[Any]) -> dict[int, Score]:
    """By unit, of the cases that these tasks belong to, each case once."""
    of_case = scores_by_case(tasks.order_by().values("case"))
    found: dict[int, list[Score]] = defaultdict(list)
    for unit, case in tasks.order_by().values_list("unit", "case").distinct():
        if case in of_case:
            found[unit].append(of_case[case])
    return {unit: together(scores) for unit, scores in found.items()}


def scores_by_case(cases: QuerySet[Any] | Iterable[int]) -> dict[int, Score]:
    """By case, of its last round that anybody was asked about; others are not among them."""
    said, told = defaultdict(list), defaultdict(list)
    ratings = Rating.objects.filter(case__in=cases).order_by().values("case", "round", "result")
    for row in ratings.annotate(n=Sum("count")):
        said[row["case"]].append(row)
    asked = RatingAsked.objects.filter(case__in=cases).order_by().values("case", "round")
    slips = RatingCode.objects.filter(case__in=cases, **IN_FORCE).order_by()
    by_slip = slips.values("case", "round").annotate(n=Count("pk"))
    for sent in (*asked.annotate(n=Sum("count")), *by_slip):
        told[sent["case"]].append(sent)
    return {case: latest_score(said[case], told[case]) for case in {*said, *told}}


def rated_cases(tasks: QuerySet[Task]) -> QuerySet[Case]:
    """The cases of these tasks about which anybody was asked or answered, oldest first."""
    ours: Any = {"case": OuterRef("pk")}
    anybody = (
        Q(Exists(Rating.objects.filter(**ours)))
        | Q(Exists(RatingAsked.objects.filter(**ours)))
        | Q(Exists(RatingCode.objects.filter(**ours, **IN_FORCE)))
    )
    theirs = Exists(tasks.order_by().filter(**ours))
    return Case.objects.filter(theirs, anybody).select_related("region").order_by("pk")
