"""Before every page for somebody signed in: is the session still good, is anything due first?"""

from __future__ import annotations

import time

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit, origin
from committees.grants import ADMINISTRATORS, grants_of, read_once
from committees.models import AuditEntry
from committees.services import sessions
from committees.signin import kept
from committees.signin.adapter import NOWHERE, SEEN, SIGNED_IN
from committees.signin.turned_away import leads_to_sign_in

TOUCH = 60  # seconds between two writes of the last-seen time
ALWAYS = {"account_logout", "session_left", "healthz", "readyz", "set_language"}
NEW_PASSWORD = ALWAYS | {"account_change_password"}
NEW_FACTOR = NEW_PASSWORD | {
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}


class SessionRules:
    """Ends what was idle or open too long; leads to the password or second factor that is due."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        ended = _end_if_over(request)
        response = self.get_response(request)
        return _keep_what_was_sent(request, response, user_pk=ended) if ended else response

    def process_view(self, request, view, args, kwargs):
        if not _has_cookie(request) or not request.user.is_authenticated:
            return None
        due, allowed = _due(request)
        if due is None or request.resolver_match.view_name in allowed:
            return None
        return HttpResponseRedirect(reverse(due))


def _has_cookie(request) -> bool:
    """Without a cookie nobody is signed in, and the session is not even looked at."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def seconds_left(session) -> int:
    """Until the session ends by itself; what comes first, idleness or age."""
    now = time.time()
    idle = session.get(SEEN, now) + settings.SESSION_IDLE.total_seconds()
    age = session.get(SIGNED_IN, now) + settings.SESSION_AGE.total_seconds()
    return int(min(idle, age) - now)


def _end_if_over(request):
    """The key of the person whose session ended just now, else None."""
    if not _has_cookie(request) or not request.user.is_authenticated:
        return None
    session, user = request.session, request.user
    if _only_asks(request):  # else a page left open would end what is yet to be sent from it
        request.user = user if seconds_left(session) > 0 else AnonymousUser()
        return None
    if seconds_left(session) > 0:
        _touch(request)
        return None
    sessions.end_all(user, only=session.session_key)
    audit.record(AuditEntry.Kind.SESSION_ENDED, by=user, about=user, facts={"why": "time"})
    logout(request)
    return user.pk


def _only_asks(request) -> bool:
    return request.method == "GET" and request.path == reverse("session_left")


def _touch(request) -> None:
    """Note that somebody is there: once a minute, and with every form that is sent."""
    session, now = request.session, time.time()
    session.setdefault(SIGNED_IN, now)
    if request.method != "POST" and now - session.get(SEEN, 0) < TOUCH:
        return
    session[SEEN] = now
    address = origin.address.get() or NOWHERE
    row = UserSession.objects.filter(session_key=session.session_key)
    row.update(last_seen_at=timezone.now(), ip=address)


def _due(request) -> tuple[str | None, set[str]]:
    """What somebody has to do before anything else, and the pages that are open meanwhile."""
    user = request.user
    if user.must_change_password:
        return "account_change_password", NEW_PASSWORD
    if _needs_factor(request) and not is_mfa_enabled(user, types=["totp"]):
        return "mfa_activate_totp", NEW_FACTOR
    return None, ALWAYS


def _needs_factor(request) -> bool:
    """The three administrators; but not those of the demonstration, whose password is printed."""
    if request.user.is_demo and settings.DEMO_DATA_ALLOWED:
        return False
    held = {grant.role for grant in grants_of(request.user)}
    return request.user.is_superuser or not held.isdisjoint(ADMINISTRATORS)


def _keep_what_was_sent(request, response, *, user_pk: int):
    """Where the answer is the sign-in page or nothing, the form waits for the next sign-in.

    Only a form that passed the check against forged requests is kept.
    """
    messages.info(
        request, _("You were signed out because the time was over. Please sign in again.")
    )
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return response
    turned_away = response.status_code == 404 or leads_to_sign_in(response)
    if turned_away and kept.keep(request, user_pk=user_pk):
        return redirect_to_login(reverse("account_kept"), resolve_url(settings.LOGIN_URL))
    return response


def grants_read_once(get_response):
    """What somebody may do is read once for each request."""

    def middleware(request):
        with read_once():
            return get_response(request)

    return middleware
