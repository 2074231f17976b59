"""The tables of one public case, each narrowed to the columns and rows its page may show."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Left, Length
from django.db.models.lookups import Exact

from committees.models import Citation, Parameter
from consultations.models import (
    AgendaItem,
    AgreedItem,
    Attachment,
    Case,
    CaseLink,
    CoHost,
    Commitment,
    Conversion,
    Event,
    FieldVisit,
    FollowUp,
    FundLine,
    Instruction,
    LookBack,
    MediaReport,
    Meeting,
    Milestone,
    OutcomeMetric,
    Participant,
    Rating,
    RatingAsked,
    RatingCode,
    ReportedFigure,
    Side,
    Suspension,
    Task,
)
from consultations.selectors.cases import public_cases
from consultations.selectors.clocks import TELLING
from consultations.selectors.jsonrows import Bundle, JSONRows
from consultations.selectors.lights import KEYS as LIGHT_KEYS
from consultations.selectors.public import REAL, ROW_COLUMNS, ROW_VALUES, case_rows, name_of_region
from consultations.selectors.public_files import TOLD
from consultations.selectors.public_timeline import FACTS, TOLD_AS_WELL

BESIDE = 6  # three stand there; some of these may be linked ones that stand there already
# What stands beside a case on its page: real cases, and others of its own kind.
OF_ITS_KIND = Q(origin__in=REAL) | Q(origin=OuterRef("origin"))
# An agreed item is public once it was read back, or when a report tells of it.
AGREED = Q(confirmed_at__isnull=False) | Q(citation__isnull=False)


def _itself() -> JSONRows:
    """The case and what its page tells of the records it belongs to, under the names of the ORM."""
    rows = Case.objects.filter(pk=OuterRef("pk")).annotate(
        prefecture=name_of_region("prefecture_code", "name"),
        prefecture_short=name_of_region("prefecture_code"),
        county=name_of_region("county_code", "name"),
    )
    own = (
        "id", "code", "title", "problem", "wish", "place", "prefecture_code", "county_code",
        "source", "source_wording", "proposer", "raised_on", "year", "stage", "result",
        "public_summary", "steps_recorded", "origin", "published_at", "updated_at", "version",
        "merged_into_id", "region_id", "committee_id", "studio_id", "campaign_id", "field_id",
    )  # fmt: skip
    joined = (
        "region__name", "region__level", "region__parent__name", "committee__short_name",
        "committee__region_id", "studio__name", "studio__code", "campaign__name", "campaign__code",
        "field__name", "field__code",
    )  # fmt: skip
    return JSONRows(
        rows.order_by("pk"), *own, prefecture_name="prefecture", county_name="county",
        prefecture_short="prefecture_short", **{name: name for name in joined},
    )  # fmt: skip


def _lines() -> JSONRows:
    """The public history, with the few facts of each line that are told."""
    told = Q(is_public=True) | Q(action__in=TOLD_AS_WELL)
    events = Event.objects.told().filter(told, case=OuterRef("pk")).order_by("at", "pk")
    return JSONRows(
        events, "is_silent", "id", "action", "task_id", "actor_id", "citation_id",
        "at", "happened_on", "reason", "is_public", task_title="task__title",
        **{name: KT(f"data__{name}") for name in FACTS},
    )  # fmt: skip


def _beside() -> dict[str, Any]:
    """The newest of its field and of its place; `public_beside` decides which stand there."""
    others = public_cases().filter(OF_ITS_KIND).exclude(pk=OuterRef("pk"))
    return {
        "beside_field": _rows_of(others.filter(field=OuterRef("field"))),
        "beside_place": _rows_of(others.filter(prefecture_code=OuterRef("prefecture_code"))),
    }


def _rows_of(cases: QuerySet[Case]) -> JSONRows:
    """As `case_rows` gives them."""
    rows = case_rows(cases).order_by("-listed_at", "-pk")[:BESIDE]
    shown = {name: F(name) for name in (*ROW_COLUMNS, *ROW_VALUES)}
    return JSONRows(rows, "id", **shown)


def _of_case(model: type, *order: str, **where: Any) -> QuerySet:
    return model.objects.filter(case=OuterRef("pk"), **where).order_by(*order, "pk")  # type: ignore[attr-defined]


def _meeting_rows() -> dict[str, Any]:
    people = Participant.objects.filter(meeting__case=OuterRef("pk")).order_by("meeting", "pk")
    agenda = AgendaItem.objects.filter(meeting__case=OuterRef("pk"))
    agenda = agenda.order_by("meeting", "order", "pk")
    reports = MediaReport.objects.filter(meeting__case=OuterRef("pk"))
    reports = reports.order_by("published_on", "pk")
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
        "report": JSONRows(
            reports, "id", "meeting_id", "title", "outlet", "published_on", "url"
        ),
        "agenda": JSONRows(
            agenda, "id", "meeting_id", "order", "title", "starts_at", "ends_at"
        ),
        "participant": JSONRows(
            people, "id", "meeting_id", "capacity", "name", "organisation", "count", "attended",
            side_name="side__name", interest="side__interest",
        ),
    }  # fmt: skip


def _outcome_rows(agreed: Q) -> dict[str, Any]:
    mine = {"item__case": OuterRef("pk")}
    items = _of_case(AgreedItem, "number").filter(agreed)
    moves = _of_case(Event, "at").filter(task__isnull=False, action__in=TELLING)
    suspensions = Suspension.objects.filter(task__case=OuterRef("pk"), ended_on=None)
    return {
        "item": JSONRows(
            items, "id", "number", "text", "route", "owner", "due_on", "funds", "settled_on",
            "dropped_reason",
        ),
        "task": JSONRows(
            _of_case(Task, "item__number", "number"), "id", "item_id", "number", "title",
            "unit_id", "unit_wording", "role", "weight", "percent", "due_on", "due_basis", "state",
            "signed_on",
            "last_progress_on", "answered_on", "verified_on", "promise_on", "suspended_until",
            "accepted_by_lapse", "state_since", "first_dispatched_on", unit_label="unit__name",
        ),
        "move": JSONRows(
            moves, "id", "task_id", "action", "to_stage", "at", left=KT("data__from")
        ),
        "suspension": JSONRows(
            suspensions.order_by("pk"), "id", "task_id", "cause", "reason", "until"
        ),
        "limit": _limits(),
        "milestone": JSONRows(
            Milestone.objects.filter(**mine).order_by("pk"), "id", "item_id", "title", "due_on",
            "done_on",
        ),
        "commitment": JSONRows(
            Commitment.objects.filter(**mine).order_by("pk"), "id", "item_id", "promised_by",
            "text", "condition", "due_on", "state", "checked_on",
        ),
    }  # fmt: skip


def _limits() -> JSONRows:
    """The rules for lights of the case's place and of everything above it, oldest first."""
    here = Exact(Left(OuterRef("region"), Length("region_id")), F("region_id"))
    rules = Parameter.objects.filter(here, key__in=LIGHT_KEYS).order_by("effective_from", "pk")
    number = Cast("value", IntegerField())
    return JSONRows(rules, "id", "key", "region_id", "effective_from", value=number)


