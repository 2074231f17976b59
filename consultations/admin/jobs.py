"""The runs of periodic commands, for whoever keeps the installation running."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.admin.access import ReadOnly
from committees.models import Role
from consultations.admin.paging import BoundedPaginator
from consultations.selectors import jobs

SEEN_BY = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)


class JobRunAdmin(ReadOnly):
    """How each run ended, the latest first."""

    seen_by = SEEN_BY
    list_display = ["name", "started_at", "lasted", "state", "changes", "error"]
    ordering = ["-started_at", "-pk"]
    paginator = BoundedPaginator
    list_display_links = None

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"note": daily_note()} | (extra_context or {}))

    @admin.display(description=gettext_lazy("lasted (seconds)"))
    def lasted(self, run):
        return round((run.ended_at - run.started_at).total_seconds(), 1) if run.ended_at else "—"

    @admin.display(description=gettext_lazy("state"))
    def state(self, run):
        state = jobs.state_of(run)
        return format_html('<span class="badge badge--job-{}">{}</span>', state.value, state.label)


def daily_note() -> dict[str, object]:
    """One sentence on the daily command, and whether it should worry anybody."""
    found = jobs.daily()
    if found.last_done is None:
        text = _("The daily command has never ended well: have the server run it once a day.")
        return {"text": text, "is_late": True}
    when = date_format(timezone.localtime(found.last_done), "DATETIME_FORMAT")
    if found.is_late:
        text = _("The daily command last ended well on %s, which is more than a day ago.") % when
    else:
        text = _("The daily command last ended well on %s.") % when
    return {"text": text, "is_late": found.is_late}
