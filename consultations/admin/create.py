"""Log a case: few fields, and what is similar is shown; the person decides."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from committees.admin.access import grants_held
from consultations.admin.access import back, case_url, own_cases, page, refuse
from consultations.forms.cases import NewCaseForm
from consultations.forms.grid import with_more
from consultations.forms.hosts import HostsPart
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
    data = with_rows(request)
    grants = grants_held(request)
    form, hosts = NewCaseForm(data, grants=grants), HostsPart(data, grants=grants)
    checking = "check" in request.POST or "more" in request.POST
    if form.is_bound and not checking and both_valid(form, hosts):
        try:
            case = cases.create_once(by=request.user, co_hosts=hosts.rows(), **form.cleaned_data)
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
        "hosts": hosts,
        "checking": checking,
        "similar": similar_to(request, text) if text else [],
    }
    return page(request, "case/create.html", context)


def with_rows(request):
    """What was sent, with the rows that were asked for; None before anything was."""
    if request.method != "POST":
        return None
    sent = request.POST
    return with_more(sent, sent["more"]) if "more" in sent else sent.copy()


def both_valid(form, hosts: HostsPart) -> bool:
    """Every message at once: of the topic, and of the joint hosts beside it."""
    fine = form.is_valid()
    return hosts.is_valid(form.cleaned_data.get("region")) and fine


def similar_cases(request) -> JsonResponse:
    """The cases similar to what is being typed, as the page shows them."""
    if not grants_held(request):
        raise Http404
    text = request.GET.get("q", "").strip()
    found = similar_to(request, text) if len(text) > 1 else []
    html = render_to_string("admin/case/_similar.html", {"similar": found}, request=request)
    return JsonResponse({"html": html, "count": len(found)})
