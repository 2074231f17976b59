"""The start page: what waits for me, most urgent first; one tap where a step asks for nothing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from committees.admin.access import grants_held, roles_held
from committees.models import Role
from committees.signin.landing import has_desk
from consultations.models import Case, Task
from consultations.portal.access import grants_as, mine
from consultations.portal.lines import Line, facts_for, line_of
from consultations.portal.views.members import member_blocks
from consultations.selectors.card_facts import Facts
from consultations.selectors.notices import unread_words
from consultations.selectors.todo import todo_for
from consultations.selectors.todo_rows import Matter
from consultations.selectors.unit_tasks import Box
from consultations.selectors.urgings import slips_to_answer
from consultations.web.guides import next_guide

SLIPS = 10


@require_safe
@mine()
def home(request) -> HttpResponse:
    grants = grants_held(request)
    labels = dict(Role.choices)
    units = {g.unit_id: g.unit for g in grants if g.unit_id}
    context = {
        "guide": next_guide(request.user, roles=roles_held(request)),
        "blocks": list(_blocks(request)),
        "slips": list(slips_to_answer(request.user, grants=grants)[:SLIPS]) if units else [],
        "mine": member_blocks(request),
        "roles": [labels[role] for role in sorted({grant.role for grant in grants})],
        "studios": list({g.studio_id: g.studio for g in grants if g.studio_id}.values()),
        "has_village": bool(grants_as(request, Role.VILLAGE_CLERK)),
        "has_desk": has_desk(grants),
        "boxes": Box.choices if units else [],
        "unread_notices": unread_words(request.user),
        "units": list(units.values()),
    }
    return render(request, "portal/home.html", context)


def _blocks(request):
    groups = todo_for(request.user, grants=grants_held(request))
    facts = facts_for(
        request, [row for group in groups for row in group.rows if isinstance(row, Task)]
    )
    for group in groups:
        matters = [m for m in group.matters if isinstance(m.row, Case | Task)]
        if matters:
            yield {"group": group, "lines": [_line(request, m, facts) for m in matters]}


def _line(request, matter: Matter, facts: dict[int, Facts]) -> Line:
    known = facts[matter.row.pk] if isinstance(matter.row, Task) else None
    return line_of(request, matter.row, marks=matter.marks, facts=known)
