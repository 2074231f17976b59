"""The audit log, for the audit administrator alone: his region and below, the newest first."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees import audit
from committees.admin.access import ReadOnly, reach
from committees.models import AuditEntry, Role
from committees.models.regions import at_or_below
from consultations.admin.filters import Choice
from consultations.admin.paging import BoundedPaginator

WHOLE_SITE = 2  # the length of the code of a province: its auditor reads what has no region too


class KindFilter(Choice):
    title, parameter_name, column = _("what happened"), "kind", "kind"

    def lookups(self, request, model_admin):
        return AuditEntry.Kind.choices


class AuditEntryAdmin(ReadOnly):
    """Read, never changed; reading it is no business of those it tells of."""

    seen_by = (Role.AUDIT_ADMIN,)
    list_display = ["moment", "kind", "actor", "role", "address", "about", "facts_shown"]
    list_filter = [KindFilter]
    list_select_related = ["actor"]
    list_display_links = None
    search_fields = ["actor__username", "about__startswith"]
    search_help_text = _("A user name, or a record such as case:12.")
    date_hierarchy = None
    ordering = ["-at", "-pk"]
    paginator = BoundedPaginator

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        codes = reach(request, self.seen_by)
        if codes is None:
            return rows
        own = at_or_below(codes)
        if any(len(code) <= WHOLE_SITE for code in codes):
            own |= Q(region="")
        return rows.filter(own)

    @admin.display(description=_("at"))
    def moment(self, entry):
        return entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")

    @admin.display(description=_("facts"))
    def facts_shown(self, entry):
        return "；".join(f"{name}={value}" for name, value in audit.facts_of(entry).items()) or "—"
