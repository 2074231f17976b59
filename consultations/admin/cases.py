"""The list of cases. The record itself, and everything done on it, has pages of its own."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from committees.admin.access import Scoped, grants_held
from consultations.admin import changes, create, record
from consultations.admin.access import does_business, own_cases, page
from consultations.admin.filters import (
    DueFilter,
    FieldFilter,
    MineFilter,
    PlaceFilter,
    SourceFilter,
    StageFilter,
    StudioFilter,
)
from consultations.admin.paging import BoundedPaginator
from consultations.forms.cases import AssignForm
from consultations.models import Case
from consultations.permissions import CREATORS
from consultations.selectors.places import people_of
from consultations.selectors.search import find_cases
from consultations.services import records
from consultations.workflow.cases import Stage
from consultations.workflow.engine import Refused


class CaseAdmin(Scoped):
    list_display = ["title_shown", "region", "stage_shown", "due_shown", "owner"]
    list_filter = [StageFilter, DueFilter, MineFilter, PlaceFilter, FieldFilter, SourceFilter,
                   StudioFilter]  # fmt: skip
    list_select_related = ["region", "owner"]
    search_fields = ["title"]
    search_help_text = _("Words of the title, the problem or the agreed items, or the case number.")
    ordering = ["-listed_at", "-pk"]
    paginator = BoundedPaginator
    actions = ["assign"]

    def get_queryset(self, request):
        return own_cases(request)

    def get_search_results(self, request, queryset, search_term):
        return find_cases(queryset, search_term), False

    def has_view_permission(self, request, obj=None):
        return does_business(request)

    has_module_permission = has_view_permission

    def has_change_permission(self, request, obj=None):
        return does_business(request)

    def has_add_permission(self, request):
        return any(grant.role in CREATORS for grant in grants_held(request))

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
        mark = (
            format_html(' <span class="mark">{}</span>', _("demonstration")) if case.is_demo else ""
        )
        return format_html(
            '<span class="badge badge--{}">{}</span>{}', case.stage, Stage(case.stage).label, mark
        )

    @admin.display(description=_("next step due"))
    def due_shown(self, case):
        return due_mark(case.stage_due_on, is_late=case.is_late)

    @admin.action(description=_("Name the person in charge or a co-worker"))
    def assign(self, request, queryset) -> HttpResponse | None:
        """Ask who, then go through the rows one by one; each checks its own scope."""
        form = AssignForm(
            request.POST if "apply" in request.POST else None,
            people=people_of(grants_held(request)),
        )
        chosen = list(queryset.select_related("region")[: self.list_per_page])
        if not form.is_bound or not form.is_valid():
            return page(request, "assign.html", {"title": _("Name the person in charge or a "
                        "co-worker"), "form": form, "cases": chosen})  # fmt: skip
        done, refused = assign_each(chosen, by=request.user, **form.cleaned_data)
        tell_summary(request, done, refused)
        return HttpResponseRedirect(request.get_full_path())


def due_mark(day, *, is_late: bool):
    """A due date; a late one with a word and a shape, not by colour alone."""
    if day is None:
        return "—"
    left = (day - timezone.localdate()).days
    if is_late:
        text = ngettext("%s day late", "%s days late", -left) % -left
        return format_html('<span class="due due--late">▲ {} · {}</span>', day.isoformat(), text)
    css = "soon" if left <= 7 else "later"
    return format_html('<span class="due due--{}">{}</span>', css, day.isoformat())


def assign_each(cases: list[Case], *, by, owner, helper) -> tuple[int, list[str]]:
    """How many were assigned, and for each of the others why not."""
    done, refused = 0, []
    for case in cases:
        try:
            if not owner and not helper:
                raise Refused([gettext("Nobody was chosen.")])
            records.assign(case, by=by, owner=owner, helper=helper)
            done += 1
        except Refused as why:
            refused.append(f"{case.code}：{' '.join(why.reasons)}")
    return done, refused


def tell_summary(request, done: int, refused: list[str]) -> None:
    if done:
        messages.success(request, gettext("%s cases were changed.") % done)
    for why in refused:
        messages.warning(request, gettext("Not changed: %s") % why)
