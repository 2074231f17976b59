"""Write agreed items, their tasks and promises: the whole grid in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from committees.models import User
from consultations.models import AgreedItem, Case, Commitment, Task
from consultations.services import search
from consultations.services.records import editing_role, line
from consultations.services.steps import JustChanged, claim
from consultations.workflow.cases import Stage
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import TaskRole, TaskState

Row = Mapping[str, Any]

# While the items are drafted, and again when filing or handling needs another task.
WRITABLE = (Stage.SCHEDULED, Stage.DELIBERATED, Stage.FILING, Stage.HANDLING)
ITEM_FIELDS = ("text", "route", "owner", "due_on", "measure", "funds", "dropped_reason")
TASK_FIELDS = ("title", "unit", "role", "due_on", "weight")
PROMISE_FIELDS = ("side", "promised_by", "text", "condition", "due_on")


@transaction.atomic
def save_outcome(case: Case, *, by: User, version: int, items: Iterable[Row]) -> None:
    """Write the grid. Each row is a dict of fields with `id` (or none for a new one), `delete`,
    and for an item `tasks` and `commitments`. Raises `Refused` or `JustChanged`; then nothing is
    written."""
    role = editing_role(case, by)
    if case.stage not in WRITABLE:
        raise Refused([_("Agreed items are not changed at the present stage.")])
    claim(case, version=version)
    count = write_items(case, items, by=by)
    line(case, "save_outcome", by=by, role=role, facts=count)


def write_items(case: Case, items: Iterable[Row], *, by: User) -> dict[str, int]:
    """Write the rows inside the caller's transaction; returns how many items and tasks stand."""
    for row in items:
        item = _found(case.items, row)
        if row.get("delete"):
            _remove_item(item)
            continue
        _write_item(case, item, row, by=by)
        _write_tasks(item, row.get("tasks", ()), by=by)
        for promise in row.get("commitments", ()):
            _write_promise(item, promise, by=by)
    search.index(case)
    return {"items": case.items.count(), "tasks": case.tasks.count()}


def _found(manager: Any, row: Row) -> Any:
    """The row of this very case; an id that is not (any more) there counts as just changed."""
    if not row.get("id"):
        return manager.model()
    found = manager.filter(pk=row["id"]).first()
    if found is None:
        raise JustChanged
    return found


def _remove_item(item: AgreedItem) -> None:
    if item.pk is None:
        return
    if item.confirmed_at:
        raise Refused([_("Item %s was read back; write why it is dropped instead.") % item.number])
    item.delete()


def _write_item(case: Case, item: AgreedItem, row: Row, *, by: User) -> None:
    if item.confirmed_at and row.get("text", item.text) != item.text:
        raise Refused(
            [_("Item %s was read back; a changed substance needs a new round.") % item.number]
        )
    changed = _take_over(item, row, ITEM_FIELDS)
    if item.pk and not changed:
        return
    if item.pk is None:
        item.case, item.number = case, _next(case.items)
    item._history_user = by  # type: ignore[attr-defined]  # read by simple_history
    item.save()


def _take_over(record: Any, row: Row, names: Iterable[str]) -> bool:
    """Set what the row brings; True when something differs."""
    changed = [name for name in names if name in row and getattr(record, name) != row[name]]
    for name in changed:
        setattr(record, name, row[name])
    return bool(changed)


def _next(manager: Any) -> int:
    return (manager.aggregate(last=Max("number"))["last"] or 0) + 1


def _write_tasks(item: AgreedItem, rows: Iterable[Row], *, by: User) -> None:
    """Write the tasks of one item, then point its assisting tasks at its lead."""
    for row in rows:
        task = _found(item.tasks, row)
        if row.get("delete"):
            _remove_task(task)
        else:
            _write_task(item, task, row, by=by)
    _join(item)


def _remove_task(task: Task) -> None:
    if task.pk is None:
        return
    if task.state != TaskState.DRAFTED:
        raise Refused([_("Task “%s” was handed over; cancel it by its own step.") % task.title])
    task.assistants.update(lead=None)
    task.delete()


def _write_task(item: AgreedItem, task: Task, row: Row, *, by: User) -> None:
    changed = _take_over(task, row, TASK_FIELDS)
    if task.pk and not changed:
        return
    if task.pk and task.state != TaskState.DRAFTED:
        raise Refused([_("Task “%s” was handed over and keeps its wording.") % task.title])
    if task.pk is None:
        task.item, task.number = item, _next(item.tasks)
    task._history_user = by  # type: ignore[attr-defined]  # read by simple_history
    task.save()


def _join(item: AgreedItem) -> None:
    """An assisting task belongs to the one lead task of its item."""
    tasks = [task for task in item.tasks.order_by("number") if task.state != TaskState.CANCELLED]
    leads = [task for task in tasks if task.role == TaskRole.LEAD]
    assists = [task for task in tasks if task.role == TaskRole.ASSIST]
    if assists and len(leads) != 1:
        raise Refused([_("Item %s: assisting units need exactly one lead unit.") % item.number])
    for task in assists:
        if task.lead_id != leads[0].pk:
            task.lead = leads[0]
            task.save(update_fields=["lead"])


def _write_promise(item: AgreedItem, row: Row, *, by: User) -> None:
    promise: Commitment = _found(item.commitments, row)
    if row.get("delete"):
        if promise.pk and promise.state != Commitment.State.OPEN:
            raise Refused([_("The promise “%s” was checked; it stays.") % promise.text])
        if promise.pk:
            promise.delete()
        return
    if not _take_over(promise, row, PROMISE_FIELDS) and promise.pk:
        return
    promise.item = item
    promise._history_user = by  # type: ignore[attr-defined]  # read by simple_history
    promise.save()
