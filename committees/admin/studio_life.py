"""Plans, norms, groups and weights: kept by the offices, each for its own region and below."""

from committees.admin.access import OFFICES, Lines, Scoped, reach
from committees.models import ChecklistLine, DutyRule, GroupMembership, Role
from committees.models.regions import at_or_below


class StudioPlanAdmin(Scoped):
    kept_by = OFFICES
    region_path = "studio__committee__region"
    list_display = ["studio", "year"]
    list_select_related = ["studio__committee"]
    search_fields = ["studio__name"]
    ordering = ["-year", "studio", "pk"]


class PointLines(Lines):
    model = ChecklistLine
    kept_by = OFFICES


class ChecklistAdmin(Scoped):
    """The norms; one that ships as an example says so until the office has written its own."""

    kept_by = OFFICES
    region_path = "region"
    list_display = ["title", "of", "region", "valid_from", "is_example"]
    list_select_related = ["region"]
    ordering = ["region", "of", "-valid_from", "pk"]
    inlines = [PointLines]


class ChecklistMarkAdmin(Scoped):
    """What was found, of studios and of rooms."""

    seen_by = OFFICES
    kept_by = OFFICES
    list_display = ["line", "studio", "room", "is_met", "marked_on"]
    list_select_related = ["line", "studio", "room"]
    list_filter = ["is_met"]
    ordering = ["-marked_on", "pk"]

    def get_queryset(self, request):
        rows, codes = super().get_queryset(request), reach(request, self.kept_by)
        if codes is None:
            return rows
        return rows.filter(
            at_or_below(codes, path="studio__committee__region")
            | at_or_below(codes, path="room__committee__region")
        )

    def region_of(self, obj) -> str:
        return (obj.studio or obj.room).committee.region_id

    def save_model(self, request, obj, form, change):
        obj.marked_by = request.user
        super().save_model(request, obj, form, change)


class MembershipLines(Lines):
    model = GroupMembership
    kept_by = OFFICES


class MemberGroupAdmin(Scoped):
    kept_by = OFFICES
    region_path = "committee__region"
    list_display = ["name", "kind", "committee", "formed_on", "ended_on"]
    list_select_related = ["committee"]
    list_filter = ["kind"]
    search_fields = ["name"]
    ordering = ["committee", "name", "pk"]
    inlines = [MembershipLines]


class RuleLines(Lines):
    model = DutyRule
    kept_by = (Role.COUNTY_OFFICE,)


class DutySchemeAdmin(Scoped):
    """The weights of a county; nobody else than its own office sees or keeps them here."""

    seen_by = (Role.COUNTY_OFFICE,)
    kept_by = (Role.COUNTY_OFFICE,)
    region_path = "region"
    list_display = ["title", "region", "base", "cap", "valid_from"]
    list_select_related = ["region"]
    ordering = ["region", "-valid_from", "pk"]
    inlines = [RuleLines]
