"""Members with their seats, and handling units with the history of their contacts."""

from committees.admin.access import Lines, Scoped
from committees.admin.places import KEEPERS
from committees.models import Role, Seat, UnitContact


class SeatLines(Lines):
    model = Seat
    kept_by = KEEPERS
    fields = ["committee", "sector", "term", "position", "began", "valid_from", "ended",
              "valid_until"]  # fmt: skip


class MemberAdmin(Scoped):
    kept_by = KEEPERS
    list_display = ["name", "pinyin", "user", "origin"]
    list_select_related = ["user"]
    search_fields = ["name", "pinyin__startswith"]
    exclude = ["mobile"]
    readonly_fields = ["origin", "citation"]
    ordering = ["pinyin", "pk"]
    inlines = [SeatLines]


class ContactLines(Lines):
    model = UnitContact
    kept_by = (*KEEPERS, Role.DISPATCH_OFFICE, Role.LIAISON)


class HandlingUnitAdmin(Scoped):
    kept_by = (*KEEPERS, Role.DISPATCH_OFFICE)
    region_path = "region"
    list_display = ["name", "kind", "region", "parent", "remit", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["region", "parent"]
    search_fields = ["name", "remit", "region__pinyin__startswith"]
    fields = ["name", "code", "kind", "region", "parent", "remit", "is_active", "origin",
              "citation"]  # fmt: skip
    readonly_fields = ["origin", "citation"]
    ordering = ["region", "name", "pk"]
    inlines = [ContactLines]
