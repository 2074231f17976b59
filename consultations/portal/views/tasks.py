"""The tasks of my unit: newly handed over, in hand, due soon, late; the steps stand on each card."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from committees.admin.access import grants_held
from committees.models import Role
from consultations.models import Task
from consultations.portal.access import mine
from consultations.portal.lines import facts_for, line_of
from consultations.selectors.clocks import clocks_of
from consultations.selectors.keyset import page_of
from consultations.selectors.lights import Lights, lights_now
from consultations.selectors.unit_tasks import ORDERS, Box, unit_tasks

ON_A_PAGE = 20


@require_safe
@mine(Role.UNIT_OFFICER, Role.UNIT_LEADER)
def tasks(request) -> HttpResponse:
    box = request.GET.get("box", Box.NEW)
    if box not in Box.values:
        raise Http404
    rows = unit_tasks(request.user, box, grants=grants_held(request))
    page = page_of(rows, request.GET, size=ON_A_PAGE, order=ORDERS[box])
    lights = lights_now()
    clocks, facts = clocks_of(list(page)), facts_for(request, page)
    context = {
        "box": box,
        "boxes": Box.choices,
        "title": Box(box).label,
        "is_late": box == Box.LATE,
        "lines": [
            line_of(
                request,
                task,
                marks=_marks(task, lights),
                clock=clocks[task.pk],
                facts=facts[task.pk],
            )
            for task in page
        ],
        "page": page,
    }
    return render(request, "portal/tasks.html", context)


def _marks(task: Task, lights: Lights) -> list[str]:
    """By when the unit talks with who raised the matter, while it has not."""
    day = lights.talk_by(task, case=task.case)
    return [gettext("first talk by %s") % f"{day:%m-%d}"] if day else []
