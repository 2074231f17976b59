"""Pages that tell how things are, and the switch of the text size."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.public.answers import public_page
from consultations.public.how import stages_told

A_YEAR = 365 * 24 * 60 * 60
SIZES = ("large", "normal")


@public_page
def how(request):
    return render(request, "public/how.html", {"stages": stages_told()})


@public_page
def accessibility(request):
    return render(request, "public/accessibility.html")


@public_page
def privacy(request):
    return render(request, "public/privacy.html")


@public_page
def corrections(request):
    return render(request, "public/corrections.html")


@never_cache
@require_safe
def display(request):
    """Keep the text size or the language in a cookie, and go back to where one was."""
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    size, language = request.GET.get("text"), request.GET.get("lang", "")
    if size in SIZES:
        _keep(response, "text", size)
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


def _keep(response, name, value):
    response.set_cookie(
        name, value, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )  # fmt: skip
