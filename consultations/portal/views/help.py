"""Help for members, units, approvers and villages: the page one comes from, then one's own role."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from committees.admin.access import roles_held
from consultations.portal.access import mine
from consultations.portal.screens import SCREENS
from consultations.selectors.guides import put_away_by
from consultations.services import guides
from consultations.web.guides import guides_of
from consultations.web.screens import screen_among


@require_safe
@mine()
def help_page(request) -> HttpResponse:
    """`of` is the name of the address from which somebody asked."""
    context = {
        "here": screen_among(SCREENS, request.GET.get("of", "")),
        "screens": SCREENS,
        "guides": guides_of(roles_held(request)),
        "away": put_away_by(request.user),
    }
    return render(request, "portal/help.html", context)


@require_POST
@mine()
def guide(request, role: str) -> HttpResponse:
    """Put the guide of an own role away, or bring it back to the first page."""
    if role not in roles_held(request):
        raise Http404
    write = guides.bring_back if "back" in request.POST else guides.put_away
    write(role, by=request.user)
    return redirect("my:home")
