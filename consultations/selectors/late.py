"""What is late today and not yet written down as such; along the indexes of due dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from committees.models import Origin
from consultations import calendar
from consultations.models import Case, Overdue, Task
from consultations.selectors.rules import LocalRules, local_rules
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import RUNNING, TaskRole, TaskState

KINDS: dict[str, str] = {
    Stage.PROPOSED: Overdue.Kind.TOPIC,
    Stage.PARTY_REVIEW: Overdue.Kind.PARTY,
    Stage.FILING: Overdue.Kind.FILING,
    Stage.SCHEDULED: Overdue.Kind.RECORD,
}
VERIFY_DAYS = "verify_days"


@dataclass(frozen=True)
class Late:
    """A date that passed, of a task or of a case."""

    subject: Case | Task
    kind: str
    due_on: dt.date

    @property
    def task(self) -> Task | None:
        return self.subject if isinstance(self.subject, Task) else None

    @property
    def case(self) -> Case:
        return self.subject.case if isinstance(self.subject, Task) else self.subject

    @property
    def since(self) -> dt.date:
        return self.due_on + calendar.ONE_DAY

    @property
    def mark(self) -> tuple[object, ...]:
        """By which it is known that it was written; see the constraints of `Overdue`."""
        if isinstance(self.subject, Task):
            return (self.subject.pk, self.kind, self.subject.term)
        return (self.subject.pk, self.kind, self.due_on)


def late_tasks(on: dt.date) -> QuerySet[Task]:
    """Running tasks past their date. Nobody follows here what a report told of."""
    return _unwritten(Task.objects.overdue(on=on), Overdue.Kind.TASK)


def unchecked_tasks(on: dt.date) -> QuerySet[Task]:
    """Answered ones that nobody has looked at yet; how long that may take differs by place."""
    rows = Task.objects.filter(state=TaskState.ANSWERED, answered_on__lt=on)
    return _unwritten(rows.exclude(role=TaskRole.ASSIST), Overdue.Kind.VERIFY)


def _unwritten(rows: QuerySet[Task], kind: str) -> QuerySet[Task]:
    written = Overdue.objects.filter(task=OuterRef("pk"), kind=kind, term=OuterRef("term"))
    followed = rows.filter(case__stage=Stage.HANDLING).exclude(case__origin=Origin.REPORTED)
    return followed.filter(~Exists(written))


def late_cases(on: dt.date) -> QuerySet[Case]:
    written = Overdue.objects.filter(
        case=OuterRef("pk"), task=None, due_on=OuterRef("stage_due_on"), kind__in=KINDS.values()
    )
    rows = Case.objects.filter(stage__in=KINDS, stage_due_on__lt=on)
    return rows.exclude(origin=Origin.REPORTED).filter(~Exists(written))


def lateness_of(
    subject: Case | Task, *, on: dt.date | None = None, rules: LocalRules | None = None
) -> Late | None:
    """Which date of a case or task has passed, if any."""
    today = on or timezone.localdate()
    late = _of_task(subject, rules) if isinstance(subject, Task) else _of_case(subject)
    return late if late and late.due_on < today else None


def _of_case(case: Case) -> Late | None:
    kind = KINDS.get(case.stage)
    return Late(case, kind, case.stage_due_on) if kind and case.stage_due_on else None


def _of_task(task: Task, rules: LocalRules | None) -> Late | None:
    if task.waits_since is not None:
        return None
    if task.state in RUNNING and task.due_on:
        return Late(task, Overdue.Kind.TASK, task.due_on)
    if task.state == TaskState.ANSWERED and not task.is_assist:
        days = (rules or local_rules(VERIFY_DAYS)).value(VERIFY_DAYS, task.case.region_id)
        due = calendar.add_working_days(timezone.localdate(task.state_since), days)
        return Late(task, Overdue.Kind.VERIFY, due)
    return None
