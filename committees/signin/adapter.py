"""What allauth asks us: who may sign in, what is counted and noted, how secrets are stored."""

from __future__ import annotations

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees import audit, origin
from committees.models import AuditEntry
from committees.sealed import seal, unseal
from committees.services import sessions, tries
from committees.services.limits import UsedUp
from committees.signin import kept
from committees.signin.landing import landing_of

SIGNED_IN, SEEN = "signed_in_at", "seen_at"  # seconds since 1970, in the session
NOWHERE = "::"  # stored where a request has no address


def locked(until) -> ValidationError:
    """Too many tries: the same words for every account, there or not."""
    clock = timezone.localtime(until).strftime("%H:%M")
    return ValidationError(
        _("Too many tries. Please try again after %(time)s, or ask the system administrator to "
          "lift the lock."),
        code="locked", params={"time": clock},
    )  # fmt: skip


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_client_ip(self, request) -> str:
        return origin.address.get() or NOWHERE

    def is_safe_url(self, url) -> bool:
        """Own paths only: never another host, not even a host of ours."""
        own = bool(url) and url.startswith("/")
        return own and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def add_message(self, *args, **kwargs):
        """Our views say what happened, in our words."""

    def authenticate(self, request, **credentials):
        """The account, when it is switched on and the password is right. Counted, and noted."""
        try:
            tried = tries.begin(credentials.get("username", ""))
        except UsedUp as refused:
            raise locked(refused.until) from None
        user = authenticate(request, **credentials)
        if user is None:
            tries.wrong(tried)
        else:
            tries.right(tried)
        return user

    @transaction.atomic
    def login(self, request, user) -> None:
        """A new session key each time, also for somebody who was signed in already."""
        super().login(request, user)
        request.session.cycle_key()
        request.session[SIGNED_IN] = request.session[SEEN] = time.time()
        reauthenticate_by_password(request)
        audit.record(AuditEntry.Kind.SIGN_IN, by=user, about=user)

    def post_login(self, request, user, *, redirect_url, **options):
        """Into the list of sessions; then first of all to what was typed when the last one ended."""
        sessions.sweep(user)
        UserSession.objects.create_from_request(request)
        _hold_to_limit(request, user)
        own = redirect_url if redirect_url and self.is_safe_url(redirect_url) else None
        own = None if own == reverse("admin:index") else own  # asked for no page in particular
        waiting = kept.address() if kept.is_there(request) else None
        return HttpResponseRedirect(waiting or own or self.get_login_redirect_url(request))

    def get_login_redirect_url(self, request) -> str:
        return landing_of(request.user)

    @transaction.atomic
    def logout(self, request) -> None:
        audit.record(AuditEntry.Kind.SIGN_OUT, by=request.user, about=request.user)
        sessions.end_all(request.user, only=request.session.session_key)
        super().logout(request)

    @transaction.atomic
    def set_password(self, user, password) -> None:
        user.must_change_password = False
        super().set_password(user, password)
        audit.record(AuditEntry.Kind.PASSWORD_CHANGED, by=user, about=user)


def _hold_to_limit(request, user) -> None:
    """Somebody who is signed in at too many places is told that the oldest of them ended."""
    most = settings.SESSIONS_AT_ONCE
    if sessions.hold_to(user, most=most, but=request.session.session_key):
        told = _("You are signed in at %s places at most: the oldest sign-in was ended.") % most
        messages.info(request, told)


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used already."),
    }

    def get_totp_label(self, user) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return gettext("Tongxinyuan")

    def build_totp_svg(self, url: str) -> str:
        """Only the element: it stands inside the page."""
        drawn = super().build_totp_svg(url)
        return drawn[drawn.index("<svg") :]

    def encrypt(self, text: str) -> str:
        return seal(text, purpose="second-factor")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose="second-factor")
