"""The agreed items of a public case, with their tasks, promises and milestones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from committees.models import Parameter
from consultations.models import (
    AgreedItem,
    Case,
    Commitment,
    Event,
    ItemState,
    Milestone,
    Suspension,
    Task,
)
from consultations.privacy import findings
from consultations.selectors.clocks import Clock, Move, clock_of, move
from consultations.selectors.items import item_progress, item_state
from consultations.selectors.lights import Light, Lights, MilestoneLine
from consultations.workflow.tasks import TaskState

Rows = Callable[[str, type], list[Any]]


@dataclass
class TaskRow:
    """A task as the public sees it: its light, its clock, and the cause while that stands still."""

    task: Task
    light: Light
    suspension: Suspension | None
    clock: Clock

    @property
    def is_promised(self) -> bool:
        return self.task.state == TaskState.TRACKED

    @property
    def suspension_reason(self) -> str:
        """The office's words, unless they hold what must not be shown."""
        reason = self.suspension.reason if self.suspension else ""
        return "" if findings(reason) else reason


@dataclass
class ItemRow:
    item: AgreedItem
    state: ItemState
    progress: int | None
    tasks: list[TaskRow]
    commitments: list[Commitment]
    milestones: list[MilestoneLine]


def item_rows(rows: Rows, *, case: Case) -> list[ItemRow]:
    """The items of a case; `rows(name, model)` gives the instances of one of its tables."""
    lights = Lights.of_rules(rows("limit", Parameter))
    tasks, promises = _by_item(rows("task", Task)), _by_item(rows("commitment", Commitment))
    milestones = _by_item(rows("milestone", Milestone))
    moves = _moves(rows("move", Event))
    paused = {one.task_id: one for one in rows("suspension", Suspension)}
    return [
        ItemRow(
            item,
            item_state(item, tasks=tasks[item.pk], commitments=promises[item.pk]),
            item_progress(tasks[item.pk]),
            _shown(tasks[item.pk], paused, moves, lambda task: lights.of_task(task, case=case)),
            promises[item.pk],
            lights.of_milestones(milestones[item.pk], case=case),
        )
        for item in rows("item", AgreedItem)
    ]


def _by_item(records: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for record in records:
        found[record.item_id].append(record)
    return found


def _moves(events: Iterable[Any]) -> dict[int, list[Move]]:
    found: dict[int, list[Move]] = defaultdict(list)
    for event in events:
        found[event.task_id].append(move(event.action, event.to_stage, event.at, event.left))
    return found


def _clock(task: Any, moves: list[Move]) -> Clock:
    return clock_of(task, moves, unit=task.unit_label or task.unit_wording)


def _shown(
    tasks: list[Task],
    paused: dict[int, Suspension],
    moves: dict[int, list[Move]],
    light: Callable[[Task], Light],
) -> list[TaskRow]:
    return [
        TaskRow(task, light(task), paused.get(task.pk), _clock(task, moves[task.pk]))
        for task in tasks
        if task.state != TaskState.DRAFTED
    ]
