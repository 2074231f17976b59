"""Members with their seats, and handling units with the history of their contacts."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.admin.access import Lines, Scoped, grants_held, reach
from committees.admin.phones import MaskedMobile
from committees.admin.places import KEEPERS
from committees.admin.tools import from_table, tool
from committees.models import Member, Role, Seat, StudioSeat, UnitContact
from committees.models.regions import at_or_below
from committees.selectors.member_seats import (
    duty_readers,
    is_seated_within,
    members_of_county,
    offices_of,
)


class SeatLines(Lines):
    """Of somebody who sits at two levels, each keeps its own seats."""

    model = Seat
    kept_by = KEEPERS
    region_path = "committee__region"
    fields = ["committee", "sector", "term", "position", "began", "valid_from", "ended",
              "valid_until", "ended_reason"]  # fmt: skip


class MemberAdmin(MaskedMobile, Scoped):
    """A member belongs to the places of his seats; until the first one, to nobody yet."""

    clear_kind = "member"
    kept_by = KEEPERS
    list_display = ["name", "pinyin", "user", "origin"]
    list_select_related = ["user"]
    search_fields = ["name", "pinyin__startswith"]
    fields = ["name", "pinyin", "user", "mobile_shown", "mobile", "origin", "citation"]
    readonly_fields = ["mobile_shown", "origin", "citation"]
    ordering = ["pinyin", "pk"]
    inlines = [SeatLines]

    def rows_within(self, codes):
        """Who sits on a committee or in a studio of these places, and who sits nowhere yet."""
        here = Seat.objects.filter(at_or_below(codes, path="committee__region")).values("member")
        studios = StudioSeat.objects.filter(at_or_below(codes, path="studio__committee__region"))
        somewhere = Q(seats__isnull=False) | Q(studio_seats__isnull=False)
        nowhere = Member.objects.exclude(somewhere).values("pk")
        return Q(pk__in=here) | Q(pk__in=studios.values("member")) | Q(pk__in=nowhere)

    def _reaches(self, request, obj) -> bool:
        """An office keeps the members of its own places; nobody's yet may be given a seat."""
        codes = reach(request, self.kept_by)
        if obj is None or codes is None:
            return True
        return is_seated_within(obj, codes)

    def tools(self, request):
        held = grants_held(request)
        offered = [
            (any(duty_readers(held)), tool(_("Attendance of members"), "member_attendance")),
            (any(offices_of(held)), tool(_("Changes of members"), "member_changes")),
            (self.has_add_permission(request), from_table("members")),
        ]
        return [one for is_offered, one in offered if is_offered]

    def render_change_form(self, request, context, *args, **kwargs):
        """The way to what only the own county's office, or the own studio, may open."""
        member, held = context.get("original"), grants_held(request)
        counties, studios = duty_readers(held)
        context["keeps_profile"] = member and members_of_county(counties).filter(pk=member.pk)
        seated = member and member.studio_seats.filter(studio__in=studios)
        context["reads_duty"] = context["keeps_profile"] or seated
        return super().render_change_form(request, context, *args, **kwargs)


class ContactLines(MaskedMobile, Lines):
    clear_kind = "contact"
    model = UnitContact
    fields = ["name", "post", "office_phone", "mobile_shown", "mobile", "valid_from",
              "valid_until"]  # fmt: skip
    readonly_fields = ["mobile_shown"]
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

    def tools(self, request):
        tables = [from_table("units"), from_table("remits", _("Remits from a spreadsheet"))]
        return tables if self.has_add_permission(request) else []
