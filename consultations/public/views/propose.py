"""A resident raises a topic without an account, and follows it by its code.

The code never stands in an address; it travels in a form and, once, in a signed cookie.
"""

from __future__ import annotations

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from committees.services import limits
from committees.services.limits import Kind, UsedUp
from consultations.public.forms import SuggestionForm, TrackForm, new_token
from consultations.public.throttle import slowed
from consultations.selectors import residents
from consultations.services import suggestions

COOKIE, MINUTES = "txy-suggestion", 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request):
    """Two steps of choosing a place by links, then one form; all three under one address."""
    about = residents.case_in_question(request.GET.get("about", ""))
    place = _place_asked(request, about)
    if place is None or not place.is_county:
        return _where(request, place, about)
    form = SuggestionForm(
        request.POST or None,
        county=place.region,
        townships=place.townships,
        initial=_beginning(request, about, place),
    )
    too_many = None
    if request.method == "POST" and form.is_valid():
        try:
            return _received(form)
        except UsedUp as refused:
            too_many = refused
            form.add_error(
                None, _("Very much came in from here within an hour. Please wait a while.")
            )
    context = {"form": form, "place": place, "about": about}
    return slowed(render(request, "public/propose.html", context), too_many)


def _where(request, place, about):
    places = residents.places_below(place)
    invented = None if place else residents.invented_place()
    if invented and invented.code in dict(places):
        invented = None  # there is nothing else, and it is offered already
    context = {"place": place, "about": about, "places": places, "invented": invented}
    return render(request, "public/propose_where.html", context)


def _place_asked(request, about) -> residents.Place | None:
    """The place that was sent with the form; where that is none, the one the form was about."""
    sent = residents.place(request.POST.get("region", ""))
    if sent is not None and sent.is_county:
        return sent
    asked = residents.place(request.GET.get("region", ""))
    return asked or sent or (residents.place(about.county_code) if about else None)


def _beginning(request, about, place) -> dict[str, str]:
    told = {"form_token": new_token(), "region": place.code}
    if about is not None:
        told["title"] = (_("Correction: %s") % about.title)[:60]
    return told


def _received(form):
    suggestion = suggestions.receive_online(
        region=residents.region(form.cleaned_data["region"]),
        form_token=form.token,
        **form.told,
    )
    response = redirect("public:propose-done")
    response.set_signed_cookie(
        COOKIE, suggestion.query_code, max_age=MINUTES * 60, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE, path=response.url,
    )  # fmt: skip
    return response


@never_cache
@require_safe
def done(request):
    code = request.get_signed_cookie(COOKIE, default="", max_age=MINUTES * 60)
    if not code:
        return redirect("public:propose")
    found = residents.by_code(code)
    context = {"code": code, "found": found, "hotline": _hotline(found)}
    return render(request, "public/propose_done.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request):
    form = TrackForm(request.POST or None)
    found = too_many = None
    if request.method == "POST" and form.is_valid():
        try:
            found = _asked(form)
        except UsedUp as refused:
            too_many = refused
            form.add_error("code", _("Too many codes were tried from here. Please wait a while."))
    context = {"form": form, "found": found, "hotline": _hotline(found)}
    page = render(request, "public/track.html", context)
    return slowed(page, too_many)


def _hotline(found: residents.Followed | None) -> str:
    return residents.hotline_of(found.suggestion.region) if found else ""


def _asked(form):
    limits.count(limits.by_address(Kind.TRACKING))
    found = residents.by_code(form.cleaned_data["code"])
    if found is None:
        form.add_error("code", _("There is no such code. Please check each letter."))
    return found
