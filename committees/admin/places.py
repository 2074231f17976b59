"""Regions, committees, studios, rooms: read by all staff, kept by the administrator and offices."""

from django.utils.translation import gettext_lazy as _

from committees.admin.access import STAFF, Lines, ReadOnly, Scoped, grants_held
from committees.admin.tools import tool
from committees.grants import KEEPERS
from committees.models import Role, StudioSeat
from committees.selectors.member_seats import offices_of

EVERYBODY = (*STAFF, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


class RegionAdmin(ReadOnly):
    seen_by = EVERYBODY
    list_display = ["name", "code", "level", "parent", "is_demo"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["name", "pinyin__startswith", "initials__startswith", "code__startswith"]
    ordering = ["code"]


class CommitteeAdmin(Scoped):
    seen_by = EVERYBODY
    region_path = "region"
    list_display = ["short_name", "name", "region", "parent", "is_demo"]
    list_select_related = ["region", "parent"]
    search_fields = ["name", "short_name", "region__pinyin__startswith"]
    ordering = ["region", "pk"]


class SpecialCommitteeAdmin(Scoped):
    kept_by = KEEPERS
    region_path = "committee__region"
    list_display = ["name", "committee"]
    list_select_related = ["committee"]
    search_fields = ["name"]
    fields = ["committee", "name"]
    ordering = ["committee", "name", "pk"]


class SectorAdmin(Scoped):
    seen_by = EVERYBODY
    list_display = ["name", "code", "order"]
    ordering = ["order", "code"]


class StudioSeatLines(Lines):
    model = StudioSeat
    kept_by = KEEPERS
    fields = ["kind", "name", "post", "member", "valid_from", "valid_until"]


class StudioAdmin(Scoped):
    kept_by = KEEPERS
    region_path = "committee__region"
    list_display = ["name", "kind", "region", "committee", "phone", "origin"]
    list_filter = ["kind", "origin"]
    list_select_related = ["region", "committee"]
    search_fields = ["name", "region__pinyin__startswith", "region__initials__startswith"]
    readonly_fields = ["origin", "citation"]
    ordering = ["committee", "name", "pk"]
    inlines = [StudioSeatLines]
    fieldsets = [
        (None, {"fields": ["name", "code", "kind", "committee", "region"]}),
        (_("What it does"), {"fields": ["sector", "special_committee", "description"]}),
        (_("Where and when"), {"fields": ["address", "opening_hours", "phone"]}),
        (_("Since when, and from where"), {"fields": ["opened_on", "closed_on", "origin",
                                                      "citation"]}),
    ]  # fmt: skip

    def tools(self, request):
        is_office = bool(offices_of(grants_held(request)))
        return [tool(_("Studios that sleep"), "sleeping_studios")] if is_office else []


class RoomAdmin(Scoped):
    kept_by = KEEPERS
    region_path = "committee__region"
    list_display = ["name", "kind", "region", "studio", "origin"]
    list_filter = ["kind", "origin"]
    list_select_related = ["region", "studio"]
    search_fields = ["name", "region__pinyin__startswith", "region__initials__startswith"]
    fields = ["name", "code", "kind", "committee", "region", "studio", "address", "description",
              "opened_on", "closed_on", "origin", "citation"]  # fmt: skip
    readonly_fields = ["origin", "citation"]
    ordering = ["committee", "name", "pk"]
