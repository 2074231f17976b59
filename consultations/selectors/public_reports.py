"""The newspaper reports, what each contributed, and the figures they state.

A reported figure is quoted with its source. It is never added to another, nor to what is counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from committees.models import Room, SourceReport, Studio
from committees.models.regions import at_or_below
from consultations.models import Advice, Campaign, Case, Instruction, ReportedFigure
from consultations.selectors.cases import public_cases

MOST = 300


@dataclass(frozen=True)
class Contribution:
    """What the site knows from one report."""

    cases: QuerySet[Case]
    figures: list[ReportedFigure]
    studios: list[Studio]
    rooms: list[Room]
    campaigns: list[Campaign]
    advice: list[Advice]
    instructions: list[Instruction]


def reports() -> QuerySet[SourceReport]:
    return SourceReport.objects.annotate(
        figure_count=Count("citations__figures", distinct=True)
    ).order_by("-published_on", "code")


def report_page(code: str) -> SourceReport | None:
    return SourceReport.objects.filter(code=code).first()


def contribution_of(report: SourceReport) -> Contribution:
    cited = {"citation__report": report}
    return Contribution(
        cases=public_cases().filter(pk__in=Case.citations.through.objects.filter(
            citation__report=report).values("case")),
        figures=list(figures().filter(**cited)[:MOST]),
        studios=list(Studio.objects.filter(**cited).order_by("name", "pk")[:MOST]),
        rooms=list(Room.objects.filter(**cited).order_by("name", "pk")[:MOST]),
        campaigns=list(Campaign.objects.filter(**cited).order_by("code")[:MOST]),
        advice=list(Advice.objects.filter(**cited).order_by("kind", "-given_on", "pk")[:MOST]),
        instructions=list(_instructions().filter(**cited)[:MOST]),
    )  # fmt: skip


def _instructions() -> QuerySet[Instruction]:
    return Instruction.objects.filter(_case_is_seen()).order_by("-given_on", "pk")


def figures() -> QuerySet[ReportedFigure]:
    """Quoted figures in order of topic and place; none of a case that is hidden."""
    return (
        ReportedFigure.objects.filter(_case_is_seen())
        .select_related("region", "citation__report")
        .order_by("topic", "region_id", "code")
    )


def with_report(figure: ReportedFigure) -> ReportedFigure:
    """Its report under plain names, as lists of a few quoted figures show it."""
    report = figure.citation.report
    figure.report_code, figure.report_title = report.code, report.title  # type: ignore[attr-defined]
    figure.report_date = report.published_on  # type: ignore[attr-defined]
    return figure


def figures_at(code: str) -> list[ReportedFigure]:
    """The figures that reports state of exactly this region."""
    return list(figures().filter(region=code)[:MOST])


def figures_of_campaign(campaign: Campaign) -> list[ReportedFigure]:
    return list(figures().filter(campaign=campaign)[:MOST])


def figures_on(topic: str, *, region: str = "") -> list[ReportedFigure]:
    rows = figures().filter(topic=topic)
    if region:
        rows = rows.filter(at_or_below([region]))
    return list(rows[:MOST])


def _case_is_seen() -> Q:
    return Q(case=None) | Q(case__is_public=True)
