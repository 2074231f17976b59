"""Today's to-dos by rule: what waits for me, what is due, what is late. Nobody keeps a list.

A matter stands once, in the first block whose rule it meets; the other rules it meets are marks
beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.grants import grants_of, is_from_above
from committees.models import Role, RoleGrant, User
from consultations.models import Case, ExtensionRequest, Meeting, Task
from consultations.models.tasks import past_due
from consultations.selectors.cases import (
    acts_in,
    cases_for,
    suggestions_for,
    task_scope,
    tasks_for,
)
from consultations.selectors.rules import LocalRules, local_rules
from consultations.selectors.todo_late import (
    RULES,
    TO_HAND_OVER,
    late_dispatches,
    late_releases,
    late_returns,
)
from consultations.selectors.todo_rows import Group, Rule, groups
from consultations.selectors.todo_waiting import waiting_cases, waiting_tasks
from consultations.selectors.unhappy import ROUNDS, unhappy_cases, unhappy_for_leader
from consultations.selectors.urgings import WAITING, urgings_for
from consultations.workflow.cases import CLERKS, OWED, Stage
from consultations.workflow.tasks import DISPATCHERS, RUNNING, TaskState

SOON = dt.timedelta(days=7)

# The blocks from the most urgent down, and what they say where they are only a mark.
BLOCKS = {
    "unreported": (_("Meetings whose day has passed without a record"), _("meeting not recorded")),
    "late_cases": (_("Late: cases"), _("late")),
    "late_tasks": (_("Late: tasks"), _("late")),
    "late_suggestions": (_("Residents' suggestions not answered in time"), _("late")),
    "late_dispatch": (_("Tasks not handed over in time"), _("not handed over in time")),
    "late_release": (_("Answered, and not public in time"), _("not public in time")),
    "drafts": (_("Follow-up slips waiting to be sent"), ""),
    "suggestions": (_("Residents' suggestions to screen"), ""),
    "deferred": (_("Deferred topics to take up again"), _("to be taken up again")),
    "late_returns": (
        _("Returns not decided in time: meanwhile they stay with the unit"),
        _("return not decided in time"),
    ),
    "unhappy": (_("Dissatisfied answers to judge"), _("dissatisfied answers to judge")),
    "unhappy_leader": (
        _("Dissatisfied answers that the leader judges"),
        _("the leader judges: handled before"),
    ),
    "to_dispatch": (_("Tasks to hand over"), _("to be handed over")),
    "late_silence": (
        _("Extensions that silence refused in the last seven days"),
        _("extension refused by silence"),
    ),
    "extensions": (_("Extensions to decide on"), _("extension to decide on")),
    "suspended": (_("Suspensions that have run out"), _("suspension has run out")),
    "cases": (_("Cases waiting for me"), _("waits for me")),
    "tasks": (_("Tasks waiting for me"), _("waits for me")),
    "due_cases": (_("Cases due within a week"), _("due within a week")),
    "due_tasks": (_("Tasks due within a week"), _("due within a week")),
    "closed_look_back": (_("Closed cases to look back at"), _("to look back at")),
    "asleep": (_("Sleeping: nothing on record for long"), _("sleeps")),
    "look_back": (_("Promises to look back at"), _("to look back at")),
}
STEPS_OWED = Q(stage__in=OWED)
# Whatever is owed on a task is owed while its case is being handled; the index of cases knows
# which these are, so that the many closed ones of a county are not gone through.
RUNS = Q(case__stage=Stage.HANDLING, state__in=RUNNING)


def todo_for(
    user: User, *, grants: Iterable[RoleGrant] | None = None, on: dt.date | None = None
) -> list[Group]:
    """The blocks that are not empty, the most urgent first. At most eight queries of bounded cost,
    and one for each place in which the person decides on topics."""
    today = on or timezone.localdate()
    held = list(grants_of(user) if grants is None else grants)
    deciding = _acting(held) & {*DISPATCHERS, Role.LEADER}
    limits = local_rules(*RULES, ROUNDS) if deciding else LocalRules({})
    made = [
        *groups(_case_rules(user, held, limits, today), "region"),
        *groups(_task_rules(user, held, limits, today), "unit", "case__region"),
        *groups(_inbox_rules(user, held, today), "region"),
        *groups(_slip_rules(user, held), "unit", "task__case"),
    ]
    order = list(BLOCKS)
    return sorted(
        (group for group in made if group.matters), key=lambda group: order.index(group.key)
    )


def _rule(key: str, rows: QuerySet, where: Q, *order: str) -> Rule:
    return Rule(key, *BLOCKS[key], rows, where, (*order, "pk"))


def _case_rules(
    user: User, grants: list[RoleGrant], limits: LocalRules, today: dt.date
) -> list[Rule]:
    cases, roles = cases_for(user, grants=grants), _acting(grants)
    late = STEPS_OWED & Q(stage_due_on__lt=today)
    due = STEPS_OWED & Q(stage_due_on__range=(today, today + SOON))
    rules = []
    if roles & set(CLERKS):
        rules.append(_rule("unreported", cases, _unreported(today), "stage_due_on"))
    # The date of a case is never a unit's: units owe tasks.
    if owes := bool({grant.role for grant in grants} - {Role.UNIT_OFFICER, Role.UNIT_LEADER}):
        rules.append(_rule("late_cases", cases, late, "stage_due_on"))
    if Role.COUNTY_OFFICE in roles:
        unread = late_releases(grants, limits, on=today)
        rules.append(_rule("late_release", _own_cases(grants), unread, "stage_since"))
        deferred = Q(stage=Stage.DEFERRED, review_on__lte=today)
        rules.append(_rule("deferred", cases, deferred, "review_on"))
        again = Q(stage=Stage.CLOSED, look_back_on__lte=today)
        rules.append(_rule("closed_look_back", _own_cases(grants), again, "look_back_on"))
    rules += _unhappy_rules(cases, grants, limits)
    rules.append(_rule("cases", cases, waiting_cases(grants), "stage_since"))
    if owes:
        rules.append(_rule("due_cases", cases, due, "stage_due_on"))
    if Role.COUNTY_OFFICE in roles:
        asleep = STEPS_OWED & Q(asleep_since__isnull=False)
        rules.append(_rule("asleep", _own_cases(grants), asleep, "asleep_since"))
    return rules


def _unhappy_rules(
    cases: QuerySet[Case], grants: list[RoleGrant], limits: LocalRules
) -> list[Rule]:
    rules, roles = [], _acting(grants)
    if Role.COUNTY_OFFICE in roles:
        rules.append(_rule("unhappy", cases, unhappy_cases(grants), "stage_since"))
    if roles & {Role.COUNTY_OFFICE, Role.LEADER}:
        rules.append(
            _rule("unhappy_leader", cases, unhappy_for_leader(grants, limits), "stage_since")
        )
    return rules


def _own_cases(grants: Iterable[RoleGrant]) -> QuerySet[Case]:
    """The cases of the offices: what comes back after its end, or sleeps, is theirs to look at."""
    mine = Q(pk__in=[])
    for grant in grants:
        if grant.role == Role.COUNTY_OFFICE:
            mine |= acts_in(grant)
    return Case.objects.filter(mine)


def _acting(grants: Iterable[RoleGrant]) -> set[str]:
    """The roles in which something waits; from above the county one only looks."""
    return {grant.role for grant in grants if not is_from_above(grant)}


def _unreported(today: dt.date) -> Q:
    """Scheduled cases whose meeting day is over: somebody still has to write down how it went."""
    midnight = timezone.make_aware(dt.datetime.combine(today, dt.time.min))
    passed = Meeting.objects.filter(
        case=OuterRef("pk"), status=Meeting.Status.PLANNED, starts_at__lt=midnight
    )
    return Q(stage=Stage.SCHEDULED) & Q(Exists(passed))


def _task_rules(
    user: User, grants: list[RoleGrant], limits: LocalRules, today: dt.date
) -> list[Rule]:
    tasks, roles = tasks_for(user, grants=grants), _acting(grants)
    due = RUNS & Q(due_on__range=(today, today + SOON))
    rules = [_rule("late_tasks", tasks, RUNS & past_due(today), "due_on")]
    if roles & set(DISPATCHERS):
        rules += _to_hand_over(tasks, grants, limits, today)
        # Nothing resumes by the clock: somebody has to, and until then the light is red.
        over = Q(state=TaskState.SUSPENDED, suspended_until__lt=today, case__stage=Stage.HANDLING)
        rules.append(_rule("suspended", tasks, over, "suspended_until"))
        rules += _undecided(tasks, grants, limits, today)
    rules.append(_rule("tasks", tasks, waiting_tasks(grants), "state_since"))
    rules.append(_rule("due_tasks", tasks, due, "due_on"))
    if Role.COUNTY_OFFICE in roles:
        # In plan, or said to be kept at the last look and not verified yet.
        looked_at = (TaskState.TRACKED, TaskState.ANSWERED)
        promised = Q(state__in=looked_at, look_back_on__lte=today)
        rules.append(_rule("look_back", _promises(grants), promised, "look_back_on"))
    return rules


def _to_hand_over(
    tasks: QuerySet[Task], grants: list[RoleGrant], limits: LocalRules, today: dt.date
) -> list[Rule]:
    """What was drafted after the filing, or had no unit then: nobody sees it until it goes out."""
    late = late_dispatches(grants, limits, on=today)
    own = Q(pk__in=[])
    for grant in grants:
        if grant.role in DISPATCHERS and not is_from_above(grant):
            own |= task_scope(grant)
    return [
        _rule("late_dispatch", tasks, late, "state_since"),
        _rule("to_dispatch", tasks, own & TO_HAND_OVER, "state_since"),
    ]


def _undecided(
    tasks: QuerySet[Task], grants: list[RoleGrant], limits: LocalRules, today: dt.date
) -> list[Rule]:
    """What units asked for and the offices owe an answer: late returns, extensions, silence."""
    asked, week = ExtensionRequest.objects.filter(granted=None), today - SOON
    refused = ExtensionRequest.objects.filter(by_silence=True, decided_on__gte=week)
    silent = Q(pk__in=refused.values("task"), case__stage=Stage.HANDLING)
    open_asked = Q(pk__in=asked.values("task"), state=TaskState.HANDLING)
    return [
        _rule("late_returns", tasks, late_returns(grants, limits, on=today), "state_since"),
        _rule("late_silence", tasks, silent, "due_on"),
        _rule("extensions", tasks, open_asked & Q(case__stage=Stage.HANDLING), "due_on"),
    ]


def _promises(grants: Iterable[RoleGrant]) -> QuerySet[Task]:
    """The tasks of the offices. Promises outlive their cases: each that is due is asked for its
    case, instead of going through all closed cases of a county."""
    mine = Q(pk__in=[])
    for grant in grants:
        if grant.role == Role.COUNTY_OFFICE:
            mine |= Q(Exists(Case.objects.filter(acts_in(grant), pk=OuterRef("case"))))
    return Task.objects.filter(mine)


def _slip_rules(user: User, grants: list[RoleGrant]) -> list[Rule]:
    own = [g for g in grants if g.role in DISPATCHERS and not is_from_above(g)]
    if not own:
        return []
    return [_rule("drafts", urgings_for(user, grants=own), WAITING, "raised_on")]


def _inbox_rules(user: User, grants: list[RoleGrant], today: dt.date) -> list[Rule]:
    rows, waiting = suggestions_for(user, grants=grants), Q(state="received")
    return [
        _rule("late_suggestions", rows, waiting & Q(answer_due_on__lt=today), "answer_due_on"),
        _rule("suggestions", rows, waiting, "received_at"),
    ]
