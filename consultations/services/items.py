"""Write agreed items, their tasks and promises: the whole grid in one transaction, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import User
from committees.services.versions import store
from consultations.models import AgreedItem, Case, Commitment, Milestone, Task
from consultations.services import agreed, milestones, search
from consultations.services.history import line
from consultations.services.records import editing_role
from consultations.services.screening import released_anew, screen
from consultations.services.steps import JustChanged, claim
from consultations.workflow.cases import Stage
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import TaskRole, TaskState

Row = Mapping[str, Any]

# While the items are drafted, and again when filing or handling needs another task.
WRITABLE = (Stage.SCHEDULED, Stage.DELIBERATED, Stage.FILING, Stage.HANDLING)
ITEM_FIELDS = ("text", "route", "owner", "due_on", "measure", "funds", "dropped_reason")
TASK_FIELDS = ("title", "unit", "role", "opinion_optional", "pace", "due_on", "expected", "weight")
PROMISE_FIELDS = ("side", "promised_by", "text", "condition", "due_on")


@transaction.atomic
@released_anew
def save_outcome(case: Case, *, by: User, version: int, items: Iterable[Row]) -> None:
    """Write the grid. Each row is a dict of fields with `id` (or none for a new one), `delete`,
    and for an item `tasks`, `commitments` and `milestones`. Raises `Refused` or `JustChanged`;
    then nothing is written."""
    role = editing_role(case, by)
    if case.stage not in WRITABLE:
        raise Refused([_("Agreed items are not changed at the present stage.")])
    claim(case, version=version)
    count = write_items(case, items, by=by, role=role)
    line(case, "save_outcome", by=by, role=role, facts=count)


def write_items(case: Case, items: Iterable[Row], *, by: User, role: str) -> dict[str, int]:
    """Write the rows inside the caller's transaction; returns how many items and tasks stand."""
    rows = list(items)
    screen(case, rows)
    below = ("tasks__unit", "commitments", "milestones")
    kept = {item.pk: item for item in case.items.prefetch_related(*below)}
    last = max((item.number for item in kept.values()), default=0)
    for row in rows:
        item = _found(kept, row, AgreedItem)
        if row.get("delete"):
            _remove_item(item)
            continue
        tasks, promises, steps = _below(item)
        last += item.pk is None
        agreed.keep_approved(case, item, row, tasks=tasks)
        _write_item(case, item, agreed.filled(item, row, tasks=tasks), number=last, by=by)
        _write_tasks(item, row.get("tasks", ()), kept=tasks, by=by)
        _write_promises(item, row.get("commitments", ()), kept=promises, by=by)
        rows_below = row.get("milestones", ())
        milestones.write(case, item, rows_below, kept=steps, by=by, role=role)
    agreed.renumber(case)
    _join(case)
    search.index(case)
    return {"items": case.items.count(), "tasks": case.tasks.count()}


def _found(kept: Mapping[int, Any], row: Row, model: type[Any]) -> Any:
    """The kept row of this very case, or a new one. An id that is not (any more) there counts as
    just changed."""
    if not row.get("id"):
        return model()
    if row["id"] not in kept:
        raise JustChanged
    return kept[row["id"]]


def _remove_item(item: AgreedItem) -> None:
    if item.pk is None:
        return
    if item.confirmed_at:
        raise Refused([_("Item %s was read back; write why it is dropped instead.") % item.number])
    item.delete()


def _write_item(case: Case, item: AgreedItem, row: Row, *, number: int, by: User) -> None:
    if item.confirmed_at and row.get("text", item.text) != item.text:
        raise Refused(
            [_("Item %s was read back; a changed substance needs a new round.") % item.number]
        )
    changed = _take_over(item, row, ITEM_FIELDS)
    if item.pk and not changed:
        return
    if item.pk is None:
        _may_be_added(case)
        item.case, item.number = case, number
    store(item, by=by)


def _may_be_added(case: Case) -> None:
    """What is agreed was read back to everybody; nothing joins it afterwards."""
    if case.stage != Stage.SCHEDULED:
        raise Refused([_("The agreed items were read back; a further one needs a new round.")])


def _take_over(record: Any, row: Row, names: Iterable[str]) -> bool:
    """Set what the row brings; True when something differs."""
    changed = [name for name in names if name in row and getattr(record, name) != row[name]]
    for name in changed:
        setattr(record, name, row[name])
    return bool(changed)


def _write_tasks(item: AgreedItem, rows: Iterable[Row], *, kept: dict[int, Task], by: User) -> None:
    last = max((task.number for task in kept.values()), default=0)
    for row in rows:
        task = _found(kept, row, Task)
        if row.get("delete"):
            _remove_task(task)
        else:
            last += task.pk is None
            _write_task(item, task, row, number=last, by=by)


def _below(
    item: AgreedItem,
) -> tuple[dict[int, Task], dict[int, Commitment], dict[int, Milestone]]:
    """The tasks, promises and milestones that the item has; a new one has none."""
    if item.pk is None:
        return {}, {}, {}
    tasks = {task.pk: task for task in item.tasks.all()}
    promises = {promise.pk: promise for promise in item.commitments.all()}
    return tasks, promises, {one.pk: one for one in item.milestones.all()}


def _remove_task(task: Task) -> None:
    if task.pk is None:
        return
    if task.state != TaskState.DRAFTED:
        raise Refused([_("Task “%s” was handed over; cancel it by its own step.") % task.title])
    task.assistants.update(lead=None)
    task.delete()


def _write_task(item: AgreedItem, task: Task, row: Row, *, number: int, by: User) -> None:
    changed = _take_over(task, row, TASK_FIELDS)
    if task.pk and not changed:
        return
    if task.pk and task.state != TaskState.DRAFTED:
        raise Refused([_("Task “%s” was handed over and keeps its wording.") % task.title])
    if task.pk is None:
        task.item, task.number = item, number
    store(task, by=by)


def _join(case: Case) -> None:
    """Point each assisting task at the lead task it belongs to."""
    tasks: dict[AgreedItem, list[Task]] = defaultdict(list)
    standing = case.tasks.exclude(state=TaskState.CANCELLED).select_related("item")
    for task in standing.order_by("item__number", "number"):
        tasks[task.item].append(task)
    for item, rows in tasks.items():
        leads = [task for task in rows if task.role == TaskRole.LEAD]
        assists = [task for task in rows if task.role == TaskRole.ASSIST]
        titles = [lead.title for lead in leads]
        for task in assists:
            place = agreed.lead_for(task.title, titles)
            if place is None:
                told = _("Item %s: assisting units need exactly one lead unit.") % item.number
                raise Refused([told])
            if task.lead_id != leads[place].pk:
                Task.objects.filter(pk=task.pk).update(lead=leads[place])


def _write_promises(
    item: AgreedItem, rows: Iterable[Row], *, kept: dict[int, Commitment], by: User
) -> None:
    for row in rows:
        _write_promise(item, _found(kept, row, Commitment), row, by=by)


def _write_promise(item: AgreedItem, promise: Commitment, row: Row, *, by: User) -> None:
    if row.get("delete"):
        if promise.pk and promise.state != Commitment.State.OPEN:
            raise Refused([_("The promise “%s” was checked; it stays.") % promise.text])
        if promise.pk:
            promise.delete()
        return
    if not _take_over(promise, row, PROMISE_FIELDS) and promise.pk:
        return
    promise.item = item
    store(promise, by=by)
