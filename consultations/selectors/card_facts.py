"""What the guards of tasks look up, read at once for all the cards of a list (`Ask.once`)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from committees.grants import UNIT_ROLES, same_hand
from committees.models import Parameter, Region, RoleGrant, User
from committees.parameters import DEFAULTS
from consultations.models import (
    AssistingOpinion,
    Conference,
    ExtensionRequest,
    Reply,
    ReturnRequest,
    Task,
)
from consultations.workflow.tasks import TaskState

RULES = ("return_window_days", "extension_ask_days")
Facts = dict[str, Any]


def facts_of(tasks: Iterable[Task], *, by: User, roles: Iterable[str]) -> dict[int, Facts]:
    """By the key of each task what its guards would ask for; a fixed number of queries.

    `roles` are those of the person: units work on tasks, the others look whether they are done.
    """
    rows, held = list(tasks), set(roles)
    found: dict[int, Facts] = {task.pk: {} for task in rows}
    if rows and held & set(UNIT_ROLES):
        _of_units(rows, found)
    if rows and held - set(UNIT_ROLES):
        _of_witnesses(rows, found, by)
    return found


def _of_units(tasks: Sequence[Task], found: dict[int, Facts]) -> None:
    rules = Rules(RULES)
    returned = set(_of(ReturnRequest, tasks).values_list("task", "unit"))
    extended = set(_of(ExtensionRequest, tasks).values_list("task", "unit", "round"))
    replies = {(r.task_id, r.round): r for r in _of(Reply, tasks).order_by("pk")}
    conferences = {c.task_id: c for c in _of(Conference, tasks).order_by("pk")}
    against = _opinions_against(tasks)
    for task in tasks:
        day = task.dispatched_on or timezone.localdate()
        found[task.pk] |= {key: rules.value(task.case.region, key, on=day) for key in RULES}
        found[task.pk] |= {
            "returned": (task.pk, task.unit_id) in returned,
            "extended": (task.pk, task.unit_id, task.round) in extended,
            "reply": replies.get((task.pk, task.round)),
            "conference": conferences.get(task.pk),
            "against": against.get(task.pk, []),
        }


def _of(model: Any, tasks: Sequence[Task]) -> Any:
    return model.objects.filter(task__in=tasks)


def _opinions_against(tasks: Sequence[Task]) -> dict[int, list[AssistingOpinion]]:
    """As `Task.opinions_against`, by the lead task."""
    found: dict[int, list[AssistingOpinion]] = defaultdict(list)
    rows = AssistingOpinion.objects.filter(
        task__lead__in=tasks, stance=AssistingOpinion.Stance.DISAGREES, settlement=None
    ).exclude(task__state=TaskState.CANCELLED)
    for opinion in rows.select_related("task__unit").order_by("pk"):
        found[opinion.task.lead_id or 0].append(opinion)
    return found


def _of_witnesses(tasks: Sequence[Task], found: dict[int, Facts], by: User) -> None:
    """Whose deputy somebody was since the earliest of these matters counts for all of them."""
    since = min(timezone.localdate(task.case.created_at) for task in tasks)
    hand = same_hand(by, since=since)
    held = RoleGrant.objects.in_force().filter(user__in=hand, unit__isnull=False)
    units = set(held.values_list("unit", flat=True))
    for task in tasks:
        found[task.pk] |= {"hand": hand, "is_of_unit": task.unit_id in units}


class Rules:
    """Some local rules of all places; one query."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.rows: dict[tuple[str, str], list[tuple[dt.date, Any]]] = defaultdict(list)
        rows = Parameter.objects.filter(key__in=list(keys)).order_by("effective_from", "pk")
        for key, code, day, value in rows.values_list("key", "region", "effective_from", "value"):
            self.rows[key, code].append((day, value))

    def value(self, region: Region, key: str, *, on: dt.date) -> Any:
        """As `value_for`: the nearest region upward that had set one by that day."""
        for code in [region.code, *reversed(region.ancestor_codes)]:
            for day, value in reversed(self.rows.get((key, code), [])):
                if day <= on:
                    return value
        return DEFAULTS[key].default
