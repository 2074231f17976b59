"""The figures of the home page. Counted ones are at most a minute old and say of when they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from committees.models import Origin, Region
from consultations.models import AgreedItem, Case, HomeBlock, OutcomeMetric, ReportedFigure, Task
from consultations.selectors.cases import public_cases
from consultations.selectors.public import REAL, newest_cases
from consultations.selectors.public_reports import figures
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskState

KEY = "public-home-2"
SECONDS = 40  # and at most 20 more as part of a kept page
NEWEST = 3
STORIES = 4
PROVINCE = "53"
SHOWN_FIGURES = (
    ReportedFigure.Topic.SESSIONS,
    ReportedFigure.Topic.STUDIOS,
    ReportedFigure.Topic.SOLVED,
    ReportedFigure.Topic.MEMBERS,
)


@dataclass(frozen=True)
class Figures:
    """What is counted here, and apart from it what reports state. `at` says when."""

    at: dt.datetime
    followed: int
    closed: int
    items: int
    tasks: int
    answered: int
    verified: int
    from_reports: int
    by_prefecture: dict[str, int]
    names: dict[str, str]
    reported: list[ReportedFigure]
    stories: list[int]


@dataclass
class Home:
    figures: Figures
    story: Case | None = None
    stories: list[Case] = field(default_factory=list)
    newest: list[Case] = field(default_factory=list)
    blocks: list[HomeBlock] = field(default_factory=list)


def home() -> Home:
    """The home page. Which cases to tell is kept for a minute; that they are public is asked anew."""
    found = cache.get(KEY)
    if found is None:
        found = _count()
        cache.set(KEY, found, SECONDS)
    told = newest_cases(STORIES, public_cases().filter(pk__in=found.stories))
    compared = next((case for case in told if _has_both(case)), None)
    return Home(
        figures=found,
        story=compared,
        stories=[case for case in told if case is not compared],
        newest=newest_cases(NEWEST),
        blocks=list(HomeBlock.objects.filter(is_shown=True).order_by("order", "pk")),
    )


def _has_both(case: Case) -> bool:
    before, after = case.figure_before, case.figure_after  # type: ignore[attr-defined]
    return before is not None and after is not None and min(before, after) > 0


def _count() -> Figures:
    """Real, public cases only; what a report tells of is counted apart from what is followed."""
    real = public_cases().filter(origin__in=REAL)
    places = real.values_list("prefecture_code").annotate(n=Count("pk")).order_by()
    followed = real.filter(origin=Origin.ENTERED)
    totals = followed.aggregate(n=Count("pk"), closed=Count("pk", filter=Q(stage=Stage.CLOSED)))
    names = Region.objects.real().filter(level=Region.Level.PREFECTURE)
    return Figures(
        at=timezone.now(),
        followed=totals["n"],
        closed=totals["closed"],
        from_reports=real.filter(origin=Origin.REPORTED).count(),
        by_prefecture=dict(places),
        names=dict(names.values_list("code", "short_name")),
        reported=_headlines(),
        stories=_stories(),
        **_work(),
    )


def _work() -> dict[str, int]:
    mine = Q(case__is_public=True, case__origin=Origin.ENTERED)
    done = (TaskState.ANSWERED, TaskState.VERIFIED)
    tasks = (
        Task.objects.filter(mine)
        .exclude(state__in=(TaskState.DRAFTED, TaskState.CANCELLED))
        .aggregate(
            tasks=Count("pk"),
            answered=Count("pk", filter=Q(state__in=done)),
            verified=Count("pk", filter=Q(state=TaskState.VERIFIED)),
        )
    )
    agreed = AgreedItem.objects.filter(mine, confirmed_at__isnull=False, dropped_reason="")
    return {"items": agreed.count(), **tasks}


def _stories() -> list[int]:
    """Real cases with a headline figure, one of them with a before and an after."""
    told = OutcomeMetric.objects.filter(
        is_headline=True, case__is_public=True, case__origin__in=REAL
    ).order_by("-case__listed_at", "-case")
    both = told.filter(before__gt=0, after__gt=0).values_list("case", flat=True)[:1]
    rest = told.filter(before=None).values_list("case", flat=True)[:STORIES]
    return [*both, *rest][:STORIES]


def _headlines() -> list[ReportedFigure]:
    """One figure of the whole province for each of a few topics, the latest that is stated."""
    rows = figures().filter(region=PROVINCE, topic__in=SHOWN_FIGURES, value__gte=10)
    found: dict[str, ReportedFigure] = {}
    for row in rows.order_by("-citation__report__published_on", "-value", "pk"):
        found.setdefault(row.topic, row)
    return [found[topic] for topic in SHOWN_FIGURES if topic in found]
