"""That a date passed 逾期 is written once, by nobody: by the daily command, or by the step before
which it was still missing, so that what was late between two runs is not forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from committees.models import Origin
from consultations.models import Overdue
from consultations.permissions import Subject
from consultations.selectors.batches import batches
from consultations.selectors.late import (
    VERIFY_DAYS,
    Late,
    late_cases,
    late_tasks,
    lateness_of,
    unchecked_tasks,
)
from consultations.selectors.rules import LocalRules, local_rules
from consultations.services import history
from consultations.services.history import Told

ACTION = "overdue"


def note(subject: Subject) -> None:
    """Write it before a step takes a late case or task away from its date.

    `subject` was read under its lock, within the transaction of the step.
    """
    late = lateness_of(subject)
    if late is not None and late.case.origin != Origin.REPORTED:
        _write([late])


def write() -> Iterator[int]:
    """All that is late today; how many each part wrote. Each part is a transaction of its own."""
    today, rules = timezone.localdate(), local_rules(VERIFY_DAYS)
    for rows in (late_tasks(today), unchecked_tasks(today)):
        for keys in batches(rows, "due_on"):
            yield _under_lock(rows.select_related("case", "unit"), keys, rules)
    cases = late_cases(today)
    for keys in batches(cases, "stage_due_on"):
        yield _under_lock(cases, keys, rules)


@transaction.atomic
def _under_lock(rows: QuerySet[Any], keys: list[int], rules: LocalRules) -> int:
    """What is still late of these, now that nobody else moves them."""
    locked = rows.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return _write([late for row in locked if (late := lateness_of(row, rules=rules))])


def _write(found: list[Late]) -> int:
    written = _marks(found)
    missing = [late for late in found if late.mark not in written]
    Overdue.objects.bulk_create(
        Overdue(
            case=late.case,
            task=late.task,
            unit=late.task.unit if late.task else None,
            kind=late.kind,
            term=late.task.term if late.task else 0,
            due_on=late.due_on,
            since=late.since,
        )
        for late in missing
    )
    history.by_nobody([_told(late) for late in missing])
    return len(missing)


def _marks(found: list[Late]) -> set[tuple[object, ...]]:
    """The marks of those that are written: another run may have been here since they were read."""
    tasks = [late.task.pk for late in found if late.task]
    cases = [late.case.pk for late in found if not late.task]
    rows: set[tuple[object, ...]] = set()
    if tasks:
        of_tasks = Overdue.objects.filter(task__in=tasks)
        rows |= set(of_tasks.values_list("task_id", "kind", "term"))
    if cases:
        of_cases = Overdue.objects.filter(case__in=cases, task=None)
        rows |= set(of_cases.values_list("case_id", "kind", "due_on"))
    return rows


def _told(late: Late) -> Told:
    facts = {"what": str(late.kind), "due_on": late.due_on.isoformat()}
    return Told(late.subject, ACTION, facts, on=late.since)
