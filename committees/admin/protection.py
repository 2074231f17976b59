"""One page for each account: how it is protected, and what an administrator may do about it.

The system administrator lets somebody in anew, the security administrator takes a lost second factor
away: nobody alone can become somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from committees.models import Activation, Role, TryCount, User
from committees.services import activation, codes, sessions, tries


@dataclass
class Protection:
    """The page of one account, as one administrator sees it. What is not offered is a 404."""

    request: HttpRequest
    person: User
    site: AdminSite

    def answer(self) -> HttpResponse:
        self.sessions, self.has_factor = sessions.of(self.person), self._has_factor()
        offered = self._offered()
        if self.request.method != "POST":
            return self._page("admin/protection.html", offered=offered)
        what = self.request.POST.get("do", "")
        if what not in offered:
            raise Http404
        return getattr(self, f"do_{what}")()

    def _has_factor(self) -> bool:
        return is_mfa_enabled(self.person, types=["totp"])

    def _offered(self) -> set[str]:
        by, person = self.request.user, self.person
        login = activation.rules_over(by, person, role=Role.SYSTEM_ADMIN)
        rights = activation.rules_over(by, person, role=Role.SECURITY_ADMIN)
        offered = {
            "link": login and person.is_active,
            "lock": login and self._locks().exists(),
            "factor": rights and self.has_factor,
            "sessions": (login or rights) and bool(self.sessions),
        }
        return {what for what, is_offered in offered.items() if is_offered}

    def _locks(self):
        return TryCount.objects.locked().filter(user=self.person)

    def do_link(self) -> HttpResponse:
        """Shown once and kept nowhere: neither by the browser nor by us."""
        new = not self.person.has_usable_password()
        purpose = Activation.Purpose.NEW if new else Activation.Purpose.RESET
        slip = activation.issue(self.person, by=self.request.user, purpose=purpose)
        page = self._page(
            "admin/slip.html", slip=slip, typed=self._address("account_start"),
            link=self._address("account_start_code", slip.code),
        )  # fmt: skip
        add_never_cache_headers(page)
        return page

    def do_lock(self) -> HttpResponse:
        for count in self._locks():
            tries.lift(count, by=self.request.user)
        return self._back(_("The lock is lifted."))

    def do_factor(self) -> HttpResponse:
        codes.remove(self.person, by=self.request.user)
        return self._back(_("The second factor is removed."))

    def do_sessions(self) -> HttpResponse:
        sessions.end_every(self.person, by=self.request.user)
        return self._back(_("The person is signed out everywhere."))

    def _address(self, name: str, *args: str) -> str:
        return self.request.build_absolute_uri(reverse(name, args=args))

    def _back(self, text: str) -> HttpResponse:
        messages.success(self.request, text)
        return redirect("admin:committees_user_protection", self.person.pk)

    def _page(self, template: str, **more) -> HttpResponse:
        self.request.current_app = self.site.name
        state = {"person": self.person, "sessions": self.sessions, "has_factor": self.has_factor}
        return TemplateResponse(
            self.request, template, {**self.site.each_context(self.request), **state, **more}
        )
