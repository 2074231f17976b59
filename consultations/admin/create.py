"""Log a case: few fields, and what is similar is shown; the person decides."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from committees.admin.access import grants_held
from consultations.admin.access import back, case_url, own_cases, page, refuse
from consultations.forms.cases import NewCaseForm
from consultations.models import Case
from consultations.permissions import CREATORS
from consultations.selectors.similar import Similar, similar
from consultations.services import cases
from consultations.workflow.engine import Refused

LONGEST = 200  # characters of a text that are compared


def similar_to(request, text: str, *, exclude: Case | None = None) -> list[Similar]:
    """Cases the person may see that resemble a text."""
    return similar(text[:LONGEST], within=own_cases(request), exclude=exclude)


def create_case(request) -> HttpResponse:
    if not any(grant.role in CREATORS for grant in grants_held(request)):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = NewCaseForm(data, grants=grants_held(request))
    checking = "check" in request.POST
    if form.is_bound and not checking and form.is_valid():
        try:
            case = cases.create_once(by=request.user, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            return back(
                request, case_url(case), _("The topic is logged as a draft: %s.") % case.code
            )
    text = f"{request.POST.get('title', '')} {request.POST.get('problem', '')}".strip()
    context = {
        "title": _("Log a case"),
        "form": form,
        "checking": checking,
        "similar": similar_to(request, text) if text else [],
    }
    return page(request, "case/create.html", context)


def similar_cases(request) -> JsonResponse:
    """The cases similar to what is being typed, as the page shows them."""
    if not grants_held(request):
        raise Http404
    text = request.GET.get("q", "").strip()
    found = similar_to(request, text) if len(text) > 1 else []
    html = render_to_string("admin/case/_similar.html", {"similar": found}, request=request)
    return JsonResponse({"html": html, "count": len(found)})
