"""The audit trail: who did what, when, as whom. It is read, narrowed, and never changed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.admin.access import STAFF, ReadOnly, grants_held
from committees.models import Role
from consultations.admin.access import page
from consultations.forms.trail import TrailForm
from consultations.selectors.trail import Trail, trail

READERS = (*STAFF, Role.AUDIT_ADMIN)
NOTHING = Trail([], "", "")


class EventAdmin(ReadOnly):
    """Registered for its place in the menu; the list is a page of its own, and no line has one."""

    seen_by = READERS

    def get_queryset(self, request):
        return super().get_queryset(request).none()

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        return trail_page(request)


@require_safe
def trail_page(request) -> HttpResponse:
    form = TrailForm(request.GET if request.GET else {})
    found = NOTHING
    if form.is_valid():
        grants = [grant for grant in grants_held(request) if grant.role in READERS]
        found = trail(grants, form.cleaned_data, request.GET)
    asked = {name: value for name in form.fields if (value := request.GET.get(name, ""))}
    audits = any(grant.role == Role.AUDIT_ADMIN for grant in grants_held(request))
    context = {
        "title": _("Audit trail"),
        "form": form,
        "trail": found,
        "asked": asked,
        "audits": audits,
        "older": urlencode({**asked, "after": found.older}) if found.older else "",
        "newer": urlencode({**asked, "before": found.newer}) if found.newer else "",
    }
    return page(request, "trail.html", context)
