"""The small tables of one case for its record, whole rows of them, by one statement."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from committees.models import Citation, User
from consultations.models import (
    AgendaItem,
    Approval,
    Case,
    CaseLink,
    CoHost,
    Conversion,
    FieldVisit,
    Filing,
    FollowUp,
    FundLine,
    Instruction,
    KeySupervision,
    LookBack,
    MediaReport,
    Meeting,
    Note,
    OutcomeMetric,
    Participant,
    Rating,
    RatingAsked,
    RatingCode,
    Side,
    Statement,
    Suggestion,
)
from consultations.selectors.jsonrows import Bundle, JSONRows

NOTES = 100


def _of_case(model: Any, *order: str, path: str = "case") -> QuerySet[Any]:
    return model._default_manager.filter(**{path: OuterRef("pk")}).order_by(*order, "pk")


def _whole(rows: QuerySet[Any], **aliased: Any) -> JSONRows:
    """Every column of the rows, so that `as_models` makes complete records of them."""
    return JSONRows(rows, *(field.attname for field in rows.model._meta.concrete_fields), **aliased)


def _name(path: str) -> Coalesce:
    """The name of an account, as `User.__str__` words it."""
    return Coalesce(NullIf(F(f"{path}display_name"), Value("")), F(f"{path}username"))


def _before_and_at_the_meeting() -> dict[str, JSONRows]:
    talking = _of_case(Statement, "meeting", "order", path="meeting__case")
    return {
        "meeting": _whole(_of_case(Meeting, "round"), room_name="room__name"),
        "agenda": _whole(_of_case(AgendaItem, "meeting", "order", path="meeting__case")),
        "report": _whole(_of_case(MediaReport, "published_on", path="meeting__case")),
        "side": _whole(_of_case(Side)),
        "visit": _whole(_of_case(FieldVisit, "visited_on")),
        "participant": _whole(
            _of_case(Participant, "meeting", path="meeting__case"), side_name="side__name"
        ),
        "statement": _whole(talking),
        "suggestion": JSONRows(_of_case(Suggestion), "id", "title"),
        "co_host": _whole(_of_case(CoHost), committee_name="committee__short_name"),
        "helper": JSONRows(_of_case(User, path="helped_cases"), "id", name=_name("")),
        "link": _whole(_of_case(CaseLink), other_title="other__title"),
        "linked_from": _whole(_of_case(CaseLink, path="other"), other_title="case__title"),
        "citation": _whole(
            _of_case(Citation, "report", path="cases"), report_title="report__title"
        ),
    }


def _afterwards() -> dict[str, JSONRows]:
    mentions = Note.mentions.through._default_manager.filter(note__case=OuterRef("pk"))
    return {
        "approval": _whole(_of_case(Approval), decided_name=_name("decided_by__")),
        "filing": _whole(_of_case(Filing), filed_name=_name("filed_by__")),
        "follow_up": _whole(_of_case(FollowUp, "done_on")),
        "conversion": _whole(_of_case(Conversion)),
        "instruction": _whole(_of_case(Instruction)),
        "key_supervision": _whole(_of_case(KeySupervision)),
        "look_back": _whole(_of_case(LookBack, path="case").filter(task=None)),
        "metric": _whole(_of_case(OutcomeMetric, "-is_headline")),
        "fund": _whole(_of_case(FundLine)),
        "rating": _whole(_of_case(Rating)),
        "asked": _whole(_of_case(RatingAsked)),
        "slip": JSONRows(
            _of_case(RatingCode).filter(follow_up=None),
            "id",
            "rater",
            "round",
            "used_at",
            "revoked_at",
        ),
        "note": _whole(
            _of_case(Note, "-is_pinned", "-written_at")[:NOTES], author_name=_name("author__")
        ),
        "mention": JSONRows(mentions.order_by("pk"), "note_id", name=_name("user__")),
    }


ROWS = Bundle(Case.objects.all, lambda: _before_and_at_the_meeting() | _afterwards())

# The sections whose rows need nothing else: the name on the page, the rows, their model.
SECTIONS: dict[str, tuple[str, type[Any]]] = {
    "sides": ("side", Side),
    "visits": ("visit", FieldVisit),
    "approvals": ("approval", Approval),
    "filings": ("filing", Filing),
    "follow_ups": ("follow_up", FollowUp),
    "conversions": ("conversion", Conversion),
    "instructions": ("instruction", Instruction),
    "look_backs": ("look_back", LookBack),
    "key_supervisions": ("key_supervision", KeySupervision),
    "metrics": ("metric", OutcomeMetric),
    "funds": ("fund", FundLine),
    "ratings": ("rating", Rating),
    "asked": ("asked", RatingAsked),
    "slips": ("slip", RatingCode),
    "links": ("link", CaseLink),
    "linked_from": ("linked_from", CaseLink),
    "co_hosts": ("co_host", CoHost),
    "suggestions": ("suggestion", Suggestion),
    "citations": ("citation", Citation),
}
