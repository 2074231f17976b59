"""One case, one task: what happened, and the steps that are mine."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from committees.admin.access import grants_held
from consultations.offers import actions_for, next_by_others, steps_of
from consultations.permissions import entries_for, sees_inside
from consultations.portal.access import case_or_404, mine, task_or_404
from consultations.portal.lines import APPROVALS, VERDICTS
from consultations.selectors import record
from consultations.selectors.clear import phones_of
from consultations.selectors.clocks import clocks_of
from consultations.selectors.joint import joint_handling
from consultations.selectors.lights import lights_now
from consultations.selectors.photos import MOST, photos_for, photos_of_task
from consultations.selectors.timeline import lines, timeline
from consultations.selectors.urgings import urgings_of
from consultations.selectors.wording import names_once
from consultations.services import handover_letters


@require_safe
@mine()
def case(request, pk: int) -> HttpResponse:
    found = case_or_404(request, pk)
    grants = grants_held(request)
    inside = sees_inside(request.user, found, grants=grants)
    names = names_once(request)
    steps = partial(steps_of, request.user, grants=grants)
    every = actions_for(request.user, found)
    offers = _own(every)
    context = {
        "case": found,
        "inside": inside,
        "approval": any(offer.row.action in APPROVALS for offer in offers),
        "steps": _without(offers, APPROVALS),
        "entries": entries_for(request.user, found, grants=grants),
        "awaited": next_by_others(request.user, found, every, grants=grants) if inside else [],
        "items": record.item_lines(found, grants=grants, inside=inside, steps=steps),
        "meetings": _meetings(found) if inside else [],
        "visits": list(found.visits.order_by("visited_on", "pk")) if inside else [],
        "timeline": timeline(found, public=not inside, names=names),
        "photos": list(photos_for(request.user, found, grants=grants, inside=inside)[:MOST]),
    }
    return render(request, "portal/case.html", context)


@require_safe
@mine()
def task(request, pk: int) -> HttpResponse:
    found = task_or_404(request, pk)
    if request.method == "GET":
        handover_letters.seen(found, by=request.user)
    inside = sees_inside(request.user, found.case, grants=grants_held(request))
    events = found.events.told().select_related("actor", "task__unit", "citation__report")
    offers, lights = _own(actions_for(request.user, found)), lights_now()
    context = {
        "today": timezone.localdate(),
        "task": found,
        "case": found.case,
        "inside": inside,
        "light": lights.of_task(found, case=found.case),
        "talk_by": lights.talk_by(found, case=found.case),
        "clock": clocks_of([found])[found.pk],
        "joint": joint_handling(found),
        "urgings": urgings_of(found, user=request.user, grants=grants_held(request), sent=True),
        "photos": photos_of_task(found),
        "verify": any(offer.row.action in VERDICTS for offer in offers),
        "steps": _without(offers, VERDICTS),
        "phones": phones_of(found, grants=grants_held(request)),
        "progress": found.progress.select_related("written_by").order_by("-written_at", "-pk"),
        "replies": found.replies.select_related("drafted_by", "signed_by").order_by("-pk"),
        "timeline": lines(events.order_by("at", "pk"), case=found.case, names=names_once(request)),
    }
    return render(request, "portal/task.html", context)


def _meetings(case):
    return list(case.meetings.select_related("room").order_by("round", "pk"))


def _own(offers):
    """What is open first; what is not yet possible stands below with its reasons. What is
    somebody else's is told as such."""
    mine = [offer for offer in offers if not offer.is_elses]
    return sorted(mine, key=lambda offer: (not offer.is_open, offer.row.severe))


def _without(offers, actions):
    """The steps that have no page of their own."""
    return [offer for offer in offers if offer.row.action not in actions]
