"""Help inside the staff site: what a page is for, what comes next, and a guide for each role."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees.admin.access import roles_held
from consultations.admin.access import page
from consultations.admin.screens import SCREENS, screen_of
from consultations.selectors.guides import put_away_by
from consultations.services import guides
from consultations.web.guides import guides_of


@require_safe
def help_page(request) -> HttpResponse:
    """`of` is the name of the address from which somebody asked."""
    context = {
        "title": _("How to use it"),
        "here": screen_of(request.GET.get("of", "")),
        "screens": SCREENS,
        "guides": guides_of(roles_held(request)),
        "away": put_away_by(request.user),
    }
    return page(request, "help.html", context)


@require_POST
def guide(request, role: str) -> HttpResponse:
    """Put the guide of an own role away, or bring it back to the desk."""
    if role not in roles_held(request):
        raise Http404
    write = guides.bring_back if "back" in request.POST else guides.put_away
    write(role, by=request.user)
    return HttpResponseRedirect(reverse("admin:index"))
