"""The outcome grid: agreed items, tasks and promises on one screen, saved all or nothing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.admin.access import back, case_url, page
from consultations.admin.edit import editable_or_404
from consultations.forms.grid import with_copy, with_more
from consultations.forms.offers import Adviser, clear_count, take, take_clear
from consultations.forms.outcome import BELOW, OutcomeForm
from consultations.forms.pasting import mark_of, not_placed, waits
from consultations.forms.plan_offers import can_plan, is_without_tasks, planned
from consultations.forms.plan_rows import Filled, Filling
from consultations.forms.plan_sheet import read_plan
from consultations.forms.seen import reasons_of
from consultations.models import Case
from consultations.services import items
from consultations.workflow.engine import Ask, Refused
from consultations.workflow.outcome_guards import items_are_complete


@require_http_methods(["GET", "POST"])
def outcome_grid(request, pk: int) -> HttpResponse:
    case = editable_or_404(request, pk)
    if case.stage not in items.WRITABLE:
        raise Http404
    if "paste" in request.POST:
        return _pasted(request, case)
    form, errors = OutcomeForm(case, _data(request, case)), []
    if "save" in request.POST:
        errors = _save(request, form)
        if errors is None:
            return back(request, case_url(case, section="items"), _told(request, case))
    return _draw(request, form, errors=errors)


def _save(request, form: OutcomeForm) -> list[str] | None:
    """Save it all; what stands against it besides the messages in the cells, None once saved."""
    version, fits = request.POST.get("version", ""), form.is_valid()
    if waits(request.POST):
        return [not_placed()]
    if not version.isdecimal():
        return [_("The form was incomplete. Please save once more.")]
    if not fits or len(version) > 9:
        return []
    case = form.case
    try:
        items.save_outcome(case, by=request.user, version=int(version), items=form.rows())
    except Refused as refused:
        case.refresh_from_db()
        return reasons_of(refused, case)
    return None


def _told(request, case: Case) -> str:
    """That all is kept, and what whoever sends the outcome will still miss."""
    gaps = items_are_complete(Ask(case, request.user, ""))
    return " ".join(filter(None, [_("Agreed items and tasks are saved."), gaps]))


def _draw(request, form: OutcomeForm, *, errors=(), filled: Filled | None = None):
    """The page. What was pasted stays in its box, until all of it stands in the rows rightly."""
    pasted = "" if filled and not form.error_count else request.POST.get("pasted", "")
    placed = mark_of(pasted) if filled else request.POST.get("placed", "")
    offers = Adviser(form).advise()
    for item in form.items.forms:
        item.can_plan = form.takes_tasks and is_without_tasks(item)
    context = {"title": _("Agreed items and tasks"), "form": form, "case": form.case,
               "plannable": sum(can_plan(item) for item in form.items.forms if item.can_plan),
               "errors": errors, "back": case_url(form.case, section="items"),
               "pasted": pasted, "placed": placed, "filled": filled, "offers": offers,
               "clear_offers": clear_count(offers)}  # fmt: skip
    return page(request, "case/outcome.html", context)


def _pasted(request, case: Case) -> HttpResponse:
    """The plan in the grid, each wrong cell told in its row. Nothing is saved; a plan that cannot
    be read at all stays in its box."""
    text = request.POST.get("pasted", "")
    try:
        filled = Filling(case, request.POST, read_plan(text)).fill()
    except ValidationError as broken:
        return _draw(request, OutcomeForm(case, request.POST), errors=broken.messages)
    form = OutcomeForm(case, filled.data)
    form.is_valid()
    form.tell(filled.notes)
    return _draw(request, form, filled=filled)


def _data(request, case: Case):
    """What was sent, with rows added, copied or split, or with proposals taken: of a box, or of
    all tasks of an item."""
    if request.method != "POST":
        return None
    sent = request.POST
    if "more" in sent:
        return _more(sent, sent["more"])
    if "copy" in sent:
        return with_copy(sent, sent["copy"])
    if "split" in sent:
        return _split(sent, sent["split"])
    if "take" in sent:
        return take(sent, sent["take"])
    if "plan" in sent:
        return planned(OutcomeForm(case, sent), sent, sent["plan"])
    if "advise" in sent:
        return take_clear(sent, Adviser(OutcomeForm(case, sent)).advise())
    return sent


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
