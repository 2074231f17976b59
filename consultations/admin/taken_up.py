"""What was handed over and nobody has signed for, for those who hand over."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.admin.access import grants_held, roles_held
from consultations.admin.access import page
from consultations.selectors import taken_up
from consultations.workflow.tasks import DISPATCHERS


@require_safe
def not_taken_up(request) -> HttpResponse:
    if not roles_held(request) & set(DISPATCHERS):
        raise Http404
    rows = taken_up.not_taken_up(request.user, request.GET, grants=grants_held(request))
    until, today = taken_up.sign_by(rows), timezone.localdate()
    lines = []
    for task in rows:
        handed, day = next(iter(task.open_handovers), None), until[task.pk]
        lines.append((task, handed, day, bool(day and day < today)))
    context = {"title": _("Not signed for yet"), "lines": lines, "page": rows}
    return page(request, "task/not_taken_up.html", context)
