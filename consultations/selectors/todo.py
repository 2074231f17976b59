"""Today's to-dos by rule: what waits for me, what is due, what is late. Nobody keeps a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.grants import grants_of
from committees.models import Role, RoleGrant, User
from committees.parameters import value_for
from consultations.models import Case, Suggestion, Task
from consultations.models.cases import CaseQuerySet
from consultations.selectors.cases import (
    case_scope,
    cases_for,
    suggestions_for,
    task_scope,
    tasks_for,
)
from consultations.workflow.cases import CLERKS, Stage
from consultations.workflow.tasks import DISPATCHERS, TaskRole, TaskState

SHOWN = 10
SOON = dt.timedelta(days=7)

# What waits for whom: the stages (or states) in which a role has the next word.
CASES_WAITING: dict[str, tuple[str, ...]] = {
    Role.COUNTY_OFFICE: (
        Stage.PROPOSED, Stage.APPROVED, Stage.RESEARCH, Stage.NO_CONSENSUS, Stage.FILING,
        Stage.SUPERVISION, Stage.RATING,
    ),
    Role.PARTY_APPROVER: (Stage.PARTY_REVIEW,),
    Role.STUDIO_DIRECTOR: (Stage.APPROVED, Stage.RESEARCH, Stage.SCHEDULED, Stage.DELIBERATED),
    Role.LIAISON: (Stage.DRAFT, Stage.APPROVED, Stage.RESEARCH, Stage.SCHEDULED),
    Role.MEMBER: (Stage.RESEARCH,),
    Role.VILLAGE_CLERK: (Stage.DRAFT,),
}  # fmt: skip
# The value of the local rule `topic_gate` under which topics wait for a role.
DECIDERS: dict[str, str] = {Role.LEADER: "leader", Role.PARTY_APPROVER: "party"}
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
    """The blocks that are not empty, the late ones first. The number of queries does not grow."""
    today = on or timezone.localdate()
    grants = grants_of(user)
    held = {grant.role for grant in grants}
    cases = cases_for(user, grants=grants).select_related("region", "studio")
    tasks = tasks_for(user, grants=grants).select_related("unit", "case__region")
    owed = _owed(cases, held)
    # Whatever is owed on a task is owed while its case is being handled; the index of cases knows
    # which these are, so that the many closed ones of a county are not gone through.
    handled = tasks.filter(case__stage=Stage.HANDLING)
    running = handled.running().filter(due_on__isnull=False).order_by("due_on", "pk")
    groups = [
        _group("late_cases", _("Late: cases"), owed.filter(stage_due_on__lt=today)),
        _group("late_tasks", _("Late: tasks"), running.filter(due_on__lt=today)),
        _group("suggestions", _("Residents' suggestions to screen"), _inbox(user)),
        _group("unreported", _("Meetings whose day has passed without a record"),
               _unreported(cases, held, today)),
        _group("deferred", _("Deferred topics to take up again"), _deferred(cases, held, today)),
        _group("suspended", _("Suspensions that have run out"), _suspended(handled, held, today)),
        _group("cases", _("Cases waiting for me"), _waiting_cases(cases, grants)),
        _group("tasks", _("Tasks waiting for me"), _waiting_tasks(handled, grants)),
        _group("due_cases", _("Cases due within a week"),
               owed.filter(stage_due_on__range=(today, today + SOON))),
        _group("due_tasks", _("Tasks due within a week"),
               running.filter(due_on__range=(today, today + SOON))),
        _group("look_back", _("Promises to look back at"), _look_back(tasks, held, today)),
    ]  # fmt: skip
    return [group for group in groups if group.rows]


def _waiting_cases(cases: QuerySet[Case], grants: Iterable[RoleGrant]) -> QuerySet[Case]:
    """Each role waits within its own grant only: a member here may be the office there."""
    mine = Q(pk__in=[])
    for grant in grants:
        if stages := _stages_waiting(grant):
            mine |= case_scope(grant) & Q(stage__in=stages)
    return cases.filter(mine).order_by("stage_since", "pk")


def _stages_waiting(grant: RoleGrant) -> tuple[str, ...]:
    """Topics wait for the leader or for the Party committee, by the local gate."""
    stages = CASES_WAITING.get(grant.role, ())
    if grant.role not in DECIDERS or grant.region is None:
        return stages
    if value_for(grant.region, "topic_gate") == DECIDERS[grant.role]:
        return (Stage.PROPOSED, *stages)
    return stages


def _waiting_tasks(tasks: QuerySet[Task], grants: Iterable[RoleGrant]) -> QuerySet[Task]:
    """An assisting unit's opinion needs no look by anybody: it waits for the lead's reply."""
    mine = Q(pk__in=[])
    for grant in grants:
        if states := TASKS_WAITING.get(grant.role):
            mine |= task_scope(grant) & Q(state__in=states)
    done = Q(role=TaskRole.ASSIST, state=TaskState.ANSWERED)
    return tasks.filter(mine).exclude(done).order_by("state_since", "pk")


def _owed(cases: CaseQuerySet, held: set[str]) -> QuerySet[Case]:
    """Open cases with a due date. The date of a case is never a unit's: units owe tasks."""
    mine = cases if held - {Role.UNIT_OFFICER, Role.UNIT_LEADER} else cases.none()
    return mine.open().filter(stage_due_on__isnull=False).order_by("stage_due_on", "pk")


def _inbox(user: User) -> QuerySet[Suggestion]:
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


def _deferred(cases: QuerySet[Case], held: set[str], today: dt.date) -> QuerySet[Case]:
    mine = cases if Role.COUNTY_OFFICE in held else cases.none()
    return mine.filter(stage=Stage.DEFERRED, review_on__lte=today).order_by("review_on", "pk")


def _suspended(tasks: QuerySet[Task], held: set[str], today: dt.date) -> QuerySet[Task]:
    """Nothing resumes by the clock: somebody has to, and until then the light is red."""
    mine = tasks if held & set(DISPATCHERS) else tasks.none()
    over = mine.filter(state=TaskState.SUSPENDED, suspended_until__lt=today)
    return over.order_by("suspended_until", "pk")


def _look_back(tasks: QuerySet[Task], held: set[str], today: dt.date) -> QuerySet[Task]:
    mine = Q() if Role.COUNTY_OFFICE in held else Q(pk__in=[])
    due = tasks.filter(mine, state=TaskState.TRACKED, look_back_on__lte=today)
    return due.order_by("look_back_on", "pk")


def _group(key: str, title: Any, rows: QuerySet[Any]) -> Group:
    found = list(rows[: SHOWN + 1])
    return Group(key, str(title), found[:SHOWN], len(found) > SHOWN)
