"""The record of one meeting, on one page, saved together."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.admin.access import back, case_url, page, tell_of_change
from consultations.admin.edit import editable_or_404
from consultations.forms.grid import with_more
from consultations.forms.minutes import SPEAKERS, MinutesForm
from consultations.forms.pasting import fill_people
from consultations.models import Meeting
from consultations.services import minutes
from consultations.services.items import WRITABLE
from consultations.workflow.engine import Refused


@require_http_methods(["GET", "POST"])
def meeting_record(request, pk: int, meeting_pk: int) -> HttpResponse:
    case = editable_or_404(request, pk)
    meetings = case.meetings.exclude(status=Meeting.Status.CANCELLED)
    meeting = get_object_or_404(meetings.select_related("room", "case__region"), pk=meeting_pk)
    data, errors = _data(request)
    form = MinutesForm(meeting, data, version=case.version)
    if data is not None and "save" in request.POST and form.is_valid():
        try:
            minutes.save_record(meeting, by=request.user, **form.parts())
        except Refused as refused:
            case.refresh_from_db()
            errors = tell_of_change(refused, case)
            again = data.copy()
            again["version"] = str(case.version)
            form = MinutesForm(meeting, again, version=case.version)
        else:
            return back(request, case_url(case, section="meetings"), _("The record is saved."))
    context = {"title": _("Record of the meeting"), "form": form, "case": case,
               "meeting": meeting, "errors": errors, "speakers": SPEAKERS,
               "pasted": request.POST.get("pasted", "") if errors else "",
               "items_open": case.stage in WRITABLE, "back": case_url(case)}  # fmt: skip
    return page(request, "case/minutes.html", context)


def _data(request):
    """What was sent, with the rows that were asked for or pasted, and what was wrong in these."""
    if request.method != "POST":
        return None, []
    if "more" in request.POST:
        return with_more(request.POST, request.POST["more"]), []
    if "paste" not in request.POST:
        return request.POST, []
    try:
        return fill_people(request.POST, request.POST.get("pasted", "")), []
    except ValidationError as broken:
        return request.POST, broken.messages
