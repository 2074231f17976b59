"""How tasks and case carry each other: on when all ended, back when one revives, an end for all."""

from __future__ import annotations

from django.db.models import Count, F, Q

from consultations.models import Case, Meeting
from consultations.permissions import asked
from consultations.services import handover, ladder
from consultations.services.steps import Outcome, take
from consultations.workflow.cases import ENDS, Stage
from consultations.workflow.engine import SYSTEM, Ask
from consultations.workflow.outcome_guards import have_everything_ended
from consultations.workflow.tasks import TaskState

# Which of the ten public steps a step of the tables puts on record (点立调协共交办监评公).
PUBLIC_STEPS = {
    "submit": 1 << 0,
    "approve": 1 << 1,
    "log_visit": 1 << 2,
    "conclude": 1 << 3 | 1 << 4,
    "conclude_without_consensus": 1 << 3,
    "file": 1 << 5,
    "report_progress": 1 << 6,
    "accept_reply": 1 << 6,
    "verify_true": 1 << 7,
    "verify_partly": 1 << 7,
    "verify_false": 1 << 7,
    "look_back": 1 << 7,
    "follow_up": 1 << 7,
    "look_again": 1 << 7,
    "rate": 1 << 8,
    "publish": 1 << 9,
}

REVIVABLE = (Stage.SUPERVISION, Stage.RATING, Stage.CLOSED)


def complete_if_done(case: Case) -> None:
    """The automatic step to supervision, once every task ended and every promise was checked."""
    case.refresh_from_db()
    if case.stage != Stage.HANDLING or have_everything_ended(asked(case, None, SYSTEM)):
        return
    take(case, "complete", by=None, effects={"complete": _all_ended})


def revive(case: Case, *, tasks: list[int], reason: str, came_back: bool = False) -> None:
    """The automatic step back to handling when a task of a handled case came back to life.

    `came_back`: somebody took it up again though it was done, which after the end of the case is a
    relapse, as one that a look-back finds.
    """
    case.refresh_from_db()
    if case.stage in REVIVABLE:
        data = {"tasks": tasks, "reason": reason, "came_back": came_back}
        take(case, "reopen", by=None, data=data, effects={"reopen": _one_more_round})


def wind_up(case: Case, *, reason: str) -> None:
    """A case that ended leaves nothing running: no planned meeting, no task with somebody."""
    if case.stage not in ENDS:
        return
    case.meetings.filter(status=Meeting.Status.PLANNED).update(status=Meeting.Status.CANCELLED)
    for task in case.tasks.not_ended().order_by("pk"):
        take(task, "cancel", by=None, data={"reason": reason}, effects=handover.EFFECTS)
        ladder.withdraw_overtaken(task)


def record_public_step(case: Case, action: str) -> None:
    """Note for the public ring that this of the ten steps is on record now."""
    if bit := PUBLIC_STEPS.get(action, 0):
        Case.objects.filter(pk=case.pk).update(steps_recorded=F("steps_recorded").bitor(bit))
        case.refresh_from_db(fields=["steps_recorded"])


def _one_more_round(ask: Ask) -> Outcome:
    case, facts = ask.subject, {"tasks": ask.given("tasks")}
    fields = {"rounds": case.rounds + 1, "look_back_on": None}
    if ask.given("came_back") and case.stage == Stage.CLOSED:
        fields |= {"relapses": case.relapses + 1}
        facts |= {"ground": "relapse"}
    return Outcome(fields, facts)


def _all_ended(ask: Ask) -> Outcome:
    """No longer due; and how the tasks ended, for a cancelled one was not carried out."""
    planned, cancelled = Q(state=TaskState.TRACKED), Q(state=TaskState.CANCELLED)
    counts = ask.subject.tasks.aggregate(
        done=Count("pk", filter=~(planned | cancelled)),
        in_plan=Count("pk", filter=planned),
        cancelled=Count("pk", filter=cancelled),
    )
    return Outcome({"stage_due_on": None}, counts)
