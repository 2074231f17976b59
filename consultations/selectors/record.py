"""Everything the record page of a case shows, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from committees.models import RoleGrant
from consultations.models import (
    AgendaItem,
    AgreedItem,
    Attachment,
    Case,
    Commitment,
    Event,
    ItemState,
    MediaReport,
    Meeting,
    Note,
    Participant,
    Statement,
    Task,
)
from consultations.selectors.clocks import Clock, clocks_of
from consultations.selectors.corrections import OF_VISIT, corrections_of
from consultations.selectors.items import item_progress, item_state
from consultations.selectors.jsonrows import as_models
from consultations.selectors.lights import Light, Lights, MilestoneLine, lights_now
from consultations.selectors.meeting_days import notices_in
from consultations.selectors.ratings import by_rater
from consultations.selectors.record_rows import ROWS, SECTIONS
from consultations.workflow.cases import Stage
from consultations.workflow.engine import Transition

StepsOf = Callable[[Task], list[Transition]]


@dataclass(frozen=True)
class TaskLine:
    """A task with its light, its clock and the steps that are the viewer's by role."""

    task: Task
    light: Light
    steps: list[Transition]
    clock: Clock


@dataclass(frozen=True)
class ItemLine:
    """An agreed item with what became of it, and how far it is."""

    item: AgreedItem
    state: ItemState
    progress: int | None
    tasks: list[TaskLine]
    milestones: list[MilestoneLine]


def item_lines(
    case: Case,
    *,
    grants: list[RoleGrant],
    inside: bool,
    steps: StepsOf,
    events: list[Event] | None = None,
) -> list[ItemLine]:
    """The agreed items, below each its tasks; a handling unit sees its own tasks only.

    `steps` tells which steps of a task are the viewer's; `events` is the whole history of the case
    where that has been read.
    """
    tasks = Task.objects.select_related("unit", "lead").order_by("number", "pk")
    promises = Commitment.objects.select_related("side").order_by("pk")
    items = case.items.order_by("number", "pk").prefetch_related(
        Prefetch("tasks", queryset=tasks), Prefetch("commitments", queryset=promises), "milestones"
    )
    units = {grant.unit_id for grant in grants if grant.unit_id}
    read = list(items)
    clocks = clocks_of([task for item in read for task in item.tasks.all()], events=events)
    lights, found = lights_now(), []
    for item in read:
        every = list(item.tasks.all())
        seen = every if inside else [task for task in every if task.unit_id in units]
        found.append(
            ItemLine(
                item,
                item_state(item, tasks=every, commitments=item.commitments.all()),
                item_progress(every),
                [_task_line(task, case, steps, lights, clocks[task.pk]) for task in seen],
                lights.of_milestones(item.milestones.all(), case=case),
            )
        )
    return found


def rolled_up(lines: list[ItemLine]) -> int | None:
    """How far the case is: the mean over its items with tasks; None while nobody stated any."""
    counted = [line.progress for line in lines if line.tasks and line.state != ItemState.DROPPED]
    if not any(percent is not None for percent in counted):
        return None
    return round(sum(percent or 0 for percent in counted) / len(counted))


def _task_line(task: Task, case: Case, steps: StepsOf, lights: Lights, clock: Clock) -> TaskLine:
    task.case = case  # known already; spares a query for each task
    return TaskLine(task, lights.of_task(task, case=case), steps(task), clock)


def sections(case: Case, events: list[Event]) -> dict[str, Any]:
    """The simple sections of the record, by a few statements; `events` is its whole history."""
    found = ROWS.of(case.pk)
    parts = {key: as_models(model, found[name]) for key, (name, model) in SECTIONS.items()}
    parts["scores"] = by_rater(parts["ratings"], parts["asked"], parts["slips"])
    parts["attachments"] = _files(case)
    parts["meetings"] = _meetings(found, parts["sides"], events)
    for meeting in parts["meetings"]:
        meeting.papers = [file for file in parts["attachments"] if file.meeting_id == meeting.pk]
    corrected = corrections_of(events, action=OF_VISIT, of="visit")
    for visit in parts["visits"]:
        visit.corrections = corrected.get(visit.pk, [])
    parts["helpers"] = [row["name"] for row in found["helper"]]
    parts["notes"] = _notes(found)
    parts["joined"] = list(joined_with(case))
    return parts


