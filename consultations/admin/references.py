"""The other lists: brands, fields, words that staff set, reports, jobs, and the history."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from committees.admin.access import STAFF, Lines, ReadOnly, Scoped, grants_held, reach, within
from committees.admin.places import EVERYBODY, KEEPERS
from committees.models import Role
from consultations.admin.filters import Choice
from consultations.admin.paging import BoundedPaginator
from consultations.forms.wording import StageNameForm
from consultations.models import CampaignTarget, ReasonText, StageName
from consultations.models.wording import STEPS
from consultations.selectors.cases import cases_for
from consultations.selectors.timeline import LABELS
from consultations.selectors.wording import forget_kept_names


class TargetLines(Lines):
    model = CampaignTarget
    kept_by = KEEPERS
    fields = ["name", "value", "unit", "due_on"]


class CampaignAdmin(Scoped):
    seen_by = EVERYBODY
    kept_by = KEEPERS
    region_path = "committee__region"
    list_display = ["name", "committee", "formula", "started_on", "ended_on", "origin"]
    list_select_related = ["committee"]
    search_fields = ["name"]
    readonly_fields = ["origin", "citation"]
    ordering = ["committee", "code"]
    inlines = [TargetLines]


class TopicFieldAdmin(Scoped):
    seen_by = EVERYBODY
    list_display = ["name", "parent", "code", "order"]
    list_select_related = ["parent"]
    ordering = ["order", "code"]


class ReasonTextAdmin(Scoped):
    kept_by = KEEPERS
    list_display = ["title", "subject", "step", "text", "order"]
    list_filter = ["subject"]
    search_fields = ["title", "text"]
    ordering = ["subject", "action", "order", "pk"]

    @admin.display(description=_("step"))
    def step(self, reason):
        return reason.step

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name != "action":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        groups = [(kind.label, list(STEPS[kind].items())) for kind in ReasonText.Subject]
        return forms.ChoiceField(label=_("step"), choices=[("", "—"), *groups])


class StageKindFilter(Choice):
    title, parameter_name, column = _("kind"), "kind", "kind"

    def lookups(self, request, model_admin):
        return StageName.Kind.choices


class StageNameAdmin(Scoped):
    """Local names of stages; without one a stage has its usual name, so a row may be deleted."""

    kept_by = KEEPERS
    region_path = "region"
    form = StageNameForm
    fields = ["region", "means", "name"]
    list_display = ["name", "usual", "kind", "region"]
    list_filter = [StageKindFilter]
    list_select_related = ["region"]
    search_fields = ["name"]
    ordering = ["region", "kind", "stage", "pk"]

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        forget_kept_names()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        forget_kept_names()

    @admin.display(description=_("usual name"))
    def usual(self, name):
        return name.usual_name


class AdviceAdmin(Scoped):
    kept_by = KEEPERS
    region_path = "committee__region"
    list_display = ["title", "kind", "committee", "given_on", "meaning", "origin"]
    list_filter = ["kind"]
    list_select_related = ["committee"]
    search_fields = ["title"]
    readonly_fields = ["origin", "citation"]
    ordering = ["-given_on", "code"]


class InstructionAdmin(ReadOnly):
    list_display = ["subject", "level", "leader", "given_on"]
    list_filter = ["level"]
    search_fields = ["subject"]
    ordering = ["-given_on", "pk"]


class ReportedFigureAdmin(ReadOnly):
    seen_by = EVERYBODY
    list_display = ["name", "value", "unit", "region", "period_until", "citation"]
    list_filter = ["topic", "nature"]
    list_select_related = ["region", "citation__report"]
    search_fields = ["name"]
    ordering = ["topic", "region", "code"]


class JobRunAdmin(ReadOnly):
    seen_by = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)
    list_display = ["name", "started_at", "ended_at", "changes", "error"]
    ordering = ["-started_at", "-pk"]
    paginator = BoundedPaginator


class StepFilter(Choice):
    title, parameter_name, column = _("step"), "action", "action"

    def lookups(self, request, model_admin):
        return list(LABELS.items())


class ActingFilter(Choice):
    title, parameter_name, column = _("acting as"), "role", "role"

    def lookups(self, request, model_admin):
        return Role.choices


class EventAdmin(ReadOnly):
    """Who did what, when, as whom: filterable, read only, for the viewer's own cases."""

    seen_by = (*STAFF, Role.AUDIT_ADMIN)
    list_display = ["at", "step", "case_title", "actor", "role", "reason"]
    list_filter = [StepFilter, ActingFilter]
    list_select_related = ["case__region", "actor"]
    search_fields = ["case__code", "actor__username__startswith"]
    search_help_text = _("Case number or account.")
    ordering = ["-at", "-pk"]
    paginator = BoundedPaginator
    list_display_links = None

    def get_queryset(self, request):
        rows = admin.ModelAdmin.get_queryset(self, request)
        if audited := reach(request, (Role.AUDIT_ADMIN,)):
            return rows.filter(within(audited, "case__region"))
        own = cases_for(request.user, grants=grants_held(request))
        return rows.filter(case__in=own.values("pk"))

    @admin.display(description=_("step"))
    def step(self, event):
        return LABELS.get(event.action, event.action)

    @admin.display(description=_("case"))
    def case_title(self, event):
        return f"{event.case.code} {event.case}"
