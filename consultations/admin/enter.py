"""A resident's matter written down by staff: by phone, in person, by letter, at a meeting."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees.admin.access import grants_held
from consultations.admin.access import back, page, refuse
from consultations.admin.create import LONGEST, similar_to
from consultations.forms.raising import EnteredForm
from consultations.selectors.cases import suggestions_for
from consultations.selectors.inbox import alike
from consultations.services import suggestions
from consultations.services.suggestions import SCREENERS
from consultations.workflow.engine import Refused


def screens(request) -> bool:
    return any(grant.role in SCREENERS for grant in grants_held(request))


@require_http_methods(["GET", "POST"])
def enter_suggestion(request) -> HttpResponse:
    if not screens(request):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = EnteredForm(data, grants=grants_held(request))
    checking = "check" in request.POST
    if form.is_bound and not checking and form.is_valid():
        try:
            kept = suggestions.enter(
                by=request.user,
                channel=form.cleaned_data["channel"],
                region=form.cleaned_data["region"],
                form_token=form.token,
                **form.told,
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            url = reverse("admin:suggestion_slip", args=[kept.pk])
            return back(request, url, _("It is kept. Hand over the query code."))
    text = f"{request.POST.get('title', '')} {request.POST.get('problem', '')}".strip()
    context = {"title": _("Enter a suggestion on somebody's behalf"), "form": form,
               "checking": checking, **_like(request, text)}  # fmt: skip
    return page(request, "suggestion/add.html", context)


@require_safe
def similar_suggestions(request) -> JsonResponse:
    """Cases and suggestions like what is being typed, as the page shows them."""
    if not screens(request):
        raise Http404
    found = _like(request, request.GET.get("q", "").strip())
    html = render_to_string("admin/suggestion/_similar.html", found, request=request)
    return JsonResponse({"html": html, "count": len(found["similar"]) + len(found["alike"])})


def _like(request, text: str) -> dict:
    if len(text) < 2:
        return {"similar": [], "alike": []}
    own = suggestions_for(request.user, grants=grants_held(request))
    return {"similar": similar_to(request, text), "alike": alike(text[:LONGEST], within=own)}


@require_safe
def slip(request, pk: int) -> HttpResponse:
    """The query code, large, on a page to be printed or read out."""
    own = suggestions_for(request.user, grants=grants_held(request))
    found = get_object_or_404(own.select_related("region", "entered_by"), pk=pk)
    context = {"title": _("Query code for the resident"), "suggestion": found,
               "track": request.build_absolute_uri(reverse("public:track"))}  # fmt: skip
    return page(request, "suggestion/slip.html", context)
