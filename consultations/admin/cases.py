"""The list of cases. The record itself, and everything done on it, has pages of its own."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from committees.admin.access import Scoped, grants_held
from committees.admin.bulk import BulkActions
from consultations import calendar
from consultations.admin import changes, create, record
from consultations.admin.access import does_business, own_cases
from consultations.admin.answers import staff_grants
from consultations.admin.bulk_cases import CASE_ACTIONS
from consultations.admin.exports import ExportCases
from consultations.admin.filters import (
    CaseDueFilter,
    FieldFilter,
    MineFilter,
    PlaceFilter,
    SourceFilter,
    StageFilter,
    StudioFilter,
)
from consultations.admin.paging import BoundedPaginator, NamedList
from consultations.admin.saved_views import DueOrder, SavedViews
from consultations.permissions import CREATORS
from consultations.selectors.due_dates import briefly
from consultations.selectors.search import find_cases


class CaseAdmin(SavedViews, BulkActions, Scoped):
    order_filter = DueOrder
    more_columns = ("committee", "studio", "field", "campaign")
    list_display = ["title_shown", "region", "stage_shown", "due_shown", "owner"]
    list_filter = [StageFilter, CaseDueFilter, MineFilter, PlaceFilter, FieldFilter, SourceFilter,
                   StudioFilter]  # fmt: skip
    list_select_related = ["region", "owner", "committee", "studio", "field", "campaign"]
    search_fields = ["title"]
    search_help_text = _("Words of the title, the problem or the agreed items, or the case number.")
    ordering = ["-listed_at", "-pk"]
    paginator = BoundedPaginator
    bulk = (*CASE_ACTIONS, ExportCases)

    def get_queryset(self, request):
        return own_cases(request)

    def get_changelist(self, request, **kwargs):
        return NamedList

    def get_search_results(self, request, queryset, search_term):
        return find_cases(queryset, search_term), False

    def has_view_permission(self, request, obj=None):
        return does_business(request)

    has_module_permission = has_view_permission

    def has_change_permission(self, request, obj=None):
        return does_business(request)

    def has_add_permission(self, request):
        return any(grant.role in CREATORS for grant in grants_held(request))

    def changelist_view(self, request, extra_context=None):
        tools = {"sees_answers": bool(staff_grants(request))}
        return super().changelist_view(request, tools | (extra_context or {}))

    def add_view(self, request, form_url="", extra_context=None):
        return create.create_case(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return record.case_record(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        return changes.case_changes(request, object_id)

    @admin.display(description=_("title"))
    def title_shown(self, case):
        return format_html('{}<small class="code">{}</small>', case.title, case.code)

    @admin.display(description=_("stage"))
    def stage_shown(self, case):
        badge = format_html('<span class="badge badge--{}">{}</span>', case.stage, case.stage_name)
        return with_mark(badge, case)

    @admin.display(description=_("next step due"))
    def due_shown(self, case):
        return with_reason(due_mark(case.stage_due_on, is_late=case.is_late), case)


def with_mark(shown, record):
    """A cell, and after it the mark of a demonstration."""
    if not record.is_demo:
        return shown
    return format_html('{} <span class="mark">{}</span>', shown, _("demonstration"))


def with_reason(shown, record):
    """A due date that tells in one line why it is that day; its record tells the whole of it."""
    why = briefly(record)
    return format_html('<span title="{}">{}</span>', why, shown) if why else shown


def due_mark(day, *, is_late: bool):
    """A due date; a late one with a word and a shape, not by colour alone."""
    if day is None:
        return "—"
    left = (day - timezone.localdate()).days
    if is_late:
        text = ngettext("%s day late", "%s days late", -left) % -left
        return format_html('<span class="due due--late">▲ {} · {}</span>', date_format(day), text)
    css = "soon" if left <= 7 else "later"
    shown = with_provisional(day)
    return format_html('<span class="due due--{}">{}</span>', css, shown)


def with_provisional(day):
    """A due date, marked in a year whose calendar nobody has confirmed yet."""
    if not calendar.is_provisional(day.year):
        return date_format(day)
    mark = _("provisional")
    return format_html('{} <span class="provisional">{}</span>', date_format(day), mark)
