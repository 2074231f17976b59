"""Reminders and slips: the list with the drafts that wait to be sent, and the page of one."""

from __future__ import annotations

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from committees.admin.access import STAFF, ReadOnly, grants_held, roles_held
from committees.admin.bulk import Bulk, BulkActions
from consultations.admin.access import back, key_or_404, page, refuse, task_url
from consultations.admin.paging import BoundedPaginator
from consultations.forms.urging import AnswerForm, DropForm, SendForm
from consultations.models import Urging
from consultations.selectors.urgings import OF_STANDING, Standing, standing_of, urgings_for
from consultations.services import urging as slips
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import DISPATCHERS

both = require_http_methods(["GET", "POST"])
FULL = ("unit", "task__unit", "task__item", "task__case__region", "task__case__committee",
        "sent_by", "answered_by", "dropped_by")  # fmt: skip


class StandingFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("how it stands"), "standing"

    def lookups(self, request, model_admin):
        return Standing.choices

    def queryset(self, request, queryset):
        wanted = self.value()
        return queryset.filter(OF_STANDING[wanted]) if wanted in OF_STANDING else queryset


class SendSlips(Bulk):
    """Drafts looked at one by one, and sent with the same words or none."""

    name, label = "send", gettext_lazy("Send the slips")
    form_class = SendForm
    related = FULL

    @classmethod
    def is_offered(cls, request) -> bool:
        return bool({grant.role for grant in grants_held(request)} & set(DISPATCHERS))

    def title_of(self, urging):
        return f"{urging.task.title} · {urging.unit}"

    def detail_of(self, urging):
        return f"{urging.task.case.code} {urging.task.case}"

    def state_of(self, urging):
        return standing_of(urging)

    def is_demo(self, urging):
        return urging.task.case.is_demo

    def objections(self, urging, data):
        if slips.sending_role(self.request.user, urging.task) is None:
            return [_("This step is taken by somebody else.")]
        return slips.against_sending(urging)

    def text(self, urging, data):
        return data["note"]

    def take(self, picked, data):
        try:
            slips.send(picked.record, by=self.request.user, note=data["note"])
        except Refused as refused:
            return refused.reasons
        return []


class UrgingAdmin(BulkActions, ReadOnly):
    list_display = ["kind", "unit", "task_shown", "due_on", "standing", "number"]
    list_filter = [StandingFilter]
    list_select_related = ["unit", "task__case"]
    search_fields = ["number", "unit__name", "task__title"]
    search_help_text = gettext_lazy("A number, a unit, or words of the task.")
    ordering = ["-pk"]
    paginator = BoundedPaginator
    bulk = (SendSlips,)

    def get_queryset(self, request):
        return urgings_for(request.user, grants=grants_held(request))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return record(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """What became of it stands in the history of its case."""
        raise Http404

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, urging):
        return level_mark(urging)

    @admin.display(description=gettext_lazy("task"))
    def task_shown(self, urging):
        demo = _("demonstration") if urging.task.case.is_demo else ""
        mark = format_html(' <span class="mark">{}</span>', demo) if demo else ""
        return format_html('<a href="{}">{}</a>{}', task_url(urging.task), urging.task.title, mark)

    @admin.display(description=gettext_lazy("how it stands"))
    def standing(self, urging):
        return standing_of(urging)


def level_mark(urging):
    """The colour with its shape and word, and the kind."""
    return format_html(
        '<span class="light light--{}">{}</span> {}',
        urging.level, urging.get_level_display(), urging.get_rung_display(),
    )  # fmt: skip


def _urging_or_404(request, pk: int) -> Urging:
    if not roles_held(request) & set(STAFF):
        raise Http404
    rows = urgings_for(request.user, grants=grants_held(request))
    return get_object_or_404(rows.select_related(*FULL), pk=pk)


def _url(urging: Urging) -> str:
    return reverse("admin:consultations_urging_change", args=[urging.pk])


@require_safe
def record(request, object_id) -> HttpResponse:
    urging = _urging_or_404(request, key_or_404(object_id))
    sends = slips.sending_role(request.user, urging.task) is not None
    answers = slips.proxy_role(request.user, urging.task) is not None
    context = {
        "title": urging.get_rung_display(), "urging": urging, "case": urging.task.case,
        "against": slips.against_sending(urging) if urging.is_draft else [],
        "may_send": sends and urging.is_draft,
        "may_answer": answers and urging.waits_for_answer,
        "task_url": task_url(urging.task),
    }  # fmt: skip
    return page(request, "urging/record.html", context)


@require_safe
def sheet(request, pk: int) -> HttpResponse:
    """On paper, as it goes to the unit."""
    urging = _urging_or_404(request, pk)
    context = {"title": urging.get_rung_display(), "urging": urging, "case": urging.task.case,
               "back": _url(urging)}  # fmt: skip
    return page(request, "urging/sheet.html", context)


@both
def send(request, pk: int) -> HttpResponse:
    urging = _sendable_or_404(request, pk)
    form = SendForm(request.POST if request.method == "POST" else None)
    return _take(
        request, urging, form, slips.send, title=_("Send the slip"), told=_("The slip is sent.")
    )


@both
def drop(request, pk: int) -> HttpResponse:
    urging = _sendable_or_404(request, pk)
    form = DropForm(request.POST if request.method == "POST" else None)
    return _take(
        request, urging, form, slips.drop, title=_("Let the slip drop"),
        told=_("The slip is dropped."),
    )  # fmt: skip


@both
def answer(request, pk: int) -> HttpResponse:
    """The unit's answer, entered from paper."""
    urging = _urging_or_404(request, pk)
    if slips.proxy_role(request.user, urging.task) is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, urging=urging, is_proxy=True)
    return _take(
        request, urging, form, slips.answer, title=_("Enter the answer of the unit"),
        told=_("The answer is on record."),
    )  # fmt: skip


def _sendable_or_404(request, pk: int) -> Urging:
    urging = _urging_or_404(request, pk)
    if slips.sending_role(request.user, urging.task) is None:
        raise Http404
    return urging


def _take(request, urging: Urging, form, service, *, title: str, told: str) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            service(urging, by=request.user, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            return back(request, _url(urging), told)
    context = {"title": title, "form": form, "urging": urging, "case": urging.task.case,
               "back": _url(urging)}  # fmt: skip
    return page(request, "urging/part.html", context)
