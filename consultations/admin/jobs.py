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


class QueuedState(admin.SimpleListFilter):
    """How a job stands, in our words."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return jobs.QueueState.choices

    def queryset(self, request, rows):
        return rows.filter(status=self.value().upper()) if self.value() else rows


class QueuedJobAdmin(ReadOnly):
    """What waits for the worker, what it has in hand, what it did and what failed."""

    seen_by = SEEN_BY
    list_display = ["name", "stands", "enqueued_at", "started_at", "finished_at", "starts", "error"]
    list_filter = [QueuedState]
    ordering = ["-enqueued_at", "-pk"]
    paginator = BoundedPaginator
    list_display_links = None

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"note": worker_note()} | (extra_context or {}))

    @admin.display(description=gettext_lazy("job"))
    def name(self, job):
        return job.task_path.rpartition(".")[2]

    @admin.display(description=gettext_lazy("state"))
    def stands(self, job):
        state = jobs.QueueState(job.status.lower())
        return format_html('<span class="badge badge--job-{}">{}</span>', state.value, state.label)

    @admin.display(description=gettext_lazy("starts"))
    def starts(self, job):
        return len(job.worker_ids)

    @admin.display(description=gettext_lazy("error"))
    def error(self, job):
        """Its kind alone: the words of an error may name somebody."""
        return job.exception_class_path.rpartition(".")[2] or "—"


def worker_note() -> dict[str, object]:
    """One sentence on the worker, and whether it should worry anybody."""
    waits = jobs.worker()
    if waits.is_late:
        text = _("Jobs have been waiting for %s minutes: have the server run db_worker.")
        return {"text": text % waits.minutes, "is_late": True}
    seen = jobs.last_finished()
    if seen is None:
        return {"text": _("No worker has been seen yet."), "is_late": False}
    when = date_format(timezone.localtime(seen), "DATETIME_FORMAT")
    return {"text": _("The worker last finished a job on %s.") % when, "is_late": False}


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
