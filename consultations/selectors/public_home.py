"""The figures of the home page. Counted ones are at most a minute old and say of when they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import cache, caches
from django.db.models import Count, Q
from django.utils import timezone

from committees.models import Origin, Region
from consultations.models import AgreedItem, Case, OutcomeMetric, ReportedFigure, Task
from consultations.selectors.cases import public_cases
from consultations.selectors.public import REAL, newest_cases, newest_shown, stamp
from consultations.selectors.public_blocks import Block, home_blocks
from consultations.selectors.public_reports import figures, with_report
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskState

KEY = "public-home-3"
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
    relapsed: int
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
    """`blocks` in their order; `newest` and the stories are what some of them show."""

    figures: Figures
    blocks: list[Block]
    story: Case | None = None
    stories: list[Case] = field(default_factory=list)
    newest: list[Case] = field(default_factory=list)

    @property
    def quoted(self) -> list[ReportedFigure]:
        """The figures picked for the block of figures, else the latest of the province."""
        picked = next((block.figures for block in self.blocks if block.kind == "figures"), [])
        return picked or self.figures.reported


def home() -> Home:
    """The home page, read once for as long as nothing on record changes (`stamp`)."""
    if not settings.KEEP_PAGES:
        return home_with(home_blocks())
    shelf, mark = caches["pages"], stamp()
    kept = shelf.get("home")
    if kept is None or kept[0] != mark:
        kept = mark, home_with(home_blocks())
        shelf.set("home", kept, settings.KEEP_PAGES)
    found: Home = kept[1]
    return found


def home_with(blocks: list[Block]) -> Home:
    """The home page with these blocks. Which cases to tell is kept for a minute; that they are
    public is asked anew."""
    found = cache.get(KEY)
    if found is None:
        found = _count()
        cache.set(KEY, found, SECONDS)
    picked = {block.case_id for block in blocks if block.case_id}
    cases = newest_cases(
        STORIES + len(picked), public_cases().filter(pk__in={*found.stories, *picked})
    )
    by_key = {case.pk: case for case in cases}
    for block in blocks:
        block.case = by_key.get(block.case_id or 0)
        written = (block.title, block.text, block.link, block.link_text)
        block.stamp = (found.at, *written, *(figure.pk for figure in block.figures))
    told = [by_key[pk] for pk in found.stories if pk in by_key]
    story = _story(blocks, told)
    return Home(
        figures=found,
        blocks=[block for block in blocks if block.is_shown],
        story=story,
        stories=[case for case in told if case is not story and not _has_both(case)],
        newest=newest_shown(NEWEST),
    )


def _story(blocks: list[Block], told: list[Case]) -> Case | None:
    """The one that staff picked, else one with a before and an after."""
    picked = next((b.case for b in blocks if b.kind == "results" and b.case), None)
    return picked or next((case for case in told if _has_both(case)), None)


def _has_both(case: Case) -> bool:
    before, after = case.figure_before, case.figure_after  # type: ignore[attr-defined]
    return before is not None and after is not None and min(before, after) > 0


def _count() -> Figures:
    """Real, public cases only; what a report tells of is counted apart from what is followed."""
    real = public_cases().filter(origin__in=REAL)
    places = real.values_list("prefecture_code").annotate(n=Count("pk")).order_by()
    followed = real.filter(origin=Origin.ENTERED)
    totals = followed.aggregate(
        n=Count("pk"),
        closed=Count("pk", filter=Q(stage=Stage.CLOSED)),
        relapsed=Count("pk", filter=Q(relapses__gt=0)),
    )
    names = Region.objects.real().filter(level=Region.Level.PREFECTURE)
    return Figures(
        at=timezone.now(),
        followed=totals["n"],
        closed=totals["closed"],
        relapsed=totals["relapsed"],
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
        found.setdefault(row.topic, with_report(row))
    return [found[topic] for topic in SHOWN_FIGURES if topic in found]
