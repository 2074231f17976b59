"""Accounts are made by the system administrator, roles are granted by the security one."""

from django import forms
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.admin.access import Scoped, reach, within
from committees.models import Role, RoleGrant


class UserAdmin(Scoped, StockUserAdmin):
    seen_by = (Role.SECURITY_ADMIN,)
    kept_by = (Role.SYSTEM_ADMIN,)
    list_display = ["username", "display_name", "is_active", "last_login", "is_demo"]
    list_filter = ["is_active", "is_demo"]
    search_fields = ["username", "display_name"]
    ordering = ["username"]
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["display_name", "email", "is_active"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "display_name", "usable_password", "password1",
                           "password2"]}),
    ]  # fmt: skip

    def get_queryset(self, request):
        rows = super().get_queryset(request).filter(is_superuser=False)
        codes = reach(request, (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN))
        if codes is None:
            return super().get_queryset(request)
        mine = RoleGrant.objects.filter(
            within(codes, "region")
            | within(codes, "studio__committee__region")
            | within(codes, "unit__region")
        )
        granted = RoleGrant.objects.values("user")
        return rows.filter(Q(pk__in=mine.values("user")) | ~Q(pk__in=granted))


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


class RoleGrantAdmin(Scoped):
    seen_by = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)
    kept_by = (Role.SECURITY_ADMIN,)
    form = RoleGrantForm
    list_display = ["user", "role", "region", "studio", "unit", "valid_until"]
    list_filter = ["role"]
    list_select_related = ["user", "region", "studio", "unit"]
    search_fields = ["user__username", "user__display_name"]
    ordering = ["user", "role", "pk"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        codes = reach(request, (*self.seen_by, *self.kept_by))
        if codes is None:
            return rows
        own = [within(codes, path) for path in ("region", "studio__committee__region",
                                                "unit__region")]  # fmt: skip
        return rows.filter(own[0] | own[1] | own[2])

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.granted_by = request.user
        return form
