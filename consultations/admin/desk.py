"""The desk: what waits for the person today, with the guide of a new role above it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.admin.access import grants_held, roles_held
from committees.models import Role
from consultations.admin import jobs
from consultations.admin.access import case_url, does_business, task_url
from consultations.admin.work_calendar import SEEN_BY as CALENDAR_SEEN_BY
from consultations.models import Case, Suggestion, Task, Urging
from consultations.permissions import CREATORS
from consultations.selectors.cases import UPPER, counted_only
from consultations.selectors.mentions import mentions_of
from consultations.selectors.notices import unread_words
from consultations.selectors.todo import todo_for
from consultations.selectors.todo_rows import Group, Matter
from consultations.selectors.wording import Names, names_once
from consultations.selectors.work_calendar import standing
from consultations.web.guides import next_guide


@dataclass(frozen=True)
class Line:
    """One to-do as it is shown: where it leads, what it is, where, and by when."""

    url: str
    title: str
    detail: str
    state: str
    due: object
    is_demo: bool
    marks: list[str]
    counted: Case | Task | Suggestion | None = None  # whose due date `due` is


LISTS = {
    "late_cases": "consultations_case_changelist?due=late",
    "late_tasks": "consultations_task_changelist?due=late",
    "late_suggestions": "consultations_suggestion_changelist?state=received",
    "late_dispatch": "consultations_task_changelist?state=drafted",
    "to_dispatch": "consultations_task_changelist?state=drafted",
    "late_returns": "consultations_task_changelist?state=return_requested",
    "drafts": "consultations_urging_changelist?standing=waiting",
    "suggestions": "consultations_suggestion_changelist?state=received",
    "deferred": "consultations_case_changelist?stage=deferred",
    "unreported": "consultations_case_changelist?stage=scheduled",
    "asleep": "consultations_case_changelist?due=asleep",
    "closed_look_back": "consultations_case_changelist?due=again",
    "due_cases": "consultations_case_changelist?due=week",
    "due_tasks": "consultations_task_changelist?due=week",
    "look_back": "consultations_task_changelist?state=tracked",
}


def desk(request) -> dict:
    """The context of the start page."""
    labels = dict(Role.choices)
    context = {
        "today": timezone.localdate(),
        "guide": next_guide(request.user, roles=roles_held(request)),
        "roles": [labels[role] for role in sorted(roles_held(request))],
        "groups": [],
        "may_log": False,
        "does_business": False,
    }
    if roles_held(request) & set(CALENDAR_SEEN_BY):
        context["standing"] = standing()
    if not does_business(request):
        runs = bool(roles_held(request) & set(jobs.SEEN_BY))
        return context | {"note": jobs.daily_note() if runs else None}
    names, grants = names_once(request), grants_held(request)
    groups = [
        {
            "group": group,
            "lines": [_line(matter, names) for matter in group.matters],
            "more": _more(group),
        }
        for group in todo_for(request.user, grants=grants)
    ]
    may_log = any(grant.role in CREATORS for grant in grants)
    context["unread_notices"] = unread_words(request.user)
    context["mentions"] = mentions_of(request.user, grants=grants)
    context["is_upper"] = any(grant.role in UPPER for grant in grants)
    context["counted_only"] = counted_only(grants) if context["is_upper"] else 0
    return context | {"groups": groups, "does_business": True, "may_log": may_log}


def _more(group: Group) -> str:
    if not group.more:
        return ""
    name, _sign, query = LISTS.get(
        group.key, "consultations_task_changelist" if group.key == "tasks"
        else "consultations_case_changelist",
    ).partition("?")  # fmt: skip
    return reverse(f"admin:{name}") + (f"?{query}" if query else "")


def _line(matter: Matter, names: Names) -> Line:
    row: Case | Task | Suggestion | Urging = matter.row
    if isinstance(row, Task):
        unit = row.unit_name or _("no unit yet")
        detail = f"{unit} · {row.case}"
        due = row.look_back_on or row.due_on
        demo = row.case.is_demo
        state = names.of_task(row, case=row.case)
        counted = None if row.look_back_on else row
        return Line(task_url(row), row.title, detail, state, due, demo, matter.marks, counted)
    if isinstance(row, Urging):
        url = reverse("admin:consultations_urging_change", args=[row.pk])
        return Line(url, row.task.title, str(row.unit), row.get_rung_display(), row.due_on,
                    row.task.case.is_demo, matter.marks)  # fmt: skip
    if isinstance(row, Suggestion):
        url = reverse("admin:consultations_suggestion_change", args=[row.pk])
        return Line(url, row.title, row.spot, row.get_state_display(), row.answer_due_on,
                    row.is_demo, matter.marks, row)  # fmt: skip
    return Line(case_url(row), row.title, f"{row.spot} · {row.code}", names.of_case(row),
                row.stage_due_on or row.look_back_on, row.is_demo, matter.marks,
                row if row.stage_due_on else None)  # fmt: skip
