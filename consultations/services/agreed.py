"""What holds for agreed items beyond the single row: the approval, the tasks below, the numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Max
from django.utils.translation import gettext as _

from committees.models import HandlingUnit
from consultations.models import AgreedItem, Case, Route, Task
from consultations.workflow.cases import Stage
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import TaskRole, TaskState

Row = Mapping[str, Any]

APPROVED = (Stage.FILING, Stage.HANDLING)  # the Party committee decided on what stands there
KEPT = ("route", "owner", "due_on")  # of an approved item; its wording was kept before
BY_KIND = {
    HandlingUnit.Kind.TOWNSHIP: Route.TOWNSHIP,
    HandlingUnit.Kind.VILLAGE: Route.VILLAGE,
}


def keep_approved(case: Case, item: AgreedItem, row: Row, *, tasks: Mapping[int, Task]) -> None:
    """Refuse to change what the Party committee approved. Until it is filed, the filing is
    returned for that; then a task may still be added, and those handed over have their own steps.
    """
    if case.stage not in APPROVED or item.pk is None:
        return
    if case.stage == Stage.FILING and (
        _differs(item, row, KEPT) or _tasks_differ(row.get("tasks", ()), tasks)
    ):
        raise Refused(
            [
                _("Item %s was approved: its route, its date, who answers for it and its tasks "
                  "stay. Return the filing to have them changed.") % item.number
            ]
        )  # fmt: skip
    if _differs(item, row, KEPT):
        raise Refused(
            [
                _("Item %s was approved: its route, its date and who answers for it stay.")
                % item.number
            ]
        )


def _differs(record: Any, row: Row, names: Iterable[str]) -> bool:
    return any(name in row and getattr(record, name) != row[name] for name in names)


def _tasks_differ(rows: Iterable[Row], kept: Mapping[int, Task]) -> bool:
    names = ("title", "unit", "role", "opinion_optional", "pace", "due_on", "expected", "weight")
    return any(
        row.get("delete") or row.get("id") not in kept or _differs(kept[row["id"]], row, names)
        for row in rows
    )


class Planned(NamedTuple):
    """A task as it will stand."""

    role: str
    unit: HandlingUnit | None
    due_on: dt.date | None


def filled(item: AgreedItem, row: Row, *, tasks: Mapping[int, Task]) -> Row:
    """The row with what its tasks say already, so that nobody types it twice: who answers for it
    (the lead or the only unit), the route (by the kind of that unit) and the last date."""
    if row.get("dropped_reason", item.dropped_reason):
        return row
    planned = _planned(row.get("tasks", ()), tasks)
    unit = _answering(planned)
    said = {
        "owner": str(unit)[:60] if unit else "",
        "route": BY_KIND.get(HandlingUnit.Kind(unit.kind), Route.COUNTY) if unit else "",
        "due_on": max((task.due_on for task in planned if task.due_on), default=None),
    }
    empty = [name for name in said if not row.get(name, getattr(item, name))]
    return {**row, **{name: said[name] for name in empty if said[name]}}


def _planned(rows: Iterable[Row], kept: Mapping[int, Task]) -> list[Planned]:
    rows = list(rows)
    sent = {row.get("id") for row in rows}
    standing = [task for pk, task in kept.items() if pk not in sent]
    found = [Planned(t.role, t.unit, t.due_on) for t in standing if t.state != TaskState.CANCELLED]
    for row in rows:
        if not row.get("delete"):
            task = kept.get(row.get("id") or 0) or Task()
            found.append(Planned(*(row.get(name, getattr(task, name)) for name in Planned._fields)))
    return found


def _answering(planned: Iterable[Planned]) -> HandlingUnit | None:
    """The unit that leads, or the only one; None where several stand side by side."""
    named = [task for task in planned if task.unit and task.role != TaskRole.ASSIST]
    leads = [task.unit for task in named if task.role == TaskRole.LEAD]
    units = {unit.pk: unit for unit in leads or [task.unit for task in named] if unit}
    return next(iter(units.values())) if len(units) == 1 else None


def lead_for(assisting: str, leads: Sequence[str]) -> int | None:
    """Which lead task of an item, by their titles, an assisting one belongs to: the only one of the
    same title, otherwise the only one there is."""
    same = [place for place, title in enumerate(leads) if title == assisting]
    if len(same) == 1:
        return same[0]
    return 0 if len(leads) == 1 else None


def renumber(case: Case) -> None:
    """Close the gaps in the numbers until the items are read back; then their numbers stay."""
    if case.stage != Stage.SCHEDULED:
        return
    confirmed = case.items.exclude(confirmed_at=None).aggregate(last=Max("number"))["last"] or 0
    fresh = case.items.filter(confirmed_at=None).order_by("number", "pk")
    for number, item in enumerate(fresh, start=confirmed + 1):
        if item.number != number:
            AgreedItem.objects.filter(pk=item.pk).update(number=number)
