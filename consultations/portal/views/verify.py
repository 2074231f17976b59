"""To verify 核实: one form, two answers side by side."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from consultations.forms.seen import reasons_of
from consultations.forms.task_steps import WitnessForm
from consultations.models import Task
from consultations.permissions import row_for
from consultations.portal.access import mine, task_or_404, telling_tries
from consultations.portal.lines import VERDICTS
from consultations.workflow.engine import Refused, Transition


@telling_tries(Task, box="verdict")
@require_http_methods(["GET", "POST"])
@mine()
def verify(request, pk: int) -> HttpResponse:
    task = task_or_404(request, pk)
    verdict = request.POST.get("verdict", "") if request.method == "POST" else VERDICTS[0]
    row = row_for(request.user, task, verdict) if verdict in VERDICTS else None
    if row is None:
        raise Http404
    form = _form(request, task, row)
    if form.is_bound and form.is_valid():
        try:
            form.take()
        except Refused as refused:
            for reason in reasons_of(refused, task):
                form.add_error(None, reason)
            form.look_again()
        else:
            messages.success(request, form.told())
            return redirect("my:home")
    context = {"form": form, "task": task, "case": task.case, "reply": task.latest_reply}
    return render(request, "portal/verify.html", context)


def _form(request, task: Task, row: Transition) -> WitnessForm:
    data = request.POST if request.method == "POST" else None
    return WitnessForm(data, request.FILES, subject=task, row=row, by=request.user)
