"""The list is approved and filed, and each unit does its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consultations.demo.walk import Plot, Walk
from consultations.models import Case, Milestone, Task
from consultations.services import milestones


def decided(walk: Walk, case: Case, *, submit: int, approve: int, file: int, opinion: str) -> Plot:
    """The list goes to the Party committee, is approved and filed; the tasks are handed over."""
    yield submit
    walk.step(case, "submit_outcome")
    yield approve
    walk.step(case, "approve_outcome", opinion=opinion, decided_on=walk.day(approve))
    yield file
    walk.step(case, "file")


def reached(walk: Walk, case: Case, title: str, *, on: int) -> Plot:
    """The liaison officer ticks a milestone off."""
    yield on
    found = Milestone.objects.select_related("item").get(item__case=case, title=title)
    milestones.finish(found, by=walk.cast.holder(("liaison",), case), on=walk.day(on))
    walk.clock.tick()


@dataclass(frozen=True)
class Reply:
    """What a unit answers, and when: the words, the class of the result, a promise or a reason."""

    on: int
    body: str
    meaning: str = "solved"
    promise: int | None = None
    why: str = ""


CLASSES = {"solved": "A", "in_plan": "B", "deferred": "C", "reference": "D"}


def handled(
    walk: Walk, task: Task, *, signed: int, progress: Sequence[tuple] = (),
    reply: Reply | None = None, accepted: int | None = None, verified: tuple | None = None,
) -> Plot:  # fmt: skip
    """One task as far as it came. `progress` is (ago, text, per cent); `verified` (ago, method,
    finding)."""
    yield signed
    officer = walk.cast.holder(("unit_officer",), task)
    walk.step(task, "sign_for", handler=str(officer))
    for ago, text, percent in progress:
        yield ago
        walk.step(task, "report_progress", text=text, percent=percent)
    if reply:
        yield from replied(walk, task, reply)
    if accepted is not None:
        yield accepted
        walk.step(task, "accept_reply")
    if verified:
        ago, method, finding = verified
        yield ago
        walk.step(task, "verify_true", method=method, finding=finding)


def replied(walk: Walk, task: Task, reply: Reply) -> Plot:
    yield reply.on
    promise_on = None if reply.promise is None else walk.day(reply.promise)
    walk.step(task, "draft_reply", body=reply.body, meaning=reply.meaning,
              result_class=CLASSES[reply.meaning], promise_on=promise_on,
              explanation=reply.why)  # fmt: skip
    walk.step(task, "reply", number=f"演办复〔{walk.day(reply.on).year}〕{task.pk}号",
              flags_confirmed=True)  # fmt: skip