def known_of(parts: dict[str, Any], items: Iterable[ItemLine]) -> dict[str, Any]:
    """What the record has read already, as the guards of the steps would look it up."""
    outcomes = [approval for approval in parts["approvals"] if approval.kind == "outcome"]
    researched = [approval for approval in parts["approvals"] if approval.kind == "research"]
    planned = next((m for m in parts["meetings"] if m.status == Meeting.Status.PLANNED), None)
    return {
        "planned": planned,
        "present": [person for person in planned.people if person.attended] if planned else [],
        "has_statement": bool(planned and planned.spoken),
        "last_research": max(researched, key=lambda approval: approval.pk, default=None),
        "has_visit": bool(parts["visits"]),
        "sides": len(parts["sides"]),
        "rounds": sum(meeting.status == Meeting.Status.HELD for meeting in parts["meetings"]),
        "last_outcome": max(outcomes, key=lambda approval: approval.pk, default=None),
        "items": [line.item for line in items],
        "last_round": max((one.task.round for line in items for one in line.tasks), default=0),
    }


def _meetings(found: dict[str, Any], sides: list[Any], events: list[Event]) -> list[Meeting]:
    """Each with its agenda, who sat there for which side, what was said, what the media told, and
    what was corrected afterwards."""
    agenda = as_models(AgendaItem, found["agenda"])
    people = as_models(Participant, found["participant"])
    spoken = as_models(Statement, found["statement"])
    by_key, known = {side.pk: side for side in sides}, {person.pk: person for person in people}
    for person in people:
        person.side = by_key.get(person.side_id or 0)
    for said in spoken:
        said.speaker = known.get(said.speaker_id or 0)
    corrected, short = corrections_of(events), notices_in(events)
    told = as_models(MediaReport, found["report"])
    meetings: list[Any] = as_models(Meeting, found["meeting"])
    for meeting in meetings:
        meeting.points = [row for row in agenda if row.meeting_id == meeting.pk]
        meeting.people = [row for row in people if row.meeting_id == meeting.pk]
        meeting.by_side = _by_side(meeting.people)
        meeting.reported = [row for row in told if row.meeting_id == meeting.pk]
        meeting.spoken = [row for row in spoken if row.meeting_id == meeting.pk]
        meeting.corrections = corrected.get(meeting.pk, [])
        meeting.notice = short.get(meeting.pk)
    return meetings


def _by_side(people: Iterable[Participant]) -> list[tuple[str, int]]:
    """How many were present for each side, in the order of the list; groups count their number."""
    found: dict[str, int] = {}
    for person in people:
        if person.attended and person.side and person.count:
            found[str(person.side)] = found.get(str(person.side), 0) + person.count
    return list(found.items())


def _files(case: Case) -> list[Attachment]:
    people = ("uploaded_by", "described_by", "released_by", "hidden_by")
    return list(case.attachments.select_related(*people).order_by("pk"))


def joined_with(case: Case) -> QuerySet[Case]:
    """The topics that were merged into this one, each with what residents raised under it."""
    joined = case.merged.select_related("region").prefetch_related("suggestions")
    return joined.filter(stage=Stage.MERGED).order_by("pk")


def _notes(found: dict[str, Any]) -> list[Note]:
    """The internal notes, each with the names of those it is meant for."""
    notes: list[Any] = as_models(Note, found["note"])
    for note in notes:
        note.meant_for = [row["name"] for row in found["mention"] if row["note_id"] == note.pk]
    return notes


def is_unreported(case: Case, meetings: list[Meeting]) -> bool:
    """The day of the planned meeting has passed and nobody wrote down how it went."""
    today = timezone.localdate()
    return case.stage == "scheduled" and any(
        meeting.status == Meeting.Status.PLANNED
        and meeting.starts_at is not None
        and timezone.localtime(meeting.starts_at).date() < today
        for meeting in meetings
    )
