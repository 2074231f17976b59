"""The desk: what waits for the person today, and the help page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.admin.access import grants_held, roles_held
from committees.models import Role
from consultations.admin.access import case_url, does_business, page, task_url
from consultations.models import Case, Suggestion, Task
from consultations.permissions import CREATORS
from consultations.selectors.todo import Group, todo_for
from consultations.selectors.wording import Names, names_once


@dataclass(frozen=True)
class Line:
    """One to-do as it is shown: where it leads, what it is, where, and by when."""

    url: str
    title: str
    detail: str
    state: str
    due: object
    is_demo: bool


LISTS = {
    "late_cases": "consultations_case_changelist?due=late",
    "late_tasks": "consultations_task_changelist?due=late",
    "suggestions": "consultations_suggestion_changelist?state=received",
    "deferred": "consultations_case_changelist?stage=deferred",
    "unreported": "consultations_case_changelist?stage=scheduled",
    "due_cases": "consultations_case_changelist?due=week",
    "due_tasks": "consultations_task_changelist?due=week",
    "look_back": "consultations_task_changelist?state=tracked",
}


def desk(request) -> dict:
    """The context of the start page."""
    if not does_business(request):
        return {"groups": [], "may_log": False, "does_business": False}
    names = names_once(request)
    groups = [
        {"group": group, "lines": [_line(row, names) for row in group.rows], "more": _more(group)}
        for group in todo_for(request.user)
    ]
    labels = dict(Role.choices)
    return {
        "groups": groups,
        "does_business": True,
        "may_log": any(grant.role in CREATORS for grant in grants_held(request)),
        "roles": [labels[role] for role in sorted(roles_held(request))],
    }


def _more(group: Group) -> str:
    if not group.more:
        return ""
    name, _sign, query = LISTS.get(
        group.key, "consultations_task_changelist" if group.key == "tasks"
        else "consultations_case_changelist",
    ).partition("?")  # fmt: skip
    return reverse(f"admin:{name}") + (f"?{query}" if query else "")


def _line(row: Case | Task | Suggestion, names: Names) -> Line:
    if isinstance(row, Task):
        unit = row.unit_name or _("no unit yet")
        detail = f"{unit} · {row.case}"
        due = row.look_back_on or row.due_on
        demo = row.case.is_demo
        state = names.of_task(row, case=row.case)
        return Line(task_url(row), row.title, detail, state, due, demo)
    if isinstance(row, Suggestion):
        url = reverse("admin:consultations_suggestion_change", args=[row.pk])
        return Line(
            url, row.title, row.spot, row.get_state_display(), row.answer_due_on, row.is_demo
        )
    return Line(case_url(row), row.title, f"{row.spot} · {row.code}", names.of_case(row),
                row.stage_due_on, row.is_demo)  # fmt: skip


@require_safe
def help_page(request) -> HttpResponse:
    return page(request, "help.html", {"title": _("How to use it")})
