"""The record of one meeting, on one page, saved together; once it was concluded, a correction.

A file chosen on the page is kept whatever button is pressed: a browser does not send it twice.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.admin.access import back, case_url, page, refuse
from consultations.admin.edit import editable_or_404
from consultations.forms.after import AttachmentForm
from consultations.forms.grid import with_more
from consultations.forms.minutes import SPEAKERS, MinutesForm
from consultations.forms.pasting import fill_people, not_placed, waits
from consultations.forms.seen import reasons_of
from consultations.models import Meeting
from consultations.services import corrections, minutes, records
from consultations.services.items import WRITABLE
from consultations.workflow.engine import Refused

FILE = "f"  # the boxes of the one file on the page


@require_http_methods(["GET", "POST"])
def meeting_record(request, pk: int, meeting_pk: int) -> HttpResponse:
    case = editable_or_404(request, pk)
    meetings = case.meetings.exclude(status=Meeting.Status.CANCELLED)
    meeting = get_object_or_404(meetings.select_related("room", "case__region"), pk=meeting_pk)
    data, errors = _data(request)
    form = MinutesForm(meeting, data, version=case.version)
    file = _keep_file(request, meeting)
    if data is not None and "save" in request.POST and file.errors:
        errors = [_("The record is not saved yet: look at the file below.")]
    elif "save" in request.POST and waits(request.POST):
        form.is_valid()
        errors = [not_placed()]
    elif data is not None and "save" in request.POST and form.is_valid():
        save = corrections.correct_record if form.corrects else minutes.save_record
        try:
            save(meeting, by=request.user, **form.parts())
        except Refused as refused:
            case.refresh_from_db()
            meeting.refresh_from_db()  # it may have been concluded meanwhile
            errors = reasons_of(refused, case)
            again = data.copy()
            again["version"] = str(case.version)
            form = MinutesForm(meeting, again, version=case.version)
        else:
            told = _("The correction is saved.") if form.corrects else _("The record is saved.")
            return back(request, case_url(case, section="meetings"), told)
    title = _("Correct the record of the meeting") if form.corrects else _("Record of the meeting")
    context = {"title": title, "form": form, "case": case,
               "meeting": meeting, "errors": errors, "speakers": SPEAKERS,
               "pasted": _left(request, errors), "file": file,
               "kept": list(meeting.files.order_by("pk")),
               "reports": list(meeting.reports.order_by("published_on", "pk")),
               "items_open": case.stage in WRITABLE and not form.corrects, "back": case_url(case)}  # fmt: skip
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


def _left(request, errors: list[str]) -> str:
    """What stays in the box for pasting: all of it, unless it went into the rows just now."""
    return request.POST.get("pasted", "") if errors or "paste" not in request.POST else ""


def _keep_file(request, meeting: Meeting) -> AttachmentForm:
    """Keep a file that was sent along; the form to draw, with what was wrong or empty again."""
    typed, uploads = request.POST, request.FILES
    chosen = f"{FILE}-file" in uploads or typed.get(f"{FILE}-title", "").strip()
    if not chosen and "attach" not in typed:
        return AttachmentForm(prefix=FILE)
    form = AttachmentForm(typed, uploads, prefix=FILE)
    if form.is_valid():
        try:
            records.attach(meeting.case, by=request.user, meeting=meeting, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The file is kept."))
            return AttachmentForm(prefix=FILE)
    return form
