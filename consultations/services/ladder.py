"""The daily command climbs the ladder: notes and reminders go out, slips wait as drafts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from committees import audit
from committees.models import AuditEntry
from consultations.models import Task, Urging
from consultations.models.urging import SLIPS
from consultations.selectors.batches import batches
from consultations.selectors.ladder import STEPS, Step, due_of, ladder_rules, on_rung
from consultations.selectors.rules import LocalRules
from consultations.services import history
from consultations.services.history import Told
from consultations.services.numbering import slip_numbers
from consultations.workflow.tasks import TaskState

SENT, WITHDRAWN = "urge", "urge_withdraw"
ANSWERED = (TaskState.REPLIED, TaskState.ANSWERED, TaskState.VERIFIED, TaskState.TRACKED,
            TaskState.EXPLAINED)  # fmt: skip


def climb() -> Iterator[list[Urging]]:
    """Write each rung that a running task has come to, once, and hand back what each part wrote.

    What is handed back has been committed; notices are made of the rows by whoever sends those.
    Safe to run twice, at once, and after missed days: a row is dated with the day on which it was
    due.
    """
    today, rules = timezone.localdate(), ladder_rules()
    for step in STEPS:
        for keys in batches(on_rung(step, today, rules), "due_on"):
            if written := _write(step, keys, today, rules):
                yield written


@transaction.atomic
def _write(step: Step, keys: list[int], today: dt.date, rules: LocalRules) -> list[Urging]:
    rows = on_rung(step, today, rules).select_related("case", "unit")
    locked = rows.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = [(task, day) for task in locked if (day := step.since(task, today, rules))]
    written = set(
        Urging.objects.filter(rung=step.rung, task__in=keys).values_list("task_id", "term")
    )
    made = [_rung(step, task, day) for task, day in found if (task.pk, task.term) not in written]
    if step.rung not in SLIPS:
        _number(made, today, rules)
    rows_made = Urging.objects.bulk_create(made)
    _tell(rows_made)
    return rows_made


def _rung(step: Step, task: Task, day: dt.date) -> Urging:
    return _row(task, rung=step.rung, level=step.level, day=day)


def _row(task: Task, *, rung: Urging.Rung, level: Urging.Level, day: dt.date) -> Urging:
    return Urging(
        task=task, unit=task.unit, rung=rung, level=level, round=task.round,
        spell=task.bounces, term=task.term, due_on=due_of(task), raised_on=day,
    )  # fmt: skip


def draft_after_false(task: Task) -> None:
    """What was called done and is not is followed up: by a draft that a person sends."""
    if task.unit_id is None or task.case.restricted_at is not None:
        return
    rung, level = Urging.Rung.FALSE, Urging.Level.RED
    row = _row(task, rung=rung, level=level, day=timezone.localdate())
    row.save()
    _tell([row])


def withdraw_overtaken(task: Task) -> None:
    """Drafts that a step of the task has made pointless are not sent any more, and the history
    tells so."""
    drafts = Urging.objects.select_for_update().filter(task=task, sent_on=None, dropped_on=None)
    for urging in drafts.order_by("pk"):
        if why := _overtaken(urging, task):
            urging.dropped_on, urging.drop_reason = timezone.localdate(), why
            urging.save(update_fields=["dropped_on", "drop_reason"])
            facts = facts_of(urging) | {"why": str(why)}
            stays = (task.state, task.state)
            history.line(
                task.case, WITHDRAWN, by=None, role="", task=task, moved=stays, facts=facts
            )


def _overtaken(urging: Urging, task: Task) -> Urging.Overtaken | None:
    if task.state == TaskState.CANCELLED:
        return Urging.Overtaken.CANCELLED
    if task.state in ANSWERED:
        return Urging.Overtaken.ANSWERED
    return None if task.term == urging.term else Urging.Overtaken.NEW_DATE


def _number(made: list[Urging], today: dt.date, rules: LocalRules) -> None:
    """What goes out by itself is numbered at once, in the series of its place."""
    by_prefix = defaultdict(list)
    for urging in made:
        by_prefix[reminder_prefix(urging.task.case.region_id)].append(urging)
    for prefix, mine in by_prefix.items():
        for urging, number in zip(mine, slip_numbers(prefix, len(mine)), strict=True):
            urging.number, urging.sent_on = number, today


def reminder_prefix(region: str) -> str:
    return f"{region[:6]}协催"


def _tell(made: list[Urging]) -> None:
    """What went out stands in the history of the case; a draft only in the audit log."""
    sent = [urging for urging in made if urging.sent_on]
    history.by_nobody([Told(u.task, SENT, facts_of(u), on=u.raised_on) for u in sent])
    drafts = [(u, u.task.case.region_id, facts_of(u)) for u in made if not u.sent_on]
    audit.record_many(AuditEntry.Kind.RECORD, drafts)


def facts_of(urging: Urging) -> dict[str, str | int]:
    return {"urging": urging.pk, "rung": str(urging.rung), "number": urging.number}
