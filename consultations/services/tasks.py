"""Move a task along its table, and its case with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from committees.models import User
from consultations.models import Case, Event, HandoverLetter, Task
from consultations.services import handover, joint, ladder, replies
from consultations.services.closing import complete_if_done, record_public_step, revive
from consultations.services.handover_letters import LETTERS
from consultations.services.history import refusals_told
from consultations.services.steps import Effect, take
from consultations.workflow.tasks import TaskState

EFFECTS: dict[str, Effect] = {
    **handover.EFFECTS,
    **joint.EFFECTS,
    **replies.EFFECTS,
}
REVIVING = ("reopen", "verify_partly", "verify_false")


def advance(
    task: Task,
    action: str,
    *,
    by: User | None,
    role: str = "",
    data: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> Event:
    """Take one step of the task table; see `steps.take`. The case follows by itself."""
    with refusals_told(task, action, by=by), transaction.atomic():
        # The case first: of two last tasks ended at once, the second then sees that the first has.
        case = Case.objects.select_for_update().get(pk=task.case_id)
        event = take(task, action, by=by, role=role, data=data, version=version, effects=EFFECTS)
        ladder.withdraw_overtaken(task)
        if action == "verify_false":
            ladder.draft_after_false(task)
        record_public_step(case, action)
        if action in REVIVING:
            taken_up = action == "reopen"
            revive(case, tasks=[task.pk], reason=event.reason, came_back=taken_up)
        complete_if_done(case)
        return event


def dispatch_drafted(case: Case, *, by: User | None) -> None:
    """Hand over every drafted task of a filed case that names a unit, by one letter to each unit."""
    letters: dict[int, HandoverLetter] = {}
    drafted = Task.objects.filter(case=case, state=TaskState.DRAFTED, unit__isnull=False)
    for task in drafted.select_related("item", "case__region", "unit"):
        take(task, "dispatch", by=None, data={LETTERS: letters}, effects=EFFECTS)
