"""The studio as a place of work: its people see it, director and liaison keep it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.grants import same_hand
from committees.models import Studio, StudioActivity, StudioPlan
from consultations.forms.studio_life import ActivityForm, ChecklistForm, PlanForm
from consultations.portal.access import mine
from consultations.portal.views.members import IN_STUDIOS, studio_grants
from consultations.selectors.members import members_of_studios
from consultations.selectors.studio_life import activities_of, points_of
from consultations.services import studio_life as life
from consultations.web.one_writer import one_writer
from consultations.workflow.engine import Refused

both = require_http_methods(["GET", "POST"])


def studio_or_404(request, pk: int) -> Studio:
    """A studio in which the person works or sits; others do not exist."""
    mine = {grant.studio_id for grant in studio_grants(request)}
    rows = Studio.objects.select_related("committee__region", "region")
    return get_object_or_404(rows.filter(pk__in=mine), pk=pk)


def kept_or_404(request, pk: int) -> Studio:
    """The same, for those who keep its papers."""
    studio = studio_or_404(request, pk)
    if life.role_in(studio, request.user) is None:
        raise Http404
    return studio


@require_safe
@mine(*IN_STUDIOS)
def page(request, pk: int) -> HttpResponse:
    studio = studio_or_404(request, pk)
    norm, points = points_of(studio)
    activities = activities_of(studio)
    keeps = life.role_in(studio, request.user) is not None
    hand = _hand(request.user, activities) if keeps else set()
    context = {
        "studio": studio,
        "seats": studio.seats.order_by("kind", "pk"),
        "plans": studio.plans.order_by("-year", "pk")[:3],
        "activities": [
            (row, keeps and not life.against_releasing(row, by=request.user, hand=hand))
            for row in activities
        ],
        "norm": norm,
        "points": points,
        "met": sum(bool(point.mark and point.mark.is_met) for point in points),
        "keeps": keeps,
    }
    return render(request, "portal/studio_life.html", context)


def _hand(user, activities: list[StudioActivity]) -> set[int]:
    """Who counts as the same person for all of those that wait: one query, or none."""
    waiting = [row.held_on for row in activities if row.released_by_id is None]
    return same_hand(user, since=min(waiting)) if waiting else set()


@both
@mine(*IN_STUDIOS)
def plan(request, pk: int) -> HttpResponse:
    studio = kept_or_404(request, pk)
    typed = request.POST.get("year", "")
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else timezone.localdate().year
    with one_writer(studio, writes=request.method == "POST"):
        kept = StudioPlan.objects.filter(studio=studio, year=year).first()
        form = PlanForm(_sent(request), initial={"year": year, "text": kept.text if kept else ""})

        def save() -> None:
            life.save_plan(studio, by=request.user, **form.cleaned_data)

        return _answer(request, studio, form, save, title=_("Yearly plan"))


@both
@mine(*IN_STUDIOS)
def activity(request, pk: int) -> HttpResponse:
    studio = kept_or_404(request, pk)
    form = ActivityForm(_sent(request), members=members_of_studios([studio.pk]))

    def save() -> None:
        life.record_activity(studio, by=request.user, **form.cleaned_data)

    return _answer(request, studio, form, save, title=_("Record an activity"))


@require_POST
@mine(*IN_STUDIOS)
def release(request, pk: int) -> HttpResponse:
    rows = StudioActivity.objects.select_related("studio__committee")
    found = get_object_or_404(rows, pk=pk)
    kept_or_404(request, found.studio_id)
    try:
        life.release_activity(found, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(map(str, refused.reasons)))
    else:
        messages.success(request, _("The activity is released."))
    return redirect("my:studio_life", pk=found.studio_id)


@both
@mine(*IN_STUDIOS)
def checklist(request, pk: int) -> HttpResponse:
    studio = kept_or_404(request, pk)
    with one_writer(studio, writes=request.method == "POST"):
        norm, points = points_of(studio)
        if norm is None:
            raise Http404
        form = ChecklistForm(_sent(request), points=points)

        def save() -> None:
            life.mark_points(studio, by=request.user, rows=form.rows())

        return _answer(request, studio, form, save, title=norm.title, norm=norm)


def _sent(request):
    return request.POST if request.method == "POST" else None


def _answer(request, studio: Studio, form, save, **words) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            save()
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("Saved."))
            return redirect("my:studio_life", pk=studio.pk)
    context = {"form": form, "studio": studio, **words}
    return render(request, "portal/studio_form.html", context)
