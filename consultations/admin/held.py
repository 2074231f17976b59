"""Somebody asks what is kept about him or her, or asks for it to be taken out: for the office."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from committees.admin.access import grants_held
from committees.selectors.member_seats import offices_of
from committees.services import exporting
from committees.services.limits import UsedUp
from consultations.admin.access import page
from consultations.admin.exports import too_many
from consultations.forms.held import EraseForm, HeldForm
from consultations.models import Case
from consultations.selectors import held
from consultations.selectors.traces import counted, due_cases
from consultations.services import anonymising

SHOWN = 20  # of what is due, at most


@require_http_methods(["GET", "POST"])
def personal_data(request) -> HttpResponse:
    """One address for all three: look, take along as a file, take out. Names are only ever sent."""
    counties = offices_of(grants_held(request))
    if not counties:
        raise Http404
    sent = request.method == "POST"
    form = HeldForm(request.POST if sent else None)
    found = erase = None
    if form.is_bound and form.is_valid():
        found = _look(form.cleaned_data, counties)
        if "file" in request.POST:
            return _file(request, found, form.cleaned_data["kind"])
        if "erase" in request.POST and found.can_be_erased:
            words = form.cleaned_data["words"]
            erase = EraseForm(request.POST, files=found.files, words=words)
            if erase.is_valid():
                return _erase(request, found, words, erase.cleaned_data)
    if found is not None:
        erase = erase or EraseForm(files=found.files)
        _tell(request, found, form.cleaned_data["kind"])
    return _page(request, form=form, erase=erase, found=found, counties=counties)


def _look(asked: dict[str, str], counties: list[str]) -> held.Held:
    look = held.of_resident if asked["kind"] == "resident" else held.of_account
    return look(asked["words"], within=counties)


def _tell(request, found: held.Held, kind: str) -> None:
    """Looking somebody up is an act of its own; whom is not said."""
    exporting.looked_up(by=request.user, facts={"kind": kind, "found": len(found.sections)})


def _file(request, found: held.Held, kind: str) -> HttpResponse:
    here = reverse("admin:personal_data")
    try:
        facts = {"rows": len(found.sections), "kind": kind}
        exporting.begin(by=request.user, about="person", facts=facts)
    except UsedUp as refused:
        return too_many(request, refused, back=here)
    answer = JsonResponse(found.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = (
        f'attachment; filename="person-{timezone.localdate():%Y%m%d}.json"'
    )
    answer["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(answer)
    return answer


def _erase(request, found: held.Held, name: str, asked: dict) -> HttpResponse:
    count, why, chosen = 0, asked["why"], set(asked.get("files", ()))
    for file in found.files:
        if file.pk in chosen:
            anonymising.erase_file(file, by=request.user, why=why)
            count += 1
    for case in found.cases:
        count += anonymising.take_out(case, [name], by=request.user, why=why)
    if found.suggestion is not None:
        changed = anonymising.erase_suggestion(found.suggestion, by=request.user, why=why)
        _ask_for_own_words(request, changed)
        count += 1
    told = ngettext("Taken out of %s paper.", "Taken out of %s papers.", count) % count
    messages.success(request, told)
    return HttpResponseRedirect(reverse("admin:personal_data"))


def _ask_for_own_words(request, cases: Iterable[Case]) -> None:
    """The case goes on: what stood there as the resident wrote it, the office now writes itself."""
    for case in cases:
        told = _(
            "The resident's words are gone from case %(code)s. Please describe it in your own."
        )
        url = reverse("admin:consultations_case_change", args=[case.pk])
        messages.warning(
            request, format_html('<a href="{}">{}</a>', url, told % {"code": case.code})
        )


def _page(request, *, form, erase, found, counties) -> HttpResponse:
    due = list(islice(due_cases(within=counties), SHOWN + 1))
    names = counted(due)
    context = {
        "title": _("Personal data: what is kept about somebody"),
        "form": form,
        "erase": erase,
        "found": found,
        "due": [(case, names.get(case.pk, 0)) for case in due[:SHOWN]],
        "more_due": len(due) > SHOWN,
    }
    answer = page(request, "personal_data.html", context)
    add_never_cache_headers(answer)
    return answer
