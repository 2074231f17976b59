"""Filters of the staff lists: few choices each, limited to what the viewer reaches."""

from __future__ import annotations

import datetime as dt

from django.contrib import admin
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.admin.access import grants_held
from committees.grants import BUSINESS_ROLES
from consultations.models import TopicField, TopicSource
from consultations.selectors.choices import filter_choices
from consultations.selectors.wording import names_once

SOON = dt.timedelta(days=7)
MOST = 100


def codes_of(request) -> list[str]:
    """The regions that the viewer's business roles name, the widest first."""
    codes = {grant.region_id for grant in grants_held(request)
             if grant.region_id and grant.role in BUSINESS_ROLES}  # fmt: skip
    return sorted(codes, key=len)


def home_of(request) -> str:
    """The place whose names of the stages a filter uses: the one chosen, else the viewer's own."""
    chosen = request.GET.get("region", "")
    if is_reached(request, chosen):
        return chosen
    held = (grant for grant in grants_held(request) if grant.role in BUSINESS_ROLES)
    return min((grant.reach for grant in held), key=len, default="")


class Choice(admin.SimpleListFilter):
    """A filter by one column; `column` names it."""

    column = ""

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        known = {str(value) for value, _label in self.lookup_choices}
        if self.value() not in known:
            return queryset
        return self.narrowed(queryset, self.value())

    def narrowed(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset.filter(**{self.column: value})


class StageFilter(Choice):
    title, parameter_name, column = _("stage"), "stage", "stage"

    def lookups(self, request, model_admin):
        return names_once(request).choices("case", region=home_of(request))


class SourceFilter(Choice):
    title, parameter_name, column = _("topic source"), "source", "source"

    def lookups(self, request, model_admin):
        return TopicSource.choices


class FieldFilter(Choice):
    """A field, and with it all that belong to it."""

    title, parameter_name, column = _("field"), "field", "field"

    def lookups(self, request, model_admin):
        return choices_of(request)["field"]

    def narrowed(self, queryset: QuerySet, value: str) -> QuerySet:
        below = list(
            TopicField.objects.filter(parent=value).order_by("pk").values_list("pk", flat=True)
        )
        return queryset.filter(field__in=[value, *below]) if below else queryset.filter(field=value)


class PlaceFilter(admin.SimpleListFilter):
    """The regions one level below what the viewer reaches, then one level further down."""

    title, parameter_name = _("region"), "region"

    def lookups(self, request, model_admin):
        return choices_of(request)["region"]

    def queryset(self, request, queryset):
        code = self.value() or ""
        return self.within(queryset, code) if is_reached(request, code) else queryset

    def within(self, queryset, code):
        return queryset.within(code)


class StudioFilter(Choice):
    """The studios of the viewer's county; from above, those of the county chosen."""

    title, parameter_name, column = _("studio"), "studio", "studio"

    def lookups(self, request, model_admin):
        return choices_of(request)["studio"]


def is_reached(request, code: str) -> bool:
    """Whether a code from the address is a region inside the viewer's own."""
    return code.isdecimal() and len(code) <= 12 and code.startswith(tuple(codes_of(request)))


def choices_of(request) -> dict[str, list[tuple[str, str]]]:
    """The choices of the three filters above, read once for each request."""
    if not hasattr(request, "filter_choices"):
        chosen, codes = request.GET.get("region", ""), codes_of(request)
        regions = [chosen] if is_reached(request, chosen) and len(chosen) <= 6 else codes
        county = next((code[:6] for code in regions if len(code) >= 6), "")
        found = filter_choices(regions=regions, county=county)
        request.filter_choices = {
            kind: found.get(kind, [])[:MOST] for kind in ("field", "region", "studio")
        }
    return request.filter_choices


class DueFilter(admin.SimpleListFilter):
    """Late, or due within a week, by the date that the step table gave."""

    title, parameter_name, column = _("time limit"), "due", "stage_due_on"

    def lookups(self, request, model_admin):
        return [("late", _("late")), ("week", _("due within a week"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "late":
            return self.late(queryset, today)
        if self.value() == "week":
            span = (today, today + SOON)
            return self.running(queryset).filter(**{f"{self.column}__range": span})
        return queryset

    def late(self, queryset, today):
        return queryset.late(on=today)

    def running(self, queryset):
        return queryset.open()


class CaseDueFilter(DueFilter):
    """Besides: closed ones to look back at, and open ones that sleep."""

    def lookups(self, request, model_admin):
        more = [("again", _("to look back at")), ("asleep", _("sleeps"))]
        return [*super().lookups(request, model_admin), *more]

    def queryset(self, request, queryset):
        if self.value() == "again":
            return queryset.filter(stage="closed", look_back_on__lte=timezone.localdate())
        if self.value() == "asleep":
            return queryset.open().filter(asleep_since__isnull=False)
        return super().queryset(request, queryset)


class TaskDueFilter(DueFilter):
    column = "due_on"

    def late(self, queryset, today):
        return queryset.overdue(on=today)

    def running(self, queryset):
        return queryset.running()


class StateFilter(Choice):
    title, parameter_name, column = _("state"), "state", "state"

    def lookups(self, request, model_admin):
        return names_once(request).choices("task", region=home_of(request))


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
