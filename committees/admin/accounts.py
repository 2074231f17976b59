"""Accounts are made by the system administrator, roles are granted by the security one."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from committees.admin.access import ReadOnly, Scoped, reach
from committees.admin.bulk import BulkActions
from committees.admin.bulk_accounts import GRANT_ACTIONS, USER_ACTIONS
from committees.admin.phones import MaskedMobile
from committees.admin.protection import Protection
from committees.admin.tools import from_table
from committees.grants import granted_within
from committees.models import Role, RoleGrant, User
from committees.services import tries
from committees.services.activation import rules_over
from committees.services.granting import against_granting


class UserAdmin(MaskedMobile, BulkActions, Scoped):
    bulk = USER_ACTIONS
    seen_by = (Role.SECURITY_ADMIN,)
    kept_by = (Role.SYSTEM_ADMIN,)
    list_display = ["username", "display_name", "is_active", "last_login", "is_demo"]
    list_filter = ["is_active", "is_demo"]
    search_fields = ["username", "display_name"]
    ordering = ["username"]
    fields = ["username", "display_name", "email", "mobile_shown", "mobile", "is_active"]
    readonly_fields = ["mobile_shown"]

    def tools(self, request):
        return [from_table("officers")] if self.has_add_permission(request) else []

    def get_fields(self, request, obj=None):
        return super().get_fields(request, obj) if obj else ["username", "display_name"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(accounts_of(request))

    def rows_within(self, codes):
        return accounts_within(codes)

    def _reaches(self, request, obj):
        """Changed, and so switched off, only by whoever has rights over it."""
        return obj is None or rules_over(request.user, obj, role=Role.SYSTEM_ADMIN)

    def get_urls(self):
        page = self.admin_site.admin_view(self.protection)
        own = path("<int:pk>/protection/", page, name="committees_user_protection")
        return [own, *super().get_urls()]

    def protection(self, request, pk):
        """How the account is protected, for those who have it in their list."""
        if not self.has_view_permission(request):
            raise Http404
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        return Protection(request, person, self.admin_site).answer()

    def save_model(self, request, obj, form, change):
        """Nobody chooses a password for another: a new account has none."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return redirect("admin:committees_user_protection", obj.pk)


def accounts_of(request) -> Q:
    """The accounts that an administrator keeps: those of his region, and those without a role."""
    codes = reach(request, (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN))
    return Q() if codes is None else accounts_within(codes)


def accounts_within(codes: list[str]) -> Q:
    mine = RoleGrant.objects.filter(granted_within(codes))
    granted = RoleGrant.objects.values("user")
    return Q(is_superuser=False) & (Q(pk__in=mine.values("user")) | ~Q(pk__in=granted))


class TryCountAdmin(ReadOnly):
    """Who cannot sign in just now, because a password or code was wrong too often."""

    seen_by = (Role.SYSTEM_ADMIN,)
    list_display = ["kind", "__str__", "locked_until"]
    list_select_related = ["user"]
    ordering = ["-locked_until", "pk"]
    actions = ["lift"]

    def get_queryset(self, request):
        here = User.objects.filter(accounts_of(request))
        locked = super().get_queryset(request).locked()
        return locked.filter(Q(user=None) | Q(user__in=here.values("pk")))

    @admin.action(description=_("Lift the locks"), permissions=["view"])
    def lift(self, request, rows):
        for count in rows:
            tries.lift(count, by=request.user)
        messages.success(request, _("The locks are lifted."))


class RoleGrantForm(forms.ModelForm):
    class Meta:
        model = RoleGrant
        fields = ["user", "role", "region", "studio", "unit", "deputy_of", "valid_from",
                  "valid_until"]  # fmt: skip

    def clean_user(self):
        user = self.cleaned_data["user"]
        if user == self.granted_by:
            raise ValidationError(_("Nobody grants a role to himself or herself."))
        return user

    def clean(self):
        """Only somebody who holds the role there can have a deputy in it."""
        cleaned = super().clean()
        if not self.errors:
            meant = RoleGrant(pk=self.instance.pk, **{f: cleaned[f] for f in self.Meta.fields})
            for reason in against_granting(meant, by=self.granted_by):
                self.add_error(None, reason)
        principal = cleaned.get("deputy_of")
        if principal is None:
            return cleaned
        scope = {name: cleaned.get(name) for name in ("role", "region", "studio", "unit")}
        held = RoleGrant.objects.in_force().filter(user=principal, deputy_of=None, **scope)
        if principal == cleaned.get("user") or not held.exists():
            told = _("A deputy acts for somebody else who holds this role here.")
            self.add_error("deputy_of", told)
        return cleaned


class RoleGrantAdmin(BulkActions, Scoped):
    bulk = GRANT_ACTIONS
    seen_by = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)
    kept_by = (Role.SECURITY_ADMIN,)
    form = RoleGrantForm
    list_display = ["user", "role", "region", "studio", "unit", "deputy_of", "valid_until"]
    list_filter = ["role"]
    list_select_related = ["user", "region", "studio", "unit", "deputy_of"]
    search_fields = ["user__username", "user__display_name"]
    ordering = ["user", "role", "pk"]

    def tools(self, request):
        return [from_table("officers")] if self.has_add_permission(request) else []

    def rows_within(self, codes):
        return granted_within(codes)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.granted_by = request.user
        return form
