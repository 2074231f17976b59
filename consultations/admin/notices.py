"""The inbox on the staff site: the same notices as on `/my/`, leading to the records here."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees.admin.access import grants_held
from consultations.admin.access import case_url, does_business, page, task_url
from consultations.models import Task
from consultations.selectors import notices as shown
from consultations.services import notices


def _own(view):
    """Only for those who have a part in cases: nobody else is told of anything."""

    def guarded(request, *args, **kwargs):
        if not does_business(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@_own
def inbox(request) -> HttpResponse:
    context = {
        "title": _("Notices"),
        "box": shown.inbox(request.user, request.GET, grants=grants_held(request)),
        "unread": shown.unread_words(request.user),
    }
    return page(request, "notices.html", context)


@require_POST
@_own
def open_one(request, pk: int) -> HttpResponse:
    """Read, and on to what it tells of."""
    line = shown.own_notice(request.user, pk, grants=grants_held(request))
    if line is None:
        raise Http404
    notices.mark_read(request.user, only=pk)
    if line.record is None:
        return redirect("admin:notices")
    return redirect(
        task_url(line.record) if isinstance(line.record, Task) else case_url(line.record)
    )


@require_POST
@_own
def read_all(request) -> HttpResponse:
    notices.mark_read(request.user)
    messages.success(request, _("All notices are read."))
    return redirect("admin:notices")
