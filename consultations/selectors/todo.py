"""Today's to-dos by rule: what waits for me, what is due, what is late. Nobody keeps a list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Role, User
from consultations.models import Case, Task
from consultations.permissions import grants_of
from consultations.selectors.cases import cases_for, suggestions_for, tasks_for
from consultations.workflow.cases import CLERKS, Stage
from consultations.workflow.tasks import TaskState

SHOWN = 10
SOON = dt.timedelta(days=7)

# What waits for whom: the stages (or states) in which a role has the next word.
CASES_WAITING: dict[str, tuple[str, ...]] = {
    Role.COUNTY_OFFICE: (
        Stage.PROPOSED, Stage.APPROVED, Stage.RESEARCH, Stage.NO_CONSENSUS, Stage.FILING,
        Stage.SUPERVISION, Stage.RATING,
    ),
    Role.LEADER: (Stage.PROPOSED,),
    Role.PARTY_APPROVER: (Stage.PARTY_REVIEW,),
    Role.STUDIO_DIRECTOR: (Stage.APPROVED, Stage.RESEARCH, Stage.SCHEDULED, Stage.DELIBERATED),
    Role.LIAISON: (Stage.DRAFT, Stage.APPROVED, Stage.RESEARCH, Stage.SCHEDULED),
    Role.MEMBER: (Stage.RESEARCH,),
    Role.VILLAGE_CLERK: (Stage.DRAFT,),
}  # fmt: skip
TASKS_WAITING: dict[str, tuple[str, ...]] = {
    Role.COUNTY_OFFICE: (TaskState.RETURN_REQUESTED, TaskState.REPLIED, TaskState.ANSWERED),
    Role.DISPATCH_OFFICE: (TaskState.RETURN_REQUESTED,),
    Role.UNIT_OFFICER: (TaskState.DISPATCHED, TaskState.HANDLING),
    Role.UNIT_LEADER: (TaskState.HANDLING,),
    Role.MEMBER: (TaskState.ANSWERED,),
    Role.VILLAGE_CLERK: (TaskState.ANSWERED,),
}


@dataclass(frozen=True)
class Group:
    """One block of the desk: a heading, its first rows, and whether there are more."""

    key: str
    title: str
    rows: list
    more: bool

    @property
    def is_late(self) -> bool:
        return self.key.startswith("late")


def todo_for(user: User, *, on: dt.date | None = None) -> list[Group]:
    """The blocks that are not empty, the late ones first. A fixed number of queries."""
    today = on or timezone.localdate()
    held = {grant.role for grant in grants_of(user)}
    cases = cases_for(user).select_related("region", "studio")
    tasks = tasks_for(user).select_related("unit", "case__region")
    waiting = _waiting(cases, CASES_WAITING, held, "stage")
    waiting_tasks = _waiting(tasks, TASKS_WAITING, held, "state")
    owed = cases.open().filter(stage_due_on__isnull=False).order_by("stage_due_on", "pk")
    running = tasks.running().filter(due_on__isnull=False).order_by("due_on", "pk")
    groups = [
        _group("late_cases", _("Late: cases"), owed.filter(stage_due_on__lt=today)),
        _group("late_tasks", _("Late: tasks"), running.filter(due_on__lt=today)),
        _group("suggestions", _("Residents' suggestions to screen"), _inbox(user)),
        _group("unreported", _("Meetings whose day has passed without a record"),
               _unreported(cases, held, today)),
        _group("deferred", _("Deferred topics to take up again"), _deferred(cases, today)),
        _group("cases", _("Cases waiting for me"), waiting),
        _group("tasks", _("Tasks waiting for me"), waiting_tasks),
        _group("due_cases", _("Cases due within a week"),
               owed.filter(stage_due_on__range=(today, today + SOON))),
        _group("due_tasks", _("Tasks due within a week"),
               running.filter(due_on__range=(today, today + SOON))),
        _group("look_back", _("Promises to look back at"), _look_back(tasks, held, today)),
    ]  # fmt: skip
    return [group for group in groups if group.rows]


def _waiting(
    rows: QuerySet, table: dict[str, tuple[str, ...]], held: set[str], name: str
) -> QuerySet:
    wanted = sorted({stage for role in held for stage in table.get(role, ())})
    since = f"{name}_since"
    return rows.filter(**{f"{name}__in": wanted}).order_by(since, "pk")


def _inbox(user: User) -> QuerySet:
    return suggestions_for(user).filter(state="received").order_by("received_at", "pk")


def _unreported(cases: QuerySet[Case], held: set[str], today: dt.date) -> QuerySet[Case]:
    """Scheduled cases whose meeting day is over: somebody still has to write down how it went."""
    if not held & set(CLERKS):
        return cases.none()
    midnight = timezone.make_aware(dt.datetime.combine(today, dt.time.min))
    passed = cases.filter(
        stage=Stage.SCHEDULED, meetings__status="planned", meetings__starts_at__lt=midnight
    )
    return passed.order_by("stage_due_on", "pk")


def _deferred(cases: QuerySet[Case], today: dt.date) -> QuerySet[Case]:
    return cases.filter(stage=Stage.DEFERRED, review_on__lte=today).order_by("review_on", "pk")


def _look_back(tasks: QuerySet[Task], held: set[str], today: dt.date) -> QuerySet[Task]:
    mine = Q() if Role.COUNTY_OFFICE in held else Q(pk__in=[])
    due = tasks.filter(mine, state=TaskState.TRACKED, look_back_on__lte=today)
    return due.order_by("look_back_on", "pk")


def _group(key: str, title, rows: QuerySet) -> Group:
    found = list(rows[: SHOWN + 1])
    return Group(key, str(title), found[:SHOWN], len(found) > SHOWN)
