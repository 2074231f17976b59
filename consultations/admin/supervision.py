"""Key supervision, conversions with their way back and leaders' instructions, on the record."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees.admin.access import grants_held
from committees.models import Role
from committees.services import exporting
from committees.services.limits import UsedUp
from consultations.admin.access import case_or_404
from consultations.admin.exports import too_many
from consultations.admin.parts import case_url, sent, small_form
from consultations.documents.conversion import write_draft
from consultations.forms.supervision import (
    ConversionForm,
    EndKeySupervisionForm,
    InstructionForm,
    KeySupervisionForm,
    WayBackForm,
)
from consultations.models import Case
from consultations.permissions import roles_on
from consultations.services import supervision
from consultations.web import sent_files

both = require_http_methods(["GET", "POST"])
SECTION = "supervision"


def _case_or_404(request, pk: int) -> Case:
    """A case whose office this person is."""
    case = case_or_404(request, pk)
    if Role.COUNTY_OFFICE not in roles_on(request.user, case, grants=grants_held(request)):
        raise Http404
    return case


@both
def begin(request, pk: int) -> HttpResponse:
    case = _case_or_404(request, pk)
    form = KeySupervisionForm(sent(request), case=case)

    def save() -> None:
        supervision.begin_key_supervision(case, by=request.user, **form.cleaned_data)

    return small_form(request, case, form, save, title=_("Key supervision"), section=SECTION)


@both
def end(request, pk: int, kept_pk: int) -> HttpResponse:
    case = _case_or_404(request, pk)
    kept = get_object_or_404(case.key_supervisions.select_related("case"), pk=kept_pk)
    form = EndKeySupervisionForm(sent(request), case=case)

    def save() -> None:
        supervision.end_key_supervision(kept, by=request.user, **form.cleaned_data)

    title = _("End the supervision by %s") % kept
    return small_form(request, case, form, save, title=title, section=SECTION)


@both
def convert(request, pk: int) -> HttpResponse:
    case = _case_or_404(request, pk)
    form = ConversionForm(sent(request), case=case)

    def save() -> None:
        supervision.convert_more(case, by=request.user, **form.cleaned_data)

    title = _("Carry on in another form")
    return small_form(request, case, form, save, title=title, section=SECTION, counts=True)


@both
def way_back(request, pk: int, made_pk: int) -> HttpResponse:
    case = _case_or_404(request, pk)
    made = get_object_or_404(case.conversions.select_related("case"), pk=made_pk)
    form = WayBackForm(sent(request), made=made)

    def save() -> None:
        supervision.record_way_back(made, by=request.user, **form.cleaned_data)

    title = _("What became of “%s”") % made
    return small_form(request, case, form, save, title=title, section=SECTION)


@require_safe
def draft(request, pk: int, made_pk: int) -> HttpResponse:
    """What it was turned into, as a draft for Word: facts, what stayed open, the text so far."""
    case = _case_or_404(request, pk)
    made = get_object_or_404(case.conversions, pk=made_pk)
    try:
        exporting.begin(by=request.user, about=made, facts={"case": case.pk})
    except UsedUp as refused:
        return too_many(request, refused, back=case_url(case, section=SECTION))
    return sent_files.word(made.title, write=partial(write_draft, made=made))


@both
def instruction(request, pk: int, instruction_pk: int | None = None) -> HttpResponse:
    case = _case_or_404(request, pk)
    rows = case.instructions.filter(citation=None)
    kept = get_object_or_404(rows, pk=instruction_pk) if instruction_pk else None
    form = InstructionForm(sent(request), case=case, instruction=kept)

    def save() -> None:
        supervision.record_instruction(case, by=request.user, instruction=kept, **form.cleaned_data)

    return small_form(request, case, form, save, title=_("Leader's instruction"), section=SECTION)
