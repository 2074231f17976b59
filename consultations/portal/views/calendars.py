"""My dates in a calendar program: the address of the feed, the feed itself, one meeting as a file."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees.admin.access import grants_held
from committees.grants import BUSINESS_ROLES, grants_of
from committees.services import limits
from committees.services.limits import Kind, UsedUp
from consultations.exchange import ical
from consultations.models import CalendarFeed, Meeting
from consultations.portal.access import mine
from consultations.selectors.cases import cases_for
from consultations.selectors.dates import dates_for, entry_of, inside_only
from consultations.services import feeds


@require_http_methods(["GET", "POST"])
@mine()
def page(request) -> HttpResponse:
    """Whether there is a feed; a new address is shown once, on the answer to the button."""
    token = ""
    if request.method == "POST":
        if "revoke" in request.POST:
            feeds.revoke(request.user)
            messages.success(request, _("The address opens nothing any more."))
            return redirect("my:calendar")
        token = feeds.issue(request.user)
    address = settings.SITE_URL + reverse("my:calendar_feed", args=[token]) if token else ""
    context = {"feed": feeds.of(request.user), "address": address}
    return render(request, "portal/calendar.html", context)


@require_safe
def feed(request, token: str) -> HttpResponse:
    """Whoever holds the address, as long as it is not revoked; asked for by programs, not people."""
    try:
        found = _feed(token)
    except UsedUp as refused:
        return HttpResponse(status=429, headers={"Retry-After": str(refused.seconds)})
    grants = grants_of(found.user) if found else []
    if found is None or not any(grant.role in BUSINESS_ROLES for grant in grants):
        raise Http404
    feeds.used(found)
    body = ical.calendar_file(dates_for(found.user, grants=grants)).encode()
    return _sent(request, body)


@require_safe
@mine()
def meeting(request, pk: int) -> HttpResponse:
    """One meeting for the own calendar."""
    seen = cases_for(request.user, grants=inside_only(grants_held(request))).values("pk")
    about = Meeting.objects.filter(case__in=seen).exclude(status=Meeting.Status.CANCELLED)
    entry = entry_of(get_object_or_404(about.select_related("case", "room"), pk=pk))
    if entry is None:
        raise Http404
    response = HttpResponse(ical.calendar_file([entry]), content_type=ical.TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="meeting-{pk}.ics"'
    return response


def _feed(token: str) -> CalendarFeed | None:
    """Counted before it is looked at, and taken back when it was good."""
    counted = limits.count(limits.by_address(Kind.LINK))
    found = feeds.find(token)
    if found is not None:
        limits.take_back(counted)
    return found


def _sent(request, body: bytes) -> HttpResponse:
    """The file, or 304 for a program that has this very one."""
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    response = HttpResponse(body, content_type=ical.TYPE)
    for name, value in {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }.items():
        response.headers[name] = value
    return get_conditional_response(request, etag=etag, response=response)
