"""Correct a visit that is on record."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from consultations.admin.edit import editable_or_404
from consultations.admin.parts import both, sent, small_form
from consultations.forms.visits import CorrectVisitForm
from consultations.services import visits


@both
def visit(request, pk: int, visit_pk: int) -> HttpResponse:
    case = editable_or_404(request, pk)
    if case.stage not in visits.OPEN:
        raise Http404
    found = get_object_or_404(case.visits.select_related("case__region"), pk=visit_pk)
    form = CorrectVisitForm(sent(request), visit=found)

    def save() -> None:
        visits.correct_visit(
            found, by=request.user, version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], fields=form.facts(),
        )  # fmt: skip

    return small_form(request, case, form, save, title=_("Correct the visit"), section="visits")
