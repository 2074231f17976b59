"""How units dealt with their tasks in a period: on the screen, as a spreadsheet, as JSON."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from committees.admin.access import grants_held
from committees.models import HandlingUnit, Origin
from committees.services import exporting
from committees.services.limits import UsedUp
from consultations.admin.access import page
from consultations.admin.exports import too_many
from consultations.admin.paging import page_number
from consultations.exchange.sheets import MOST_ROWS, write_sheet
from consultations.forms.period import PeriodForm, period_asked, usual_periods
from consultations.selectors import unit_report as report
from consultations.selectors.lights import lights_once
from consultations.selectors.unit_report import Figure, UnitRow
from consultations.selectors.unit_scores import rated_cases, scores_by_case
from consultations.selectors.wording import names_once
from consultations.web.sent_files import spreadsheet

ABOUT, READERS = "report:units", report.READERS
FORMATS = ("xlsx", "json")
COLUMNS = [
    (gettext_lazy("place"), lambda row: row.unit.region.name),
    (gettext_lazy("handling unit"), lambda row: row.unit.name),
    *((figure.label, lambda row, figure=figure: row.of(figure)) for figure in Figure),
    (gettext_lazy("In time, of what was due"), lambda row: row.rate),
    (gettext_lazy("Working days to the reply, on average"), lambda row: row.average_days),
    (gettext_lazy("Satisfied with the result"), lambda row: row.score.share),
    (gettext_lazy("Answered, of those asked"), lambda row: row.score.reach),
]


@require_safe
def units(request) -> HttpResponse:
    """The table; `?format=` hands it out."""
    grants = _readers_or_404(request)
    form = PeriodForm(period_asked(request))
    number, rows, more = page_number(request), [], False
    if form.is_valid():
        tasks = report.tasks_of_period(request.user, grants=grants, **form.cleaned_data)
        if request.GET.get("format") in FORMATS:
            return _handed_out(request, tasks, grants, form.cleaned_data)
        size = report.UNITS_ON_A_PAGE
        start = (number - 1) * size
        found = list(report.units_of(tasks, grants=grants)[start : start + size + 1])
        rows, more = report.figures_of(found[:size], tasks), len(found) > size
    context = _context(form, number, more=more) | {
        "title": _("Handling by unit"), "rows": rows, "figures": list(Figure),
        "is_demo": any(row.unit.origin == Origin.DEMO for row in rows),
    }  # fmt: skip
    return page(request, "unit/report.html", context)


@require_safe
def unit_tasks(request, pk: int, figure: str) -> HttpResponse:
    """The tasks behind one figure."""
    grants = _readers_or_404(request)
    form = PeriodForm(period_asked(request))
    if figure not in Figure.values or not form.is_valid():
        raise Http404
    tasks = report.tasks_of_period(request.user, grants=grants, **form.cleaned_data)
    unit = get_object_or_404(report.units_in(grants), pk=pk)
    number, size = page_number(request), report.TASKS_ON_A_PAGE
    start = (number - 1) * size
    counted = tasks.filter(report.meaning(figure), unit=unit).select_related("case__region", "item")
    found = list(counted.order_by("dispatched_on", "pk")[start : start + size + 1])
    lights, names = lights_once(request), names_once(request)
    lines = [(task, lights.of_task(task, case=task.case), names.of_task(task, case=task.case))
             for task in found[:size]]  # fmt: skip
    context = _context(form, number, more=len(found) > size) | {
        "title": f"{unit} · {Figure(figure).label}", "unit": unit, "lines": lines,
    }  # fmt: skip
    return page(request, "unit/report_tasks.html", context)


@require_safe
def unit_ratings(request, pk: int) -> HttpResponse:
    """The cases behind what the ratings say: of each how many answered, never who."""
    grants = _readers_or_404(request)
    form = PeriodForm(period_asked(request))
    if not form.is_valid():
        raise Http404
    tasks = report.tasks_of_period(request.user, grants=grants, **form.cleaned_data)
    unit = get_object_or_404(report.units_in(grants), pk=pk)
    number, size = page_number(request), report.TASKS_ON_A_PAGE
    start = (number - 1) * size
    found = list(rated_cases(tasks.filter(report.OWN, unit=unit))[start : start + size + 1])
    scores = scores_by_case([case.pk for case in found[:size]])
    context = _context(form, number, more=len(found) > size) | {
        "title": f"{unit} · {_('Satisfied with the result')}", "unit": unit,
        "lines": [(case, scores[case.pk]) for case in found[:size]],
    }  # fmt: skip
    return page(request, "unit/report_ratings.html", context)


def _readers_or_404(request):
    grants = report.readers(grants_held(request))
    if not grants:
        raise Http404
    return grants


def _context(form: PeriodForm, number: int, *, more: bool) -> dict:
    period = form.cleaned_data if form.is_valid() else {}
    return {
        "form": form, "period": period, "periods": usual_periods(),
        "asked": urlencode({name: f"{day:%Y-%m-%d}" for name, day in period.items()}),
        "earlier": number - 1 if number > 1 else None, "later": number + 1 if more else None,
        "printed_on": timezone.localdate(),
    }  # fmt: skip


def _handed_out(request, tasks, grants, period) -> HttpResponse:
    """Told and counted before it is written, as every list that leaves the system."""
    told = {name: day.isoformat() for name, day in period.items()}
    try:
        exporting.begin(by=request.user, about=ABOUT, facts=told)
    except UsedUp as refused:
        return too_many(request, refused, back=reverse("admin:unit_report"))
    rows = report.all_figures(tasks, grants=grants)
    if request.GET["format"] == "json":
        found = [_as_json(row) for _number, row in zip(range(MOST_ROWS), rows, strict=False)]
        return JsonResponse(told | {"units": found}, json_dumps_params={"ensure_ascii": False})
    write = partial(write_sheet, name=_("Handling by unit"), columns=COLUMNS, records=rows)
    name = f"{_('Handling by unit')}-{period['first']:%Y%m%d}-{period['last']:%Y%m%d}"
    return spreadsheet(name, write=write)


def _as_json(row: UnitRow) -> dict:
    unit: HandlingUnit = row.unit
    named = {"unit": unit.pk, "name": unit.name, "region": unit.region_id}
    counted = {figure.value: row.of(figure) for figure in Figure}
    score = row.score
    said = {"satisfied": score.content, "judged": score.judged, "answered": score.answers,
            "asked": score.asked or None}  # fmt: skip
    return named | counted | said | {
        "due": row.due, "average_working_days": row.average_days,
    }  # fmt: skip
