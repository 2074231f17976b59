"""The staff site: who may enter, what is not theirs does not exist, the desk as start page."""

from __future__ import annotations

from functools import update_wrapper

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME as NEXT
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from committees.admin.access import grants_held, roles_held
from committees.signin.landing import has_own_pages

# The reference lists in the order of the menu 资料; what is missing here stands at the end.
MENU = (
    "Studio", "Room", "Member", "MemberGroup", "StudioPlan", "StudioActivity", "Checklist",
    "ChecklistMark", "DutyScheme", "HandlingUnit", "UnitReport", "Campaign", "Advice", "Instruction",
    "Region", "Committee", "SpecialCommittee", "Sector", "TopicField", "ReasonText", "StageName",
    "HomeBlock", "Parameter", "ResultClass", "WorkCalendar", "EmptyPhrase", "SourceReport",
    "Citation", "ReportedFigure", "User", "RoleGrant", "TryCount", "JobRun", "Event", "AuditEntry",
)  # fmt: skip
WORK = ("Case", "Task", "Urging", "Suggestion")
# Boxes that look up offer their own choices, so that nothing answers to a guessed name of a field.
DROPPED = ("view_on_site", "password_change_done", "autocomplete")


class StaffAdminSite(admin.AdminSite):
    """`routes` are (route, view, name) besides those of the lists; `desk` makes the start page.

    `pages` are (name in MENU, label, name of the route, roles) of pages that stand in the menu.
    """

    site_title = _("Tongxinyuan")
    site_header = _("Tongxinyuan · staff")
    index_title = _("My desk")
    enable_nav_sidebar = False
    empty_value_display = format_html('<span class="none">{}</span>', "—")
    routes: list = []
    pages: list = []
    desk = None

    def has_permission(self, request) -> bool:
        """An active account with a role in force today, or the system administrator."""
        return request.user.is_active and bool(roles_held(request))

    def login(self, request, extra_context=None):
        """The old address of the sign-in page; for somebody without a role it says so."""
        if request.user.is_authenticated and not self.has_permission(request):
            return render(request, "signin/no_role.html", status=403)
        return redirect_to_login(request.GET.get(NEXT, ""), resolve_url("account_login"))

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def admin_view(self, view, cacheable=False):
        """What one may not do does not exist: 404, not 403."""

        def hidden(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except PermissionDenied:
                raise Http404 from None

        return super().admin_view(update_wrapper(hidden, view), cacheable)

    def get_urls(self):
        """Without the stock redirect that tells for any key whether a record of it exists."""
        own = [path(route, self.admin_view(view), name=name) for route, view, name in self.routes]
        stock = [row for row in super().get_urls() if getattr(row, "name", "") not in DROPPED]
        return own + stock

    def index(self, request, extra_context=None):
        return super().index(request, {**(extra_context or {}), **self.desk(request)})

    def _pages(self, request) -> list[dict]:
        held = roles_held(request)
        return [
            {"object_name": name, "name": label, "admin_url": reverse(f"admin:{route}")}
            for name, label, route, roles in self.pages
            if held & set(roles)
        ]

    def each_context(self, request):
        context = super().each_context(request)
        lists = [row for app in context["available_apps"] for row in app["models"]]
        order = {name: place for place, name in enumerate(MENU)}
        menu = [row for row in lists if row["object_name"] not in WORK] + self._pages(request)
        menu.sort(key=lambda row: order.get(row["object_name"], len(order)))
        work = [row for row in lists if row["object_name"] in WORK]
        work.sort(key=lambda row: WORK.index(row["object_name"]))
        own = request.user.is_authenticated and has_own_pages(grants_held(request))
        return context | {"menu_work": work, "menu_lists": menu, "has_own_pages": own}


site = StaffAdminSite(name="admin")
site.disable_action("delete_selected")
