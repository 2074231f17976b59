"""Filters of the staff lists: few choices each, limited to what the viewer reaches."""

from __future__ import annotations

import datetime as dt

from django.contrib import admin
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.admin.access import grants_held
from committees.grants import BUSINESS_ROLES
from committees.models import Region, Studio
from consultations.models import TopicField, TopicSource
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskState

SOON = dt.timedelta(days=7)
MOST = 100


def codes_of(request) -> list[str]:
    """The regions that the viewer's business roles name, the widest first."""
    codes = {grant.region_id for grant in grants_held(request)
             if grant.region_id and grant.role in BUSINESS_ROLES}  # fmt: skip
    return sorted(codes, key=len)


class Choice(admin.SimpleListFilter):
    """A filter by one column; `column` names it."""

    column = ""

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        known = {str(value) for value, _label in self.lookup_choices}
        if self.value() not in known:
            return queryset
        return queryset.filter(**{self.column: self.value()})


class StageFilter(Choice):
    title, parameter_name, column = _("stage"), "stage", "stage"

    def lookups(self, request, model_admin):
        return Stage.choices


class SourceFilter(Choice):
    title, parameter_name, column = _("topic source"), "source", "source"

    def lookups(self, request, model_admin):
        return TopicSource.choices


class FieldFilter(Choice):
    title, parameter_name, column = _("field"), "field", "field"

    def lookups(self, request, model_admin):
        fields = TopicField.objects.order_by("order", "code")
        return [(str(pk), name) for pk, name in fields.values_list("pk", "name")[:MOST]]


class PlaceFilter(admin.SimpleListFilter):
    """The regions one level below what the viewer reaches, then one level further down."""

    title, parameter_name = _("region"), "region"
    path = ""

    def lookups(self, request, model_admin):
        codes = codes_of(request)
        if not codes:
            return []
        chosen = request.GET.get(self.parameter_name, "")
        inside = chosen.isdecimal() and len(chosen) <= 6 and chosen.startswith(tuple(codes))
        above = chosen if inside else codes[0]
        rows = Region.objects.filter(parent=above, valid_until=None).order_by("code")[:MOST]
        found = [(code, name) for code, name in rows.values_list("code", "name")]
        return found if chosen in dict(found) or not inside else [(chosen, chosen), *found]

    def queryset(self, request, queryset):
        code = self.value() or ""
        if not code.isdecimal() or not code.startswith(tuple(codes_of(request)) or ("none",)):
            return queryset
        return self.within(queryset, code)

    def within(self, queryset, code):
        return queryset.within(code)


class StudioFilter(Choice):
    """The studios of the viewer's county; from above, those of the county chosen."""

    title, parameter_name, column = _("studio"), "studio", "studio"

    def lookups(self, request, model_admin):
        codes = codes_of(request)
        code = request.GET.get("region", "") or (codes[0] if codes else "")
        if len(code) < 6 or not code.isdecimal() or not code.startswith(tuple(codes) or ("none",)):
            return []
        rows = Studio.objects.filter(committee__region=code[:6]).order_by("name", "pk")[:MOST]
        return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


class DueFilter(admin.SimpleListFilter):
    """Late, or due within a week, by the date that the step table gave."""

    title, parameter_name, column = _("time limit"), "due", "stage_due_on"

    def lookups(self, request, model_admin):
        return [("late", _("late")), ("week", _("due within a week"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "late":
            return self.running(queryset).filter(**{f"{self.column}__lt": today})
        if self.value() == "week":
            span = (today, today + SOON)
            return self.running(queryset).filter(**{f"{self.column}__range": span})
        return queryset

    def running(self, queryset):
        return queryset.open()


class TaskDueFilter(DueFilter):
    column = "due_on"

    def running(self, queryset):
        return queryset.running()


class StateFilter(Choice):
    title, parameter_name, column = _("state"), "state", "state"

    def lookups(self, request, model_admin):
        return TaskState.choices


class MineFilter(admin.SimpleListFilter):
    title, parameter_name = _("in charge"), "mine"

    def lookups(self, request, model_admin):
        return [("me", _("I am in charge")), ("help", _("I help")), ("none", _("nobody yet"))]

    def queryset(self, request, queryset):
        wanted = {
            "me": {"owner": request.user},
            "help": {"helpers": request.user},
            "none": {"owner": None},
        }
        return queryset.filter(**wanted.get(self.value(), {}))
