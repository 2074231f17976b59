"""One page for every step: its form on GET, the step itself on POST."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from committees.admin.access import grants_held
from committees.admin.attempts import telling
from committees.models import Role
from consultations.admin.access import (
    back,
    case_or_404,
    case_url,
    page,
    task_or_404,
    task_url,
)
from consultations.admin.release import to_release
from consultations.forms import step_form
from consultations.forms.seen import reasons_of
from consultations.models import Case, Event, Task
from consultations.offers import reasons_against
from consultations.permissions import Subject, row_for
from consultations.selectors.joint import beside
from consultations.selectors.replies import replies_for
from consultations.selectors.taken_up import planned_letters
from consultations.services.history import tried
from consultations.workflow.engine import Refused


def _tried(kind: type[Subject]):
    return telling(lambda request, pk, action: tried(kind, pk, action, by=request.user))


@_tried(Case)
@require_http_methods(["GET", "POST"])
def case_step(request, pk: int, action: str) -> HttpResponse:
    return _step(request, case_or_404(request, pk), action)


@_tried(Task)
@require_http_methods(["GET", "POST"])
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
            event = form.take()
        except Refused as refused:
            for reason in reasons_of(refused, subject):
                form.add_error(None, reason)
            form.look_again()
        else:
            return back(request, _url_after(event, subject), form.told())
    context = {"title": row.label, "form": form, "row": row, "subject": subject,
               "against": [] if form.is_bound else reasons_against(
                   request.user, subject, action, grants=grants_held(request)),
               "role": Role(form.roles[0]).label if len(form.roles) == 1 else "",
               "replies": replies_for(subject, action),
               "joint": beside(subject, action),
               "letters": planned_letters(subject) if action == "file" else [],
               "release": to_release(_case(subject), action),
               "case": _case(subject), "back": _url(subject)}  # fmt: skip
    return page(request, "step.html", context)


def _case(subject: Subject) -> Case:
    return subject if isinstance(subject, Case) else subject.case


def _url_after(event: Event, subject: Subject) -> str:
    """Back to the record; after a split to the new draft, which has to be completed."""
    if event.action == "split":
        return case_url(Case(pk=event.data["case"]))
    return _url(subject)


def _url(subject: Subject) -> str:
    return case_url(subject) if isinstance(subject, Case) else task_url(subject)
