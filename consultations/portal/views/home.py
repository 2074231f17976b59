"""The start page: what waits for me, most urgent first; one tap where a step asks for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from committees.admin.access import grants_held
from committees.models import Role
from consultations.models import Case, Task
from consultations.permissions import steps_of
from consultations.portal.access import mine
from consultations.portal.views.members import member_blocks
from consultations.selectors.todo import todo_for
from consultations.workflow.engine import Transition

# Steps that capture nothing: taken from the list with one tap.
ONE_TAP = ("sign_for",)


@dataclass(frozen=True)
class Line:
    """One to-do: the record, where it leads, what else is true of it, the step of one tap."""

    row: Case | Task
    url: str
    marks: list[str]
    one_tap: Transition | None

    @property
    def is_task(self) -> bool:
        return isinstance(self.row, Task)

    @property
    def case(self) -> Case:
        return self.row.case if isinstance(self.row, Task) else self.row

    @property
    def due_on(self) -> Any:
        return self.row.due_on if isinstance(self.row, Task) else self.row.stage_due_on


@require_safe
@mine()
def home(request) -> HttpResponse:
    grants = grants_held(request)
    labels = dict(Role.choices)
    context = {
        "blocks": list(_blocks(request)),
        "mine": member_blocks(request),
        "roles": [labels[role] for role in sorted({grant.role for grant in grants})],
        "studios": list({g.studio_id: g.studio for g in grants if g.studio_id}.values()),
        "units": list({g.unit_id: g.unit for g in grants if g.unit_id}.values()),
    }
    return render(request, "portal/home.html", context)


def _blocks(request):
    for group in todo_for(request.user, grants=grants_held(request)):
        matters = [m for m in group.matters if isinstance(m.row, Case | Task)]
        if matters:
            yield {"group": group, "lines": [_line(request, matter) for matter in matters]}


def _line(request, matter) -> Line:
    row = matter.row
    kind = "task" if isinstance(row, Task) else "case"
    url = reverse(f"my:{kind}", args=[row.pk])
    return Line(row, url, matter.marks, _one_tap(request, row))


def _one_tap(request, row: Case | Task) -> Transition | None:
    """Nothing for an assisting role that only could: the step has to be the person's own."""
    held = grants_held(request)
    own = {grant.role for grant in held}
    return next(
        (t for t in steps_of(request.user, row, grants=held)
         if t.action in ONE_TAP and own & set(t.roles)),
        None,
    )  # fmt: skip
