"""Activities of studios in the lists of the office, and the studios that sleep."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from committees.admin.access import OFFICES, Scoped, grants_held
from committees.grants import is_from_above
from committees.models import Role
from consultations.admin.access import page
from consultations.selectors.studio_life import SLEEPING, sleeping_studios
from consultations.services.studio_life import release_activity
from consultations.workflow.engine import Refused


class StudioActivityAdmin(Scoped):
    """Whoever changes the words becomes their writer, and a second person releases them anew."""

    kept_by = OFFICES
    region_path = "studio__committee__region"
    list_display = ["title", "studio", "held_on", "kind", "recorded_by", "released_by"]
    list_select_related = ["studio__committee", "recorded_by", "released_by"]
    list_filter = ["kind"]
    search_fields = ["title", "studio__name"]
    fields = ["studio", "held_on", "kind", "title", "summary", "head_count"]
    ordering = ["-held_on", "-pk"]
    actions = ["release"]

    def save_model(self, request, obj, form, change):
        obj.recorded_by, obj.released_by = request.user, None
        super().save_model(request, obj, form, change)

    @admin.action(description=gettext_lazy("Release the activities"), permissions=["change"])
    def release(self, request, rows):
        """One after the other, each with its own reasons."""
        for activity in rows.select_related("studio__committee"):
            try:
                release_activity(activity, by=request.user)
            except Refused as refused:
                told = " ".join(map(str, refused.reasons))
                messages.error(request, f"{activity}：{told}")
            else:
                messages.success(request, _("Released: %s.") % activity)


@require_safe
def sleeping(request) -> HttpResponse:
    """Studios of the own county in which nothing happened for 180 days; for its office only."""
    codes = [
        grant.region_id
        for grant in grants_held(request)
        if grant.role == Role.COUNTY_OFFICE and not is_from_above(grant)
    ]
    if not codes:
        raise Http404
    context = {"title": _("Studios that sleep"), "studios": sleeping_studios(codes)[:SLEEPING]}
    return page(request, "studio/sleeping.html", context)
