"""The page 历史 of a record whose versions are kept; of a unit also who was its contact, and when."""

from __future__ import annotations

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from committees.models import HandlingUnit
from committees.selectors.histories import history_of


def history_page(list_admin, request, object_id):
    """Drawn for whoever may see the row in its list; other rows do not exist."""
    record = list_admin.get_object(request, object_id)
    if record is None or not list_admin.has_view_permission(request, record):
        raise Http404
    site = list_admin.admin_site
    context = {
        **site.each_context(request),
        "title": _("History: %s") % record,
        "opts": list_admin.opts,
        "record": record,
        "changes": history_of(record),
        "contacts": _contacts(record),
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/record_history.html", context)


def _contacts(record) -> list:
    """The newest first; whoever has no beginning on record comes last."""
    if not isinstance(record, HandlingUnit):
        return []
    rows = record.contacts.order_by("pk")
    return sorted(rows, key=lambda row: str(row.valid_from or ""), reverse=True)
