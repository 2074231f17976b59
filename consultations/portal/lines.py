"""One line of a list of `/my/`: the record, where it leads, and the steps that are my own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.admin.access import grants_held
from committees.grants import UNIT_ROLES
from committees.models import Role
from consultations.models import Case, Task
from consultations.permissions import steps_of
from consultations.portal.access import grants_as
from consultations.selectors.clocks import Clock
from consultations.workflow.engine import Transition

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
    """One to-do: the record, where it leads, what else is true of it, the steps from the list."""

    row: Case | Task
    url: str
    marks: list[str]
    one_tap: Transition | None
    steps: list[Shortcut]
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
    request, row: Case | Task, *, marks: list[str] | None = None, clock: Clock | None = None
) -> Line:
    own = _own_steps(request, row)
    one_tap = next((t for t in own if t.action in ONE_TAP), None)
    steps = [t for t in own if t is not one_tap]
    shortcuts = _shortcuts(row, steps) if isinstance(row, Task) else []
    return Line(row, url_of(request, row), marks or [], one_tap, shortcuts, clock)


def url_of(request, row: Case | Task) -> str:
    """Where a record opens: for whoever decides on an outcome, the page with the whole of it."""
    if isinstance(row, Task):
        return reverse("my:task", args=[row.pk])
    waits = row.stage == "party_review" and grants_as(request, Role.PARTY_APPROVER)
    return reverse("my:approval" if waits else "my:case", args=[row.pk])


def _own_steps(request, row: Case | Task) -> list[Transition]:
    """Nothing for an assisting role that only could: the step has to be the person's own."""
    held = grants_held(request)
    own = {grant.role for grant in held}
    return [t for t in steps_of(request.user, row, grants=held) if own & set(t.roles)]


def _shortcuts(task: Task, steps: list[Transition]) -> list[Shortcut]:
    """Only units work from the card; the answers of a look are one button."""
    if any(t.action in VERDICTS for t in steps):
        return [Shortcut(_("Verify"), reverse("my:verify", args=[task.pk]))]
    return [
        Shortcut(t.label, reverse("my:task_step", args=[task.pk, t.action]) + "?list=1")
        for t in steps
        if set(UNIT_ROLES) & set(t.roles)
    ]
