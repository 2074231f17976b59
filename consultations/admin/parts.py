"""The small forms of a record: follow-up, rating, promise, note, link, person in charge, file."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from committees.admin.access import grants_held
from committees.grants import EDITORS
from consultations.admin.access import (
    back,
    case_or_404,
    case_url,
    own_cases,
    page,
)
from consultations.admin.edit import editable_or_404
from consultations.forms.after import (
    CaseFileForm,
    FollowUpForm,
    PromiseForm,
    RatingForm,
    TallyForm,
)
from consultations.forms.cases import AssignForm, LinkForm, PublicTextForm
from consultations.forms.notes import NoteForm
from consultations.forms.seen import now_reads, reasons_of
from consultations.models import AgreedItem, Case, Commitment
from consultations.permissions import roles_on, sees_notes
from consultations.selectors.places import people_for
from consultations.services import followups, notes, publishing, records
from consultations.services.steps import JustChanged
from consultations.web.one_writer import one_writer
from consultations.workflow.engine import Refused
from consultations.workflow.entries import ENTRIES

both = require_http_methods(["GET", "POST"])


def recorded_or_404(request, pk: int, action: str) -> Case:
    """A case of which the person may put this on record, now or at another stage."""
    case = case_or_404(request, pk)
    row = next(row for row in ENTRIES if row.action == action)
    if not roles_on(request.user, case, grants=grants_held(request)) & set(row.roles):
        raise Http404
    return case


def small_form(
    request, case: Case, form, save: Callable[[], object], *, title: str, section: str, **extra
) -> HttpResponse:
    """Draw one small form, or save it and go back to its section of the record."""
    if form.is_bound and form.is_valid():
        try:
            save()
        except Refused as refused:
            case.refresh_from_db()
            writes_over = isinstance(refused, JustChanged) and getattr(form, "writes_over", False)
            told = now_reads(form) if writes_over else []
            for reason in [*reasons_of(refused, case), *told]:
                form.add_error(None, reason)
            if "version" in form.fields:
                form.data = form.data.copy()
                form.data["version"] = str(case.version)
        else:
            return back(request, case_url(case, section=section), _("Saved."))
    context = {"title": title, "form": form, "case": case, "back": case_url(case), **extra}
    return page(request, "case/part.html", context)


def sent(request):
    return request.POST if request.method == "POST" else None


@both
def follow_up(request, pk: int) -> HttpResponse:
    case = recorded_or_404(request, pk, "follow_up")
    form = FollowUpForm(sent(request), case=case)

    def save() -> None:
        followups.record_follow_up(case, by=request.user, **form.cleaned_data)

    return small_form(
        request, case, form, save, title=_("Record a follow-up"), section="follow_ups"
    )


@both
def rating(request, pk: int) -> HttpResponse:
    case = recorded_or_404(request, pk, "rate")
    form = RatingForm(sent(request), case=case)

    def save() -> None:
        followups.record_rating(case, by=request.user, **form.cleaned_data)

    return small_form(request, case, form, save, title=_("Enter ratings"), section="ratings")


@both
def tally(request, pk: int) -> HttpResponse:
    case = recorded_or_404(request, pk, "rate")
    form = TallyForm(sent(request), case=case)

    def save() -> None:
        followups.record_tally(case, by=request.user, **form.cleaned_data)

    return small_form(request, case, form, save, title=_("Enter the slips"), section="ratings")


@both
def promise(request, pk: int, promise_pk: int) -> HttpResponse:
    case = recorded_or_404(request, pk, "check_commitment")
    found = get_object_or_404(Commitment, pk=promise_pk, item__case=case)
    form = PromiseForm(sent(request), case=case)

    def save() -> None:
        followups.check_commitment(found, by=request.user, **form.cleaned_data)

    title = _("Check the promise: %s") % found
    return small_form(request, case, form, save, title=title, section="items")


@require_POST
def settle(request, pk: int, item_pk: int) -> HttpResponse:
    case = recorded_or_404(request, pk, "settle")
    item = get_object_or_404(AgreedItem, pk=item_pk, case=case, settled_on=None)
    try:
        followups.settle_on_the_spot(item, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
        return HttpResponseRedirect(case_url(case, section="items"))
    told = _("Item %s is settled.") % item.number
    return back(request, case_url(case, section="items"), told)


@both
def note(request, pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    if not sees_notes(request.user, case, grants=grants_held(request)):
        raise Http404
    form = NoteForm(sent(request), people=people_for(case))

    def save() -> None:
        notes.write_note(case, by=request.user, **form.cleaned_data)

    return small_form(request, case, form, save, title=_("Write an internal note"), section="notes")


@both
def link(request, pk: int) -> HttpResponse:
    case = editable_or_404(request, pk)
    form = LinkForm(sent(request), cases=own_cases(request).exclude(pk=case.pk))

    def save() -> None:
        records.link(case, by=request.user, **form.cleaned_data)

    return small_form(request, case, form, save, title=_("Link another case"), section="links")


@both
def assign(request, pk: int) -> HttpResponse:
    case = editable_or_404(request, pk)
    with one_writer(case, writes=request.method == "POST"):
        form = AssignForm(sent(request), case=case, people=people_for(case))

        def save() -> None:
            records.assign(case, by=request.user, **form.cleaned_data)

        return small_form(
            request, case, form, save, title=_("Name the person in charge"), section="topic"
        )


@both
def public_text(request, pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    if not roles_on(request.user, case, grants=grants_held(request)) & set(EDITORS):
        raise Http404
    start = {"version": case.version, "public_summary": case.public_summary, "result": case.result}
    form = PublicTextForm(sent(request), initial=start)

    def save() -> None:
        publishing.write_public_text(case, by=request.user, **form.cleaned_data)

    return small_form(request, case, form, save, title=_("Write the public text"), section="public")


@both
def attachment(request, pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    if not sees_notes(request.user, case, grants=grants_held(request)):
        raise Http404
    files = request.FILES if request.method == "POST" else None
    form = CaseFileForm(sent(request), files, case=case, initial=request.GET.dict())

    def save() -> None:
        records.attach(case, by=request.user, **form.cleaned_data)

    section = "meetings" if form.data.get("meeting") else "files"
    return small_form(request, case, form, save, title=_("Add a file"), section=section)
