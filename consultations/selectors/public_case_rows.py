"""The tables of one public case, each narrowed to the columns and rows its page may show."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Sum

from committees.models import Citation
from consultations.models import (
    AgreedItem,
    Case,
    CaseLink,
    CoHost,
    Commitment,
    Conversion,
    FieldVisit,
    FollowUp,
    FundLine,
    Instruction,
    Meeting,
    Milestone,
    OutcomeMetric,
    Participant,
    Rating,
    ReportedFigure,
    Side,
    Suspension,
    Task,
)
from consultations.selectors.jsonrows import Bundle, JSONRows

# An agreed item is public once it was read back, or when a report tells of it.
AGREED = Q(confirmed_at__isnull=False) | Q(citation__isnull=False)


def _of_case(model: type, *order: str, **where: Any) -> QuerySet:
    return model.objects.filter(case=OuterRef("pk"), **where).order_by(*order, "pk")  # type: ignore[attr-defined]


def _meeting_rows() -> dict[str, Any]:
    people = Participant.objects.filter(meeting__case=OuterRef("pk")).order_by("meeting", "pk")
    meetings = _of_case(Meeting, "round").exclude(status=Meeting.Status.CANCELLED)
    return {
        "link": JSONRows(_of_case(CaseLink), pk="other"),
        "linked_from": JSONRows(
            CaseLink.objects.filter(other=OuterRef("pk")).order_by("pk"), pk="case"
        ),
        "side": JSONRows(_of_case(Side), "id", "name", "interest"),
        "visit": JSONRows(
            _of_case(FieldVisit, "visited_on"), "id", "visited_on", "method", "people_met",
            "place", "findings", "citation_id",
        ),
        "meeting": JSONRows(
            meetings, "id", "round", "name", "form", "status", "held_on", "place", "head_count",
            "organisations", "summary", room_name="room__name", room_code="room__code",
            starts="starts_at",
        ),
        "participant": JSONRows(
            people, "id", "meeting_id", "capacity", "name", "organisation", "count", "attended",
            side_name="side__name", interest="side__interest",
        ),
    }  # fmt: skip


def _outcome_rows() -> dict[str, Any]:
    mine = {"item__case": OuterRef("pk")}
    items = _of_case(AgreedItem, "number").filter(AGREED)
    suspensions = Suspension.objects.filter(task__case=OuterRef("pk"), ended_on=None)
    return {
        "item": JSONRows(
            items, "id", "number", "text", "route", "owner", "due_on", "funds", "settled_on",
            "dropped_reason",
        ),
        "task": JSONRows(
            _of_case(Task, "item__number", "number"), "id", "item_id", "number", "title",
            "unit_id", "unit_wording", "role", "percent", "due_on", "state", "signed_on",
            "last_progress_on", "answered_on", "verified_on", "promise_on", "suspended_until",
            "accepted_by_lapse", unit_label="unit__name",
        ),
        "suspension": JSONRows(
            suspensions.order_by("pk"), "id", "task_id", "cause", "reason", "until"
        ),
        "milestone": JSONRows(
            Milestone.objects.filter(**mine).order_by("pk"), "id", "item_id", "title", "due_on",
            "done_on",
        ),
        "commitment": JSONRows(
            Commitment.objects.filter(**mine).order_by("pk"), "id", "item_id", "promised_by",
            "text", "condition", "due_on", "state", "checked_on",
        ),
    }  # fmt: skip


def _after_rows() -> dict[str, Any]:
    ratings = Rating.objects.filter(case=OuterRef("pk")).order_by().values("result")
    sources = Citation.objects.filter(cases=OuterRef("pk")).order_by("report", "pk")
    return {
        "metric": JSONRows(
            _of_case(OutcomeMetric, "-is_headline"), "id", "name", "before", "after", "unit",
            "exactness", "measured_on", "is_headline",
        ),
        "fund": JSONRows(_of_case(FundLine), "id", "name", "granted", "granted_on"),
        "rating": JSONRows(ratings.annotate(n=Sum("count")), "result", "n"),
        "follow_up": JSONRows(
            _of_case(FollowUp, "done_on", is_public=True), "id", "kind", "done_on", "finding"
        ),
        "conversion": JSONRows(
            _of_case(Conversion), "id", "kind", "title", "converted_on", "accepted", "answer"
        ),
        "instruction": JSONRows(
            _of_case(Instruction), "id", "level", "leader", "subject", "text", "given_on"
        ),
        "co_host": JSONRows(
            _of_case(CoHost), "id", "part", committee_name="committee__short_name",
            committee_code="committee__region_id",
        ),
        "figure": JSONRows(
            _of_case(ReportedFigure, "code"), "id", "name", "value", "unit", "exactness",
            "wording",
        ),
        "source": JSONRows(
            sources, "id", "anchor", "note", report_title="report__title",
            report_code="report__code", report_authors="report__authors",
            report_publisher="report__publisher", report_date="report__published_on",
            report_date_note="report__date_note",
        ),
    }  # fmt: skip


RELATED = Bundle(Case, lambda: _meeting_rows() | _outcome_rows() | _after_rows())
