"""Cases for everybody's eyes: released by the right people, one with everything on its page.

case = a_public_case(county=county)              # handling, released
case = a_full_case(county=county)                # with a row in every table the page shows
case = a_reported_case(report=a_report())        # as the records of the articles are
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from committees.models import Citation, Committee, SourceReport
from committees.partial_dates import PartialDate
from consultations.models import (
    Campaign,
    Case,
    CoHost,
    Conversion,
    FollowUp,
    FundLine,
    Instruction,
    OutcomeMetric,
    Participant,
    Rating,
    ReportedFigure,
    Suspension,
    TopicField,
)
from tests.factories import (
    County,
    a_committee,
    a_county,
    a_region,
    case_at,
    step,
    task_step,
    walk_task,
)

MOMENT = dt.datetime(2023, 1, 1, 12, tzinfo=dt.UTC)


def a_public_case(stage: str = "handling", *, county: County | None = None, **fields: Any) -> Case:
    """A case that walked to a stage and was released by a second person."""
    county = county or a_county()
    case = case_at(stage, county=county, **fields)
    return released(case, county=county)


def released(case: Case, *, county: County) -> Case:
    if not case.is_public:
        step(case, "(write public text)", county=county)
        step(case, "publish", county=county)
    case.refresh_from_db()
    return case


def a_full_case(*, county: County | None = None, **fields: Any) -> Case:
    """A released case with a row in every table of its page."""
    county = county or a_county()
    case = case_at("handling", county=county, items=FULL_ITEMS, **fields)
    first, second, *_rest = case.tasks.order_by("pk")
    walk_task(first, "verified", county=county)
    walk_task(second, "suspended", county=county)
    day = PartialDate.parse("2026-03")
    OutcomeMetric.objects.create(
        case=case, name="往返车费", before=40, after=4, unit="元", is_headline=True
    )
    OutcomeMetric.objects.create(case=case, name="受益村民", after=300, unit="人")
    FundLine.objects.create(case=case, name="县级补助", granted=180000)
    FollowUp.objects.create(case=case, kind="look_back", done_on=day, finding="渠道仍在通水。")
    FollowUp.objects.create(
        case=case, kind="visit", done_on=day, finding="内部回访记录。", is_public=False
    )
    Conversion.objects.create(case=case, kind="proposal", title="关于整修支渠的提案")
    Instruction.objects.create(case=case, level="county", leader="县长", subject="水渠整修")
    CoHost.objects.create(case=case, committee=a_committee(a_region("539998", name="邻邦县")))
    Participant.objects.create(
        meeting=case.meetings.get(), capacity="masses", name="周小河", attended=True, count=3
    )
    return released(case, county=county)


FULL_ITEMS = [
    {"route": "county", "commitments": 2},
    {"route": "county"},
    {"route": "village"},
]


def rated(case: Case, **counts: int) -> None:
    """Ratings by value: rated(case, satisfied=3, unknown=1)."""
    for value, count in counts.items():
        Rating.objects.create(
            case=case, rater="resident", channel="paper", result=value, count=count
        )


def a_field(code: str = "land", name: str = "土地与农业", **fields: Any) -> TopicField:
    return TopicField.objects.get_or_create(code=code, defaults={"name": name, **fields})[0]


def a_report(code: str = "2023-paper") -> SourceReport:
    return SourceReport.objects.get_or_create(
        code=code, defaults={"title": "一篇报道", "authors": "记者", "published_on": "2023"}
    )[0]


def a_citation(anchor: str = "出处", *, report: SourceReport | None = None) -> Citation:
    return Citation.objects.get_or_create(report=report or a_report(), anchor=anchor)[0]


def a_campaign(committee: Committee, code: str = "brand", **fields: Any) -> Campaign:
    return Campaign.objects.create(code=code, name=f"品牌{code}", committee=committee, **fields)


def a_figure(code: str = "figure", *, region: str = "53", **fields: Any) -> ReportedFigure:
    values: dict[str, Any] = {
        "topic": "sessions", "name": "协商场次", "value": 353, "unit": "场",
        "region": a_region(region), "citation": a_citation(),
    }  # fmt: skip
    return ReportedFigure.objects.create(code=code, **values | fields)


def a_reported_case(code: str = "r-1", *, county: County | None = None, **fields: Any) -> Case:
    """A case known from a report, as `loaddata` brings it: nobody walked it."""
    county = county or a_county()
    values: dict[str, Any] = {
        "title": "报道里的事", "problem": "报道里的问题。", "region": county.region,
        "committee": county.committee, "year": 2022, "stage": "closed", "origin": "reported",
        "is_public": True, "published_at": MOMENT, "listed_at": MOMENT, "steps_recorded": 0b1001001,
    }  # fmt: skip
    case = Case.objects.create(code=code, **values | fields)
    case.citations.add(a_citation())
    return case


def suspend(case: Case, *, county: County, reason: str) -> Suspension:
    task = case.tasks.order_by("pk").first()
    walk_task(task, "handling", county=county)
    task_step(task, "suspend", county=county, reason=reason)
    return task.suspensions.get()


def listed(case: Case, *, minutes: int) -> None:
    """Put a case at a place of the list: so many minutes after a fixed moment."""
    at = timezone.make_aware(dt.datetime(2026, 1, 1)) + dt.timedelta(minutes=minutes)
    Case.objects.filter(pk=case.pk).update(listed_at=at)
