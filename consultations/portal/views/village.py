"""The cases of my village, newest first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from committees.models import Role
from consultations.portal.access import grants_as, mine
from consultations.portal.lines import line_of
from consultations.selectors.cases import cases_for
from consultations.selectors.keyset import page_of

ON_A_PAGE = 20


@require_safe
@mine(Role.VILLAGE_CLERK)
def cases(request) -> HttpResponse:
    rows = cases_for(request.user, grants=grants_as(request, Role.VILLAGE_CLERK))
    page = page_of(rows.select_related("region"), request.GET, size=ON_A_PAGE)
    context = {"lines": [line_of(request, case) for case in page], "page": page}
    return render(request, "portal/village.html", context)
