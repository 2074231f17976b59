"""Field by field: what was changed in a record, and two versions of it side by side."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.admin.access import grants_held
from consultations.admin.access import case_or_404, case_url, key_or_404, page
from consultations.models import Case
from consultations.permissions import sees_inside
from consultations.selectors import changes as selector

LONGEST_KEY = 18


@require_safe
def case_changes(request, object_id) -> HttpResponse:
    case = case_or_404(request, key_or_404(object_id))
    if not sees_inside(request.user, case, grants=grants_held(request)):
        raise Http404
    fields = selector.field_choices()
    part = _known(request.GET.get("part", ""), selector.PARTS)
    field = _known(request.GET.get("field", ""), dict(fields))
    found = selector.versions(case)
    context = {
        "title": _("Changes of the record"),
        "case": case,
        "back": case_url(case),
        "parts": [(key, label) for key, (label, _model, _path) in selector.PARTS.items()],
        "fields": fields,
        "part": part,
        "field": field,
        "changes": selector.changes(case, part=part, field=field),
        "versions": found,
        **_compared(request, case),
    }
    return page(request, "case/changes.html", context)


def _known(text: str, known) -> str:
    return text if text in known else ""


def _compared(request, case: Case) -> dict:
    old, new = (_key(request.GET.get(name, "")) for name in ("old", "new"))
    rows = selector.compared(case, old, new) if old and new else []
    return {"old": old, "new": new, "compared": rows}


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0
