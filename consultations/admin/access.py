"""Cases and tasks for the person asking: what is not theirs is not found."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from committees.admin.access import grants_held
from committees.grants import BUSINESS_ROLES
from consultations.admin.site import site
from consultations.models import Case, Task
from consultations.permissions import may_edit
from consultations.selectors.cases import cases_for, tasks_for
from consultations.workflow.engine import Refused

FULL = ("region", "committee__region", "studio", "campaign", "field", "owner", "created_by",
        "merged_into", "compiled_by", "summary_by")  # fmt: skip

KEY = re.compile(r"[0-9]{1,18}")


def does_business(request) -> bool:
    return any(grant.role in BUSINESS_ROLES for grant in grants_held(request))


def own_cases(request):
    return cases_for(request.user, grants=grants_held(request))


def key_or_404(text: str) -> int:
    """The key in an address of a list's own page, where anything may stand."""
    if not KEY.fullmatch(text):
        raise Http404
    return int(text)


def case_or_404(request, pk: int) -> Case:
    return get_object_or_404(own_cases(request).select_related(*FULL), pk=pk)


def task_or_404(request, pk: int) -> Task:
    tasks = tasks_for(request.user, grants=grants_held(request))
    full = tasks.select_related("unit", "item", "lead__unit", "case__region", "case__committee")
    return get_object_or_404(full, pk=pk)


def may_edit_here(request, case: Case) -> bool:
    return may_edit(request.user, case, grants=grants_held(request)) is not None


def page(request, template: str, context: dict, *, status: int = 200) -> HttpResponse:
    """One page of the staff site, with its header and menus."""
    request.current_app = site.name
    return TemplateResponse(
        request, f"admin/{template}", {**site.each_context(request), **context}, status=status
    )


def case_url(case: Case, *, section: str = "") -> str:
    anchor = f"#{section}" if section else ""
    return reverse("admin:consultations_case_change", args=[case.pk]) + anchor


def task_url(task: Task) -> str:
    return reverse("admin:consultations_task_change", args=[task.pk])


def back(request, url: str, text: str) -> HttpResponse:
    """Back to a record, with a plain message of what was done."""
    messages.success(request, text)
    return HttpResponseRedirect(url)


def refuse(form, refused: Refused) -> None:
    """Show a refusal as errors of the form; everything typed stays in it."""
    for reason in refused.reasons:
        form.add_error(None, reason)
