"""The agreed items of a public case, with their tasks, promises and milestones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from consultations.models import (
    AgreedItem,
    Commitment,
    ItemState,
    Milestone,
    Suspension,
    Task,
)
from consultations.privacy import findings
from consultations.selectors.items import item_state
from consultations.selectors.lights import Light, MilestoneLine, light_of, milestone_lines
from consultations.workflow.tasks import TaskState

Rows = Callable[[str, type], list[Any]]


@dataclass
class TaskRow:
    """A task as the public sees it: its light, and the cause while its clock stands still."""

    task: Task
    light: Light
    suspension: Suspension | None

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
    tasks: list[TaskRow]
    commitments: list[Commitment]
    milestones: list[MilestoneLine]


def item_rows(rows: Rows) -> list[ItemRow]:
    """The items of a case; `rows(name, model)` gives the instances of one of its tables."""
    tasks, promises = _by_item(rows("task", Task)), _by_item(rows("commitment", Commitment))
    milestones = _by_item(rows("milestone", Milestone))
    paused = {one.task_id: one for one in rows("suspension", Suspension)}
    return [
        ItemRow(
            item,
            item_state(item, tasks=tasks[item.pk], commitments=promises[item.pk]),
            _shown(tasks[item.pk], paused),
            promises[item.pk],
            milestone_lines(milestones[item.pk]),
        )
        for item in rows("item", AgreedItem)
    ]


def _by_item(records: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for record in records:
        found[record.item_id].append(record)
    return found


def _shown(tasks: list[Task], paused: dict[int, Suspension]) -> list[TaskRow]:
    return [
        TaskRow(task, light_of(task), paused.get(task.pk))
        for task in tasks
        if task.state != TaskState.DRAFTED
    ]
