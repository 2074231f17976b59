"""Every step on one page made for a phone: the form, or the step itself where it asks nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from committees.admin.access import grants_held
from consultations.forms import step_form
from consultations.forms.seen import reasons_of
from consultations.models import Case, Task
from consultations.offers import reasons_against
from consultations.permissions import Subject, row_for
from consultations.portal.access import case_or_404, mine, task_or_404, telling_tries
from consultations.selectors.joint import beside
from consultations.selectors.replies import replies_for
from consultations.workflow.engine import Refused


@telling_tries(Case)
@require_http_methods(["GET", "POST"])
@mine()
def case_step(request, pk: int, action: str) -> HttpResponse:
    return _step(request, case_or_404(request, pk), action)


@telling_tries(Task)
@require_http_methods(["GET", "POST"])
@mine()
def task_step(request, pk: int, action: str) -> HttpResponse:
    return _step(request, task_or_404(request, pk), action)


def _step(request, subject: Subject, action: str) -> HttpResponse:
    row = row_for(request.user, subject, action)
    if row is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    made = step_form(subject, action)
    form = made(data, request.FILES, subject=subject, row=row, by=request.user)
    if form.is_bound and form.is_valid():
        try:
            form.take()
        except Refused as refused:
            for reason in reasons_of(refused, subject):
                form.add_error(None, reason)
            form.look_again()
        else:
            messages.success(request, form.told())
            return HttpResponseRedirect(_after(request, subject))
    context = {"form": form, "row": row, "subject": subject, "case": _case(subject),
               "against": [] if form.is_bound else reasons_against(
                   request.user, subject, action, grants=grants_held(request)),
               "replies": replies_for(subject, action), "joint": beside(subject, action),
               "back": _url(subject)}  # fmt: skip
    return render(request, "portal/step.html", context)


def _case(subject: Subject) -> Case:
    return subject if isinstance(subject, Case) else subject.case


def _url(subject: Subject) -> str:
    kind = "case" if isinstance(subject, Case) else "task"
    return reverse(f"my:{kind}", args=[subject.pk])


def _after(request, subject: Subject) -> str:
    """Back to the list where the step was taken from there, else to the record."""
    return reverse("my:home") if "from_list" in request.POST else _url(subject)
