"""The list of tasks and the record of one task."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from committees.admin.access import ReadOnly, grants_held
from committees.admin.bulk import BulkActions
from committees.models.regions import at_or_below
from consultations.admin.access import (
    case_url,
    does_business,
    key_or_404,
    page,
    task_or_404,
)
from consultations.admin.bulk_tasks import TASK_ACTIONS
from consultations.admin.cases import with_mark, with_provisional, with_reason
from consultations.admin.exports import ExportTasks
from consultations.admin.filters import PlaceFilter, StateFilter, TaskDueFilter
from consultations.admin.paging import BoundedPaginator, NamedList
from consultations.admin.saved_views import SavedViews, TaskOrder
from consultations.offers import actions_for, next_by_others, own_steps
from consultations.permissions import sees_inside
from consultations.selectors.cases import tasks_for
from consultations.selectors.clear import phones_of
from consultations.selectors.clocks import clocks_of
from consultations.selectors.joint import joint_handling
from consultations.selectors.lights import lights_once
from consultations.selectors.replies import compared
from consultations.selectors.timeline import lines
from consultations.selectors.urgings import urgings_of
from consultations.selectors.wording import names_once
from consultations.web.light_marks import task_light


class TaskPlaceFilter(PlaceFilter):
    def within(self, queryset, code):
        if len(code) == 6:
            return queryset.filter(case__county_code=code)
        if len(code) == 4:
            return queryset.filter(case__prefecture_code=code)
        return queryset.filter(at_or_below([code], path="case__region"))


class TaskAdmin(SavedViews, BulkActions, ReadOnly):
    order_filter = TaskOrder
    more_columns = ("dispatched_on", "answered_on", "percent", "promise_on")
    list_display = ["title", "unit", "state_shown", "light_shown", "due_shown", "case_title"]
    list_filter = [StateFilter, TaskDueFilter, TaskPlaceFilter]
    list_select_related = ["unit", "case__region"]
    search_fields = ["title", "unit__name", "case__code"]
    search_help_text = _("Words of the task, its unit, or the case number.")
    ordering = ["-pk"]
    paginator = BoundedPaginator
    bulk = (*TASK_ACTIONS, ExportTasks)

    def get_queryset(self, request):
        return tasks_for(request.user, grants=grants_held(request))

    def get_changelist(self, request, **kwargs):
        return NamedList

    def has_view_permission(self, request, obj=None):
        return does_business(request)

    has_module_permission = has_view_permission

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return task_record(request, object_id)

    @admin.display(description=_("state"))
    def state_shown(self, task):
        badge = format_html('<span class="badge badge--{}">{}</span>', task.state, task.stage_name)
        return with_mark(badge, task.case)

    @admin.display(description=_("light"))
    def light_shown(self, task):
        return task_light(task, task.light) or "—"

    @admin.display(description=_("due"))
    def due_shown(self, task):
        return with_reason(with_provisional(task.due_on), task) if task.due_on else "—"

    @admin.display(description=_("case"))
    def case_title(self, task):
        return format_html('<a href="{}">{}</a>', case_url(task.case), task.case)


@require_safe
def task_record(request, object_id):
    task = task_or_404(request, key_or_404(object_id))
    offers = actions_for(request.user, task)
    events = task.events.told().select_related("actor", "task__unit", "citation__report")
    context = {
        "title": task.title,
        "today": timezone.localdate(),
        "task": task,
        "case": task.case,
        "light": lights_once(request).of_task(task, case=task.case),
        "talk_by": lights_once(request).talk_by(task, case=task.case),
        "clock": clocks_of([task])[task.pk],
        "inside": sees_inside(request.user, task.case, grants=grants_held(request)),
        "steps": own_steps(offers),
        "awaited": next_by_others(request.user, task, offers, grants=grants_held(request)),
        "severe_steps": [offer for offer in offers if offer.row.severe],
        "phones": phones_of(task, grants=grants_held(request)),
        "urgings": urgings_of(task, user=request.user, grants=grants_held(request)),
        "progress": task.progress.select_related("written_by").order_by("-written_at", "-pk"),
        "replies": _replies(task),
        "joint": joint_handling(task),
        "opinions": task.opinions.order_by("pk"),
        "assistants": task.assistants.select_related("unit").order_by("number", "pk"),
        "returns": task.return_requests.select_related("unit", "suggested").order_by("pk"),
        "extensions": task.extension_requests.order_by("pk"),
        "suspensions": task.suspensions.order_by("pk"),
        "look_backs": task.look_backs.order_by("pk"),
        "verifications": task.verifications.select_related("verified_by").order_by("pk"),
        "timeline": lines(events.order_by("at", "pk"), case=task.case, names=names_once(request)),
        "back": case_url(task.case, section="items"),
    }
    return page(request, "task/record.html", context)


def _replies(task):
    """The newest first, each beside the version that was returned before it."""
    found = list(task.replies.select_related("drafted_by", "signed_by").order_by("-pk"))
    return compared(found, before=found)
