"""The milestones of an agreed item, kept from the record of the case."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from committees.admin.access import grants_held
from consultations.admin.access import case_or_404
from consultations.admin.parts import sent, small_form
from consultations.forms.milestones import MilestoneForm, NewMilestoneForm, ReachedForm
from consultations.models import AgreedItem, Case, Milestone
from consultations.permissions import may_keep_milestones
from consultations.services import milestones

both = require_http_methods(["GET", "POST"])


def kept_or_404(request, pk: int) -> Case:
    """A case whose milestones the person keeps."""
    case = case_or_404(request, pk)
    if may_keep_milestones(request.user, case, grants=grants_held(request)) is None:
        raise Http404
    return case


def _milestone_or_404(case: Case, pk: int) -> Milestone:
    return get_object_or_404(Milestone.objects.select_related("item"), pk=pk, item__case=case)


@both
def add(request, pk: int, item_pk: int) -> HttpResponse:
    case = kept_or_404(request, pk)
    item = get_object_or_404(AgreedItem, pk=item_pk, case=case)
    form = NewMilestoneForm(sent(request), initial={"version": case.version})

    def save() -> None:
        version = form.cleaned_data["version"]
        milestones.save_milestone(item, by=request.user, version=version, row=form.row())

    title = _("Add a milestone: %s") % item
    return small_form(request, case, form, save, title=title, section="items")


@both
def change(request, pk: int, milestone_pk: int) -> HttpResponse:
    case = kept_or_404(request, pk)
    milestone = _milestone_or_404(case, milestone_pk)
    form = MilestoneForm(sent(request), milestone=milestone, case=case)

    def save() -> None:
        version = form.cleaned_data["version"]
        milestones.save_milestone(milestone.item, by=request.user, version=version, row=form.row())

    title = _("Change the milestone: %s") % milestone
    return small_form(request, case, form, save, title=title, section="items")


@require_POST
def done(request, pk: int, milestone_pk: int) -> HttpResponse:
    """One click says that it was reached: today, or on the day that was chosen."""
    case = kept_or_404(request, pk)
    milestone = _milestone_or_404(case, milestone_pk)
    form = ReachedForm(request.POST)

    def save() -> None:
        milestones.finish(milestone, by=request.user, on=form.cleaned_data["done_on"])

    title = _("Milestone reached: %s") % milestone
    return small_form(request, case, form, save, title=title, section="items")
