"""What became of an agreed item: derived from its tasks and commitments, never stored."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from consultations.models import AgreedItem, Case, Commitment, ItemState, Task
from consultations.models.items import Route
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskState

UNDECIDED = (Stage.SCHEDULED, Stage.DELIBERATED, Stage.NO_CONSENSUS)
CONVERTED = (Route.PROPOSAL, Route.OPINION, Route.HIGHER)


def item_state(
    item: AgreedItem, *, tasks: Iterable[Task], commitments: Iterable[Commitment]
) -> ItemState:
    """Solved only when *every* task is verified and *every* promise kept (`domain.md` §4).

    With everything ended and one part only explained, the item as a whole is explained.
    """
    if item.dropped_reason:
        return ItemState.DROPPED
    tasks = list(tasks)
    states = {t.state for t in tasks if not t.is_assist and t.state != TaskState.CANCELLED}
    kept = {c.state for c in commitments if c.state != Commitment.State.WAIVED}
    if not states and not kept:
        return _state_by_route(item, tasks)
    if states <= {TaskState.VERIFIED} and kept <= {Commitment.State.KEPT}:
        return ItemState.SOLVED
    ended = {TaskState.VERIFIED, TaskState.TRACKED, TaskState.EXPLAINED}
    if TaskState.TRACKED in states and states <= ended:
        return ItemState.IN_PLAN
    if states and states <= ended and kept <= {Commitment.State.KEPT}:
        return ItemState.EXPLAINED
    if states <= {TaskState.DRAFTED} and not kept:
        return ItemState.OPEN
    return ItemState.HANDLING


def _state_by_route(item: AgreedItem, tasks: Iterable[Task]) -> ItemState:
    if item.settled_on:
        return ItemState.SOLVED
    if any(task.state == TaskState.CANCELLED for task in tasks):
        return ItemState.DROPPED
    if item.route in CONVERTED:
        return ItemState.CONVERTED
    return ItemState.OPEN


def item_progress(tasks: Iterable[Task]) -> int | None:
    """Per cent done, rolled up from the tasks by weight; None while nobody stated any."""
    counted = [t for t in tasks if not t.is_assist and t.state != TaskState.CANCELLED]
    stated = [(100 if t.state == TaskState.VERIFIED else t.percent, t.weight) for t in counted]
    if not any(percent is not None for percent, _ in stated):
        return None
    total = sum(weight for _, weight in stated)
    return round(sum((percent or 0) * weight for percent, weight in stated) / total)


def items_to_split_off(case: Case) -> QuerySet[AgreedItem]:
    """The agreed items that may leave with a part of the case: not decided upon, not begun."""
    if case.stage not in UNDECIDED:
        return AgreedItem.objects.none()
    begun = Task.objects.exclude(state=TaskState.DRAFTED).values("item")
    checked = Commitment.objects.exclude(state=Commitment.State.OPEN).values("item")
    free = case.items.filter(settled_on=None, dropped_reason="", citation=None)
    items = free.exclude(pk__in=begun.filter(case=case)).exclude(
        pk__in=checked.filter(item__case=case)
    )
    return items.order_by("number", "pk")
