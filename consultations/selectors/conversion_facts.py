"""What is known of a case, or of one agreed item of it, for the paper that it is turned into.

Internal: it goes to the office, which reads it before it leaves the house. Who took part is not
listed, and what was said is told by side; words that staff typed stand as they were typed.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from consultations.models import (
    AgreedItem,
    Case,
    Conference,
    Conversion,
    FieldVisit,
    Meeting,
    OutcomeMetric,
    Reply,
    Statement,
    Task,
)
from consultations.workflow.tasks import TaskState


@dataclass(frozen=True)
class Handled:
    """A task with the last reply that its unit signed, if any."""

    task: Task
    reply: Reply | None


@dataclass(frozen=True)
class Facts:
    """In the order in which they came about; `dissent` is who held it (a side or a unit) and what."""

    case: Case
    visits: list[FieldVisit]
    meetings: list[Meeting]
    items: list[AgreedItem]
    handled: list[Handled]
    metrics: list[OutcomeMetric]
    dissent: list[tuple[str, str]]


def facts_of(made: Conversion) -> Facts:
    """By nine statements, whatever the size of the case."""
    case = Case.objects.select_related("region", "committee").get(pk=made.case_id)
    of_item = Q(item=made.item_id) if made.item_id else Q()
    items = case.items.filter(Q(pk=made.item_id) if made.item_id else Q())
    metrics = case.metrics.filter(of_item | Q(item=None)).order_by("pk")
    meetings = case.meetings.filter(status=Meeting.Status.HELD)
    return Facts(
        case,
        list(case.visits.order_by("pk")),
        list(meetings.select_related("room").order_by("round", "pk")),
        list(items.order_by("number", "pk")),
        _handled(case, of_item),
        list(metrics),
        [*_said(case), *_of_units(case, of_item)],
    )


def _handled(case: Case, of_item: Q) -> list[Handled]:
    signed = Reply.objects.filter(signed_on__isnull=False).order_by("-pk")
    tasks = case.tasks.filter(of_item).exclude(state__in=(TaskState.DRAFTED, TaskState.CANCELLED))
    rows = tasks.select_related("unit").prefetch_related(
        Prefetch("replies", queryset=signed, to_attr="signed_replies")
    )
    return [Handled(task, next(iter(task.signed_replies), None)) for task in rows.order_by("pk")]


def _said(case: Case) -> list[tuple[str, str]]:
    """Reservations of the meetings, by side."""
    rows = Statement.objects.filter(meeting__case=case, kind=Statement.Kind.DISSENT)
    told = rows.order_by("meeting", "order", "pk").values_list("speaker__side__name", "text")
    return [(side or "", text) for side, text in told]


def _of_units(case: Case, of_item: Q) -> list[tuple[str, str]]:
    """What units had noted after a binding conference."""
    tasks = case.tasks.filter(of_item)
    rows = Conference.objects.filter(task__in=tasks).exclude(dissent="")
    return [(str(row.unit), row.dissent) for row in rows.select_related("unit").order_by("pk")]
