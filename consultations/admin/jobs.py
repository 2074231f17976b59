"""The runs of periodic commands, for whoever keeps the installation running."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.admin.access import ReadOnly
from committees.models import Role
from consultations.admin.paging import BoundedPaginator
from consultations.selectors import jobs
from consultations.templatetags.dates import moment

SEEN_BY = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)


class JobRunAdmin(ReadOnly):
    """How each run ended, the latest first."""

    seen_by = SEEN_BY
    list_display = ["name", "started", "lasted", "state", "changes", "error"]
    ordering = ["-started_at", "-pk"]
    paginator = BoundedPaginator
    list_display_links = None

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"note": daily_note()} | (extra_context or {}))

    @admin.display(description=gettext_lazy("started"))
    def started(self, run):
        return moment(run.started_at)

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
    elif found.is_late:
        text = _("The daily command last ended well on %s, which is more than a day ago.") % moment(
            found.last_done
        )
    else:
        text = _("The daily command last ended well on %s.") % moment(found.last_done)
    return {"text": text, "is_late": found.is_late}
