"""The other lists: brands, fields, words that staff set, reports, jobs, and the history."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.admin.access import Lines, ReadOnly, Scoped
from committees.admin.places import EVERYBODY, KEEPERS
from committees.models.regions import at_or_below
from consultations.admin.access import own_cases
from consultations.admin.filters import Choice
from consultations.forms.wording import StageNameForm
from consultations.models import CampaignTarget, ReasonText, StageName
from consultations.models.wording import STEPS
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
    list_display = ["set_in", "parent", "code", "order", "is_active"]
    list_select_related = ["parent"]
    list_filter = ["is_active"]
    ordering = ["order", "code"]

    def get_readonly_fields(self, request, obj=None):
        """The code stands in addresses that people kept."""
        return ["code"] if obj else []

    @admin.display(description=_("name"))
    def set_in(self, field):
        return field.indented


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
    """On a case for those who see the case; else for the place of the committee or the advice."""

    list_display = ["subject", "level", "leader", "given_on"]
    list_filter = ["level"]
    search_fields = ["subject"]
    ordering = ["-given_on", "pk"]

    def rows_within(self, codes):
        places = at_or_below(codes, path="committee__region") | at_or_below(
            codes, path="advice__committee__region"
        )
        return Q(case__isnull=False) | places

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.filter(Q(case=None) | Q(case__in=own_cases(request).values("pk")))


class ReportedFigureAdmin(ReadOnly):
    seen_by = EVERYBODY
    list_display = ["name", "value", "unit", "region", "period_until", "citation"]
    list_filter = ["topic", "nature"]
    list_select_related = ["region", "citation__report"]
    search_fields = ["name"]
    ordering = ["topic", "region", "code"]
