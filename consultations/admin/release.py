"""What a release shows to everybody, to be read by the second person before it is out."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.admin.access import case_or_404
from consultations.models import Case
from consultations.permissions import row_for
from consultations.selectors.public_case import CasePage, case_page
from consultations.selectors.public_case_rows import PREVIEW
from consultations.selectors.steps import grouped, steps_of

ACTION = "publish"


def to_release(case: Case, action: str) -> CasePage | None:
    """The public page of the case as it would be, for the form of its release only."""
    return case_page(case.pk, rows=PREVIEW) if action == ACTION else None


@never_cache
@require_safe
def preview(request, pk: int) -> HttpResponse:
    """The public page as everybody would see it; for those who may release it."""
    case = case_or_404(request, pk)
    page = case_page(case.pk, rows=PREVIEW)
    if row_for(request.user, case, ACTION) is None or page is None:
        raise Http404
    steps = steps_of(page.case, page.case_lines)
    context = {
        "page": page,
        "case": page.case,
        "steps": steps,
        "groups": grouped(steps),
        "silent_steps": [step for step in steps if step.is_silent],
        "is_printing": False,
    }
    return render(request, "admin/case/preview.html", context)
