"""The outcome grid: agreed items, tasks and promises on one screen, saved all or nothing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.admin.access import back, case_url, page, tell_of_change
from consultations.admin.edit import editable_or_404
from consultations.forms.grid import with_copy, with_more
from consultations.forms.outcome import BELOW, UNITS, OutcomeForm
from consultations.forms.pasting import fill_outcome, read_outcome
from consultations.models import Case
from consultations.services import items
from consultations.workflow.engine import Refused

REARRANGE = ("more", "copy", "split", "paste")  # buttons that change rows and save nothing


@require_http_methods(["GET", "POST"])
def outcome_grid(request, pk: int) -> HttpResponse:
    case = editable_or_404(request, pk)
    if case.stage not in items.WRITABLE:
        raise Http404
    data, errors = _data(request, case)
    form = OutcomeForm(case, data)
    if data is not None and "save" in request.POST:
        version = request.POST.get("version", "")
        if form.is_valid() and version.isdecimal() and len(version) < 10:
            try:
                items.save_outcome(case, by=request.user, version=int(version), items=form.rows())
            except Refused as refused:
                case.refresh_from_db()
                errors = tell_of_change(refused, case)
            else:
                told = _("Agreed items and tasks are saved.")
                return back(request, case_url(case, section="items"), told)
        elif not version.isdecimal():
            errors = [_("The form was incomplete. Please save once more.")]
    context = {"title": _("Agreed items and tasks"), "form": form, "case": case,
               "errors": errors, "units": UNITS, "back": case_url(case, section="items"),
               "pasted": request.POST.get("pasted", "") if errors else ""}  # fmt: skip
    return page(request, "case/outcome.html", context)


def _data(request, case: Case):
    """What was sent, with rows added, copied, split or pasted, and what was wrong in a paste."""
    if request.method != "POST":
        return None, []
    sent = request.POST
    if "more" in sent:
        return _more(sent, sent["more"]), []
    if "copy" in sent:
        return with_copy(sent, sent["copy"]), []
    if "split" in sent:
        return _split(sent, sent["split"]), []
    if "paste" not in sent:
        return sent, []
    try:
        pasted = read_outcome(sent.get("pasted", ""), case=case)
    except ValidationError as broken:
        return sent, broken.messages
    confirmed = {str(key): text for key, text in case.items.values_list("pk", "text")}
    return fill_outcome(sent, pasted, confirmed=confirmed), []


def _more(sent, prefix: str):
    """One more item with empty rows for its tasks, or more rows below an item."""
    if prefix == "i":
        return with_more(sent, prefix, count=1, below=BELOW)
    return with_more(sent, prefix)


def _split(sent, row: str):
    """A task for two units: both rows say "separate part", the new one waits for its unit."""
    split = with_copy(sent, row, role="split", unit="")
    if f"{row}-role" in split:
        split[f"{row}-role"] = "split"
    return split