def _after_rows() -> dict[str, Any]:
    ratings = Rating.objects.filter(case=OuterRef("pk")).order_by().values("round", "result")
    asked = RatingAsked.objects.filter(case=OuterRef("pk")).order_by().values("round")
    slips = RatingCode.objects.filter(case=OuterRef("pk"), revoked_at=None, follow_up=None)
    sources = Citation.objects.filter(cases=OuterRef("pk")).order_by("report", "pk")
    return {
        "metric": JSONRows(
            _of_case(OutcomeMetric, "-is_headline"), "id", "name", "before", "after", "unit",
            "exactness", "measured_on", "is_headline",
        ),
        "fund": JSONRows(_of_case(FundLine), "id", "name", "granted", "granted_on"),
        "rating": JSONRows(ratings.annotate(n=Sum("count")), "round", "result", "n"),
        "asked": JSONRows(asked.annotate(n=Sum("count")), "round", "n"),
        "slip": JSONRows(
            slips.order_by().values("round").annotate(n=Count("pk")), "round", "n"
        ),
        "follow_up": JSONRows(
            _of_case(FollowUp, "done_on", is_public=True), "id", "kind", "done_on", "finding",
            "asked", "good", "fair", "poor",
        ),
        "look_back": JSONRows(
            _of_case(LookBack, "looked_on").filter(task=None), "id", "outcome", "finding",
            "looked_on", "opened_round",
        ),
        "conversion": JSONRows(
            _of_case(Conversion), "id", "kind", "title", "converted_on", "accepted", "answer",
            "filed_on", "accepted_on", "answered_on",
        ),
        "instruction": JSONRows(
            _of_case(Instruction, is_public=True), "id", "level", "leader", "subject", "text", "given_on"
        ),
        "co_host": JSONRows(
            _of_case(CoHost), "id", "part", committee_name="committee__short_name",
            committee_code="committee__region_id",
        ),
        "file": JSONRows(
            _of_case(Attachment).filter(TOLD), "id", "meeting_id", "kind", "title", "alt_text",
            "file",
            "is_public", "public_key", "hidden_reason", hidden="hidden_at",
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


def page_rows(*, agreed: Q = AGREED) -> dict[str, JSONRows]:
    """Everything that the page of a case shows of the case itself; `agreed` tells which items."""
    own = {"case": _itself(), "line": _lines()}
    return own | _meeting_rows() | _outcome_rows(agreed) | _after_rows()


RELATED = Bundle(public_cases, lambda: page_rows() | _beside())
# The same of any case, for those who decide on its release.
PREVIEW = Bundle(Case.objects.all, lambda: page_rows() | _beside())
