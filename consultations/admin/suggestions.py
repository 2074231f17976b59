"""The residents' inbox: look, take up as a topic, or answer."""

from __future__ import annotations

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from committees.admin.access import ReadOnly, grants_held
from committees.admin.bulk import BulkActions
from committees.selectors.member_seats import offices_of
from consultations.admin.access import back, case_url, key_or_404, page, refuse
from consultations.admin.bulk_suggestions import SUGGESTION_ACTIONS
from consultations.admin.cases import due_mark, with_mark
from consultations.admin.create import similar_to
from consultations.admin.enter import enter_suggestion, screens
from consultations.admin.exports import ExportSuggestions
from consultations.admin.filters import Choice
from consultations.admin.paging import BoundedPaginator, ViewedList
from consultations.admin.saved_views import AnswerOrder, SavedViews
from consultations.forms.suggestions import AnswerForm
from consultations.models import Suggestion
from consultations.selectors.cases import suggestions_for
from consultations.selectors.inbox import alike, history
from consultations.services import suggestions
from consultations.services.suggestions import SCREENERS
from consultations.workflow.engine import Refused


class SuggestionStateFilter(Choice):
    title, parameter_name, column = _("state"), "state", "state"

    def lookups(self, request, model_admin):
        return Suggestion.State.choices


class ChannelFilter(Choice):
    title, parameter_name, column = _("how it reached us"), "channel", "channel"

    def lookups(self, request, model_admin):
        return Suggestion.Channel.choices


class InChargeFilter(admin.SimpleListFilter):
    title, parameter_name = _("in charge"), "mine"

    def lookups(self, request, model_admin):
        return [("me", _("I am in charge")), ("none", _("nobody yet"))]

    def queryset(self, request, queryset):
        wanted = {"me": {"owner": request.user}, "none": {"owner": None}}
        return queryset.filter(**wanted.get(self.value(), {}))


class SuggestionAdmin(SavedViews, BulkActions, ReadOnly):
    order_filter = AnswerOrder
    more_columns = ("channel", "place", "decided_at")
    bulk = (*SUGGESTION_ACTIONS, ExportSuggestions)
    list_display = ["title_shown", "region", "state", "owner", "received_at", "answer_due"]
    list_filter = [SuggestionStateFilter, ChannelFilter, InChargeFilter]
    list_select_related = ["region", "owner"]
    search_fields = ["title", "query_code__startswith"]
    search_help_text = _("Words of the title, or the query code.")
    ordering = ["-received_at", "-pk"]
    paginator = BoundedPaginator

    def get_queryset(self, request):
        return suggestions_for(request.user, grants=grants_held(request))

    def get_changelist(self, request, **kwargs):
        return ViewedList

    def changelist_view(self, request, extra_context=None):
        tools = {"keeps_data": bool(offices_of(grants_held(request)))}
        return super().changelist_view(request, tools | (extra_context or {}))

    def has_view_permission(self, request, obj=None):
        return any(grant.role in SCREENERS for grant in grants_held(request))

    has_module_permission = has_view_permission

    def has_add_permission(self, request):
        return screens(request)

    def add_view(self, request, form_url="", extra_context=None):
        return enter_suggestion(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return suggestion_record(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        return suggestion_history(request, object_id)

    @admin.display(description=_("what is it about"))
    def title_shown(self, suggestion):
        return with_mark(suggestion.title, suggestion)

    @admin.display(description=_("first answer due"))
    def answer_due(self, suggestion):
        if suggestion.state != Suggestion.State.RECEIVED:
            return "—"
        day = suggestion.answer_due_on
        return due_mark(day, is_late=day is not None and day < timezone.localdate())


@require_http_methods(["GET", "POST"])
def suggestion_record(request, object_id):
    own = suggestions_for(request.user, grants=grants_held(request))
    found = get_object_or_404(
        own.select_related("region", "case", "decided_by", "owner", "joined_to", "entered_by"),
        pk=key_or_404(object_id),
    )
    answering = request.method == "POST" and "accept" not in request.POST
    form = AnswerForm(request.POST if answering else None)
    errors = []
    try:
        if request.method == "POST" and "accept" in request.POST:
            case = suggestions.accept(found, by=request.user)
            return back(
                request, case_url(case), gettext("Taken up as a topic. Complete the draft.")
            )
        if answering and form.is_valid():
            suggestions.decline(found, by=request.user, **form.cleaned_data)
            url = reverse("admin:consultations_suggestion_changelist")
            return back(request, url, gettext("The answer is kept; the resident finds it by code."))
    except Refused as refused:
        if answering:
            refuse(form, refused)
        else:
            errors = refused.reasons
    context = {"title": found.title, "suggestion": found, "form": form, "errors": errors,
               "similar": similar_to(request, f"{found.title} {found.problem}"),
               "alike": alike(f"{found.title} {found.problem}", within=own, exclude=found.pk)}  # fmt: skip
    return page(request, "suggestion.html", context)


@require_safe
def suggestion_history(request, object_id):
    own = suggestions_for(request.user, grants=grants_held(request))
    found = get_object_or_404(own.select_related("entered_by"), pk=key_or_404(object_id))
    context = {"title": gettext("History of the suggestion"), "suggestion": found,
               "lines": history(found)}  # fmt: skip
    return page(request, "suggestion/history.html", context)
