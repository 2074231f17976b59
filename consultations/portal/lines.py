"""One line of a list of `/my/`: the record, where it leads, and the steps that are my own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.admin.access import grants_held
from committees.grants import UNIT_ROLES
from committees.models import Role
from consultations.models import Case, Task
from consultations.offers import Offer, actions_for
from consultations.portal.access import grants_as
from consultations.selectors.card_facts import Facts, facts_of
from consultations.selectors.clocks import Clock
from consultations.workflow.engine import Transition
from consultations.workflow.tasks import TASKS, WITNESSES

# Steps that capture nothing: taken from the list with one tap.
ONE_TAP = ("sign_for",)
# The three answers of one look: they share a page.
VERDICTS = ("verify_true", "verify_partly", "verify_false")
# Decided on one page of their own.
APPROVALS = ("approve_outcome", "return_outcome")


@dataclass(frozen=True)
class Shortcut:
    """A step that stands on the card itself."""

    label: Any
    url: str


@dataclass(frozen=True)
class Line:
    """One to-do: the record, where it leads, what else is true of it, the steps from the list, and
    those that are not possible now (`against`), each with its reasons."""

    row: Case | Task
    url: str
    marks: list[str]
    one_tap: Transition | None
    steps: list[Shortcut]
    against: list[Offer]
    clock: Clock | None = None

    @property
    def is_task(self) -> bool:
        return isinstance(self.row, Task)

    @property
    def case(self) -> Case:
        return self.row.case if isinstance(self.row, Task) else self.row

    @property
    def due_on(self) -> Any:
        return self.row.due_on if isinstance(self.row, Task) else self.row.stage_due_on


def line_of(
    request, row: Case | Task, *, marks: list[str] | None = None, facts: Facts | None = None,
    clock: Clock | None = None,
) -> Line:  # fmt: skip
    """`facts` are what `facts_for` read of a task. Of a case nothing is done from the list."""
    own = _offers(request, row, facts) if isinstance(row, Task) else []
    possible = [offer.row for offer in own if offer.is_open]
    one_tap = next((t for t in possible if t.action in ONE_TAP), None)
    steps = _shortcuts(row, [t for t in possible if t is not one_tap])
    return Line(row, url_of(request, row), marks or [], one_tap, steps, _against(own), clock)


def facts_for(request, tasks: Iterable[Task]) -> dict[int, Facts]:
    """What the guards of the steps on the cards of these tasks ask for, read at once."""
    roles = {grant.role for grant in grants_held(request)} & {*UNIT_ROLES, *WITNESSES}
    return facts_of(tasks, by=request.user, roles=roles)


def url_of(request, row: Case | Task) -> str:
    """Where a record opens: for whoever decides on an outcome, the page with the whole of it."""
    if isinstance(row, Task):
        return reverse("my:task", args=[row.pk])
    waits = row.stage == "party_review" and grants_as(request, Role.PARTY_APPROVER)
    return reverse("my:approval" if waits else "my:case", args=[row.pk])


def _offers(request, task: Task, facts: Facts | None) -> list[Offer]:
    """Only units work from the card, and who looks whether it is done. Nothing for an assisting
    role that only could: the step has to be the person's own."""
    held = grants_held(request)
    own = {grant.role for grant in held}
    only = {t.action for t in TASKS if own & set(t.roles) and _stands_on_cards(t)}
    offers = actions_for(request.user, task, grants=held, known=dict(facts or {}), only=only)
    return [offer for offer in offers if not offer.is_elses and not offer.is_proxy]


def _stands_on_cards(row: Transition) -> bool:
    return row.action in VERDICTS or bool(set(UNIT_ROLES) & set(row.roles))


def _against(offers: Iterable[Offer]) -> list[Offer]:
    """What is not possible now; the answers of a look are one step."""
    closed = [offer for offer in offers if not offer.is_open]
    looks = [offer for offer in closed if offer.row.action in VERDICTS]
    return [offer for offer in closed if offer not in looks[1:]]


def _shortcuts(task: Case | Task, steps: list[Transition]) -> list[Shortcut]:
    """The answers of a look are one button."""
    if any(t.action in VERDICTS for t in steps):
        return [Shortcut(_("Verify"), reverse("my:verify", args=[task.pk]))]
    return [
        Shortcut(t.label, reverse("my:task_step", args=[task.pk, t.action]) + "?list=1")
        for t in steps
    ]
