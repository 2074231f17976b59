"""Field by field: what was changed in a record."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from committees.admin.access import grants_held
from consultations.admin.access import case_or_404, case_url, key_or_404, page
from consultations.permissions import sees_inside
from consultations.selectors.changes import changes


def case_changes(request, object_id) -> HttpResponse:
    case = case_or_404(request, key_or_404(object_id))
    if not sees_inside(request.user, case, grants=grants_held(request)):
        raise Http404
    context = {"title": _("Changes of fields"), "case": case, "changes": changes(case),
               "back": case_url(case)}  # fmt: skip
    return page(request, "case/changes.html", context)
