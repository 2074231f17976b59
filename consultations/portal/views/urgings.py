"""A reminder or slip as it reached the unit, with its answer on the same page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committees.admin.access import grants_held
from consultations.forms.urging import AnswerForm
from consultations.models import Urging
from consultations.portal.access import mine
from consultations.selectors.urgings import urgings_for
from consultations.services import urging as slips
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import PROXIES

ABOUT = ("unit", "task__item", "task__case__region", "task__case__committee", "answered_by")


@require_http_methods(["GET", "POST"])
@mine()
def urging(request, pk: int) -> HttpResponse:
    rows = urgings_for(request.user, grants=grants_held(request)).filter(sent_on__isnull=False)
    found = get_object_or_404(rows.select_related(*ABOUT), pk=pk)
    role = slips.answering_role(request.user, found.task)
    if request.method == "POST" and role is None:
        raise Http404
    form = _form(request, found, role)
    if form is not None and form.is_bound and form.is_valid() and _taken(request, found, form):
        messages.success(request, _("Your answer is on record."))
        return redirect("my:home")
    context = {"urging": found, "task": found.task, "case": found.task.case, "form": form}
    return render(request, "portal/urging.html", context)


def _form(request, found: Urging, role: str | None) -> AnswerForm | None:
    """None where nothing is to be answered by this person; one sent late says why it is not."""
    data = request.POST if request.method == "POST" else None
    if role is None or not (found.waits_for_answer or data is not None):
        return None
    return AnswerForm(data, urging=found, is_proxy=role in PROXIES)


def _taken(request, found: Urging, form: AnswerForm) -> bool:
    try:
        slips.answer(found, by=request.user, **form.cleaned_data)
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    return True
