"""Recommend a topic, from a phone: what is similar is shown before it is sent."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committees.models import Region, Role
from consultations.forms.topics import RecommendForm
from consultations.models import Case
from consultations.portal.access import grants_as, mine
from consultations.selectors.cases import cases_for, public_cases
from consultations.selectors.members import acting_members
from consultations.selectors.similar import Similar, similar
from consultations.services import cases
from consultations.workflow.engine import Refused


@require_http_methods(["GET", "POST"])
@mine(Role.MEMBER)
def add(request) -> HttpResponse:
    grants = grants_as(request, Role.MEMBER)
    data = request.POST if request.method == "POST" else None
    form = RecommendForm(data, grants=grants, region=_home(grants),
                         members=acting_members(request.user, grants=grants))  # fmt: skip
    found: list[Similar] = []
    if form.is_bound and form.is_valid():
        found = _like(request, form.text)
        if not found or "draft" in request.POST or _were_shown(form, found):
            try:
                return _logged(request, form)
            except Refused as refused:
                for reason in refused.reasons:
                    form.add_error(None, reason)
        form.data = form.data.copy()
        form.data["shown"] = _print_of(found)
    context = {"form": form, "similar": found, "asks": bool(found) and not form.errors,
               "own": set(cases_for(request.user).filter(pk__in=[s.case.pk for s in found])
                          .values_list("pk", flat=True)) if found else set()}  # fmt: skip
    return render(request, "portal/topic.html", context)


def _home(grants) -> Region | None:
    """The place of the member's studio, which the box starts with."""
    code = next((grant.reach for grant in grants), None)
    return Region.objects.filter(pk=code).first() if code else None


def _like(request, text: str) -> list[Similar]:
    """Own cases and public ones: who had this before, and how it was solved."""
    return similar(text, within=cases_for(request.user) | public_cases())


def _print_of(found: list[Similar]) -> str:
    keys = ",".join(str(one.case.pk) for one in found)
    return hashlib.sha256(keys.encode()).hexdigest()[:32]


def _were_shown(form: RecommendForm, found: list[Similar]) -> bool:
    """Whether the person saw these very cases and sends the topic all the same."""
    return form.cleaned_data.get("shown") == _print_of(found)


def _logged(request, form: RecommendForm) -> HttpResponse:
    """Log the draft, and send it in one go unless it was to stay a draft. A refusal to send
    leaves the draft, and says why."""
    case: Case = cases.create_once(by=request.user, **form.fields_of_case())
    if "draft" in request.POST:
        messages.success(request, _("The draft is kept: %s.") % case.code)
    elif case.stage == "draft":
        try:
            cases.advance(case, "submit", by=request.user, role=Role.MEMBER)
        except Refused as refused:
            told = " ".join(map(str, refused.reasons))
            messages.error(request, _("The draft is kept, but not sent yet: %s") % told)
        else:
            messages.success(request, _("The topic is sent for review: %s.") % case.code)
    return redirect("my:case", pk=case.pk)
