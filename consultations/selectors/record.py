"""Everything the record page of a case shows, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from committees.models import RoleGrant
from consultations.models import AgreedItem, Attachment, Case, ItemState, Meeting, Task
from consultations.selectors.corrections import corrections
from consultations.selectors.items import item_progress, item_state
from consultations.selectors.lights import Light, Lights, MilestoneLine, lights_now
from consultations.workflow.cases import Stage
from consultations.workflow.engine import Transition

StepsOf = Callable[[Task], list[Transition]]


@dataclass(frozen=True)
class TaskLine:
    """A task with its light and the steps that are the viewer's by role."""

    task: Task
    light: Light
    steps: list[Transition]


@dataclass(frozen=True)
class ItemLine:
    """An agreed item with what became of it, and how far it is."""

    item: AgreedItem
    state: ItemState
    progress: int | None
    tasks: list[TaskLine]
    milestones: list[MilestoneLine]


def item_lines(
    case: Case, *, grants: list[RoleGrant], inside: bool, steps: StepsOf
) -> list[ItemLine]:
    """The agreed items, below each its tasks; a handling unit sees its own tasks only.

    `steps` tells which steps of a task are the viewer's.
    """
    tasks = Task.objects.select_related("unit", "lead").order_by("number", "pk")
    items = case.items.order_by("number", "pk").prefetch_related(
        Prefetch("tasks", queryset=tasks), "commitments__side", "milestones"
    )
    units = {grant.unit_id for grant in grants if grant.unit_id}
    lights, found = lights_now(), []
    for item in items:
        every = list(item.tasks.all())
        seen = every if inside else [task for task in every if task.unit_id in units]
        found.append(
            ItemLine(
                item,
                item_state(item, tasks=every, commitments=item.commitments.all()),
                item_progress(every),
                [_task_line(task, case, steps, lights) for task in seen],
                lights.of_milestones(item.milestones.all(), case=case),
            )
        )
    return found


def _task_line(task: Task, case: Case, steps: StepsOf, lights: Lights) -> TaskLine:
    task.case = case  # known already; spares a query for each task
    return TaskLine(task, lights.of_task(task, case=case), steps(task))


def meetings_of(case: Case) -> list[Meeting]:
    """The meetings, each with what was corrected in its record after it was concluded."""
    meetings = case.meetings.select_related("room").order_by("round", "pk")
    found = list(meetings.prefetch_related("participants__side", "statements__speaker", "agenda"))
    corrected = corrections(case)
    for meeting in found:
        meeting.corrections = corrected.get(meeting.pk, [])  # type: ignore[attr-defined]
    return found


def sections(case: Case) -> dict[str, Any]:
    """The simple sections of the record, each one query."""
    return {
        "sides": list(case.sides.order_by("pk")),
        "visits": list(case.visits.order_by("visited_on", "pk")),
        "meetings": meetings_of(case),
        "approvals": list(case.approvals.select_related("decided_by").order_by("pk")),
        "filings": list(case.filings.select_related("filed_by").order_by("pk")),
        "follow_ups": list(case.follow_ups.select_related("recorded_by").order_by("done_on", "pk")),
        "conversions": list(case.conversions.order_by("pk")),
        "instructions": list(case.instructions.order_by("pk")),
        "metrics": list(case.metrics.order_by("-is_headline", "pk")),
        "funds": list(case.funds.order_by("pk")),
        "ratings": list(case.ratings.order_by("pk")),
        "attachments": _files(case),
        "helpers": list(case.helpers.order_by("pk")),
        "links": list(case.links.select_related("other").order_by("pk")),
        "linked_from": list(case.linked_from.select_related("case").order_by("pk")),
        "joined": list(joined_with(case)),
        "co_hosts": list(case.co_hosts.select_related("committee").order_by("pk")),
        "suggestions": list(case.suggestions.order_by("pk")),
        "citations": list(case.citations.select_related("report").order_by("pk")),
    }


def _files(case: Case) -> list[Attachment]:
    people = ("uploaded_by", "described_by", "released_by", "hidden_by")
    return list(case.attachments.select_related(*people).order_by("pk"))


def joined_with(case: Case) -> QuerySet[Case]:
    """The topics that were merged into this one, each with what residents raised under it."""
    joined = case.merged.select_related("region").prefetch_related("suggestions")
    return joined.filter(stage=Stage.MERGED).order_by("pk")


def notes_of(case: Case) -> list[Any]:
    notes = case.notes.select_related("author").order_by("-is_pinned", "-written_at", "-pk")
    return list(notes.prefetch_related("mentions")[:100])


def is_unreported(case: Case, meetings: list[Meeting]) -> bool:
    """The day of the planned meeting has passed and nobody wrote down how it went."""
    today = timezone.localdate()
    return case.stage == "scheduled" and any(
        meeting.status == Meeting.Status.PLANNED
        and meeting.starts_at is not None
        and timezone.localtime(meeting.starts_at).date() < today
        for meeting in meetings
    )
