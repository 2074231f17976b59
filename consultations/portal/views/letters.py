"""The letter by which a task came to its unit, as a sheet to print."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from committees.parameters import value_for
from consultations.portal.access import mine, task_or_404
from consultations.selectors.taken_up import letter_of, lines_of


@require_safe
@mine()
def letter(request, pk: int) -> HttpResponse:
    task = task_or_404(request, pk)
    found = letter_of(task)
    if found is None:
        raise Http404
    place = found.case.region
    context = {
        "task": task,
        "letter": found,
        "lines": lines_of(found),
        "sign_days": value_for(place, "sign_for_days", on=found.written_on),
        "window_days": value_for(place, "return_window_days", on=found.written_on),
    }
    return render(request, "portal/letter.html", context)
