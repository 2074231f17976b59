"""Rights in the staff screens: from the roles in force today, never from Django's permissions."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.db import models
from django.db.models import ForeignKey, Q
from django.http import Http404
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from committees import audit
from committees.admin.collisions import watching
from committees.admin.histories import history_page
from committees.admin.phones import NewNumberField
from committees.admin.tools import Tool
from committees.grants import grants_of
from committees.grants import reach as reach_of
from committees.lookups import LookupField
from committees.models import AuditEntry, Region, Role, RoleGrant
from committees.models.regions import at_or_below
from committees.numbers import without_numbers
from committees.sealed import SealedCharField
from committees.seen import SEEN

OFFICES = (Role.PROVINCE_OFFICE, Role.PREFECTURE_OFFICE, Role.COUNTY_OFFICE)
STAFF = (*OFFICES, Role.LEADER, Role.STUDIO_DIRECTOR, Role.LIAISON, Role.DISPATCH_OFFICE)


def grants_held(request) -> list[RoleGrant]:
    """The grants in force of the person asking."""
    return grants_of(request.user)


def roles_held(request) -> set[str]:
    """The roles in force; a superuser keeps accounts and reference data, and sees no case."""
    held = {grant.role for grant in grants_held(request)}
    return held | {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN} if request.user.is_superuser else held


def reach(request, roles) -> list[str] | None:
    """Codes of the regions that these roles of the person asking reach; None means everywhere."""
    return reach_of(request.user, roles=roles)


class RolesDecide(admin.options.BaseModelAdmin):
    """`seen_by` may look, `kept_by` may add and change, nobody deletes.

    `region_path` is the way from a row to its region; then a role reaches only its own region and
    below. Rows outside do not exist.
    """

    seen_by: tuple[str, ...] = STAFF
    kept_by: tuple[str, ...] = (Role.SYSTEM_ADMIN,)
    region_path = ""
    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4})},
    }

    def has_view_permission(self, request, obj=None):
        return bool(roles_held(request) & {*self.seen_by, *self.kept_by})

    has_module_permission = has_view_permission

    def has_change_permission(self, request, obj=None):
        return bool(roles_held(request) & {*self.kept_by}) and self._reaches(request, obj)

    def has_add_permission(self, request, obj=None):
        return bool(roles_held(request) & {*self.kept_by})

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        codes = reach(request, (*self.seen_by, *self.kept_by))
        if codes is None:
            return rows
        # A studio or a township reads the lists of its whole county.
        return rows.filter(self.rows_within([code[:6] for code in codes]))

    def rows_within(self, codes: list[str]) -> Q:
        """The rows that belong to these places; all of a list that belongs to the whole site."""
        return at_or_below(codes, path=self.region_path) if self.region_path else Q()

    def _reaches(self, request, obj) -> bool:
        """Whether the roles that keep this list reach the very row."""
        codes = reach(request, self.kept_by)
        if obj is None or not self.region_path or codes is None:
            return True
        code = obj
        for step in self.region_path.split("__"):
            code = getattr(code, f"{step}_id" if step == "region" else step)
        return code is not None and any(code.startswith(own) for own in codes)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """An empty choice that says what to do, instead of nine dashes."""
        if "widget" not in kwargs:
            blank = db_field.blank or not db_field.has_default()
            kwargs["choices"] = db_field.get_choices(
                include_blank=blank, blank_choice=[("", _("Please choose"))]
            )
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, ForeignKey) and not db_field.choices:
            return self._lookup(db_field, request)
        if isinstance(db_field, SealedCharField):
            return NewNumberField()
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if type(field) in (forms.CharField, forms.SlugField):
            field.validators.append(without_numbers)
        return field

    def _unsealed(self, request, obj, names):
        """Without the sealed fields where nobody may write: what is only read is drawn as it is."""
        if self.has_change_permission(request, obj):
            return names
        sealed = {f.name for f in self.opts.concrete_fields if isinstance(f, SealedCharField)}
        return [name for name in names if name not in sealed]

    def _lookup(self, db_field, request):
        model = db_field.remote_field.model
        rows, codes = model._default_manager.all(), reach(request, self.kept_by)
        if codes is not None:
            rows = rows.filter(self._offered_within(model, codes))
        return LookupField(queryset=rows, required=not db_field.blank,
                           label=db_field.verbose_name, help_text=db_field.help_text)  # fmt: skip

    def _offered_within(self, model, codes: list[str]) -> Q:
        """What may be chosen of a model: what its own list holds of these places."""
        if model is Region:
            return at_or_below(codes, path="code")
        other = self.admin_site._registry.get(model)
        return other.rows_within(codes) if isinstance(other, RolesDecide) else Q()


class Scoped(RolesDecide, admin.ModelAdmin):
    """A list of the staff screens: bounded, in the order of an index, hidden rows are 404."""

    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = ()

    def lookup_allowed(self, lookup, value, request):
        """A list is narrowed by its own filters only: any other column could be guessed at."""
        filters = self.get_list_filter(request)
        named = {one if isinstance(one, str) else one.parameter_name for one in filters}
        return lookup in named or lookup.partition("__")[0] in named

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None and self.has_change_permission(request, obj):
            kwargs.setdefault("form", watching(self.form))
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request, obj=None):
        """The page itself writes the print of what was seen."""
        names = self._unsealed(request, obj, super().get_fields(request, obj))
        return [name for name in names if name != SEEN]

    def get_action_choices(self, request, default_choices=None):
        return super().get_action_choices(request, default_choices or [("", _("Please choose"))])

    def action_checkbox(self, obj):
        """Named by its row, and without a template for each: a sixth of a page of fifty rows."""
        box = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
        return format_html(box, ACTION_CHECKBOX_NAME, obj.pk, obj)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def log_addition(self, request, obj, message):
        self._tell_audit(request, obj, AuditEntry.Kind.ADDED, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._tell_audit(request, obj, AuditEntry.Kind.CHANGED, message)
        return super().log_change(request, obj, message)

    def _tell_audit(self, request, obj, kind: str, message) -> None:
        """In the transaction of the change: what cannot be told does not happen."""
        audit.record(
            kind,
            by=request.user,
            about=obj,
            role=self._acting_role(request, obj),
            region=self.region_of(obj),
            facts={"what": fields_changed(message)},
        )

    def _acting_role(self, request, obj) -> str:
        held = roles_held(request)
        return next((role for role in self.kept_by if role in held), "")

    def region_of(self, obj) -> str:
        """The code of the region a row belongs to; empty for what belongs to the whole site."""
        found = obj
        for step in self.region_path.split("__") if self.region_path else ():
            found = getattr(found, f"{step}_id" if step == "region" else step, None)
        return found if isinstance(found, str) else ""

    def history_view(self, request, object_id, extra_context=None):
        """Of what is kept in versions, the versions; of the rest, what was written here."""
        if hasattr(self.model, "history"):
            return history_page(self, request, object_id)
        return super().history_view(request, object_id, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        """Where somebody may not delete, there is no such page."""
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_delete_permission(request, record):
            raise Http404
        return super().delete_view(request, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        drawn = {"title": self.opts.verbose_name_plural, "tools": self.tools(request)}
        return super().changelist_view(request, drawn | (extra_context or {}))

    def tools(self, request) -> list[Tool]:
        """The links above the list."""
        return []

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404


def fields_changed(message) -> list[str]:
    """The names of the fields and of the kinds of rows that were written, without their values."""
    told = []
    for part in message if isinstance(message, list) else []:
        for verb, detail in part.items():
            names = detail.get("fields", [])
            told.append(f"{verb} {detail.get('name', '')} {'、'.join(map(str, names))}".strip())
    return told


class Lines(RolesDecide, admin.TabularInline):
    """Rows below a record of a list, with the rights of that list."""

    template = "admin/lines_inline.html"
    extra = 1

    def _reaches(self, request, obj) -> bool:
        """Asked for the record above; the rows themselves are narrowed by `get_queryset`."""
        return True

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **{"form": watching(self.form)} | kwargs)

    def get_fields(self, request, obj=None):
        """Hidden fields of a row are drawn only where they are listed."""
        names = self._unsealed(request, obj, super().get_fields(request, obj))
        return [*(name for name in names if name != SEEN), SEEN]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:  # the head of the column is no label of the box
            field.widget.attrs.setdefault("aria-label", field.label)
        return field


class ReadOnly(Scoped):
    """A list that nobody changes here."""

    kept_by = ()

    def has_change_permission(self, request, obj=None):
        return False

    def has_add_permission(self, request):
        return False
