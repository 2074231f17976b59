"""What units agreed and settled about one task, to be read beside it and beside its reply."""

from __future__ import annotations

from dataclasses import dataclass

from consultations.models import (
    AssistingOpinion,
    Case,
    Conference,
    FirstContact,
    Handover,
    Settlement,
    Task,
)
from consultations.selectors.taken_up import handovers_of

BESIDE = ("draft_reply", "reply", "accept_reply", "return_reply", "settle_dispute")


@dataclass(frozen=True)
class Joint:
    """The hand-overs of a task, its conferences and talks; of a lead its opinions and settlements."""

    handovers: list[Handover]
    conferences: list[Conference]
    contacts: list[FirstContact]
    settlements: list[Settlement]
    opinions: list[AssistingOpinion]
    awaited: list[Task]

    @property
    def is_any(self) -> bool:
        return bool(self.handovers or self.conferences or self.contacts or self.opinions)


def joint_handling(task: Task) -> Joint:
    """A fixed number of queries for one task."""
    opinions, awaited = opinions_on(task)
    return Joint(
        handovers=handovers_of(task),
        conferences=list(task.conferences.select_related("unit", "file").order_by("pk")),
        contacts=list(task.contacts.select_related("unit").order_by("pk")),
        settlements=list(task.settlements.order_by("pk")),
        opinions=opinions,
        awaited=awaited,
    )


def opinions_on(task: Task) -> tuple[list[AssistingOpinion], list[Task]]:
    """The opinions of the units that assist, and the required ones that still lack."""
    if task.is_assist:
        return [], []
    assisting = task.assistants.exclude(state="cancelled").select_related("unit")
    tasks = list(assisting.prefetch_related("opinions__settlement").order_by("number", "pk"))
    found = []
    for one in tasks:
        for opinion in one.opinions.all():
            opinion.task = one
            found.append(opinion)
    awaited = [one for one in tasks if not one.opinions.all() and not one.opinion_optional]
    return found, awaited


def beside(subject: Case | Task, action: str) -> Joint | None:
    """What is read while the lead drafts, settles or signs, and when the reply is judged."""
    if isinstance(subject, Case) or action not in BESIDE or subject.is_assist:
        return None
    opinions, awaited = opinions_on(subject)
    if not opinions and not awaited:
        return None
    settled = list(subject.settlements.order_by("pk"))
    return Joint([], [], [], settled, opinions, awaited)
