"""The working calendar of the country: a grid of months for each year, changed with a preview."""

from __future__ import annotations

import calendar as months
import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from committees.admin.access import STAFF, grants_held, roles_held
from committees.models import WorkCalendarYear
from committees.models.work_calendar import FIRST_YEAR, LAST_YEAR
from consultations import calendar
from consultations.admin.access import back, page
from consultations.forms.work_calendar import DayForm, YearForm, written
from consultations.selectors.due_moves import SHOWN, changed_days, digest, move_lines
from consultations.selectors.work_calendar import standing
from consultations.services import work_calendar
from consultations.services.work_calendar import KEEPERS
from consultations.workflow.engine import Refused

SEEN_BY = (*STAFF, *KEEPERS)


def seen_or_404(request) -> set[str]:
    held = roles_held(request)
    if not held & set(SEEN_BY):
        raise Http404
    return held


@require_safe
def this_year(request) -> HttpResponse:
    seen_or_404(request)
    return redirect("admin:work_calendar_year", timezone.localdate().year)


@require_http_methods(["GET", "POST"])
def year(request, year: int) -> HttpResponse:
    held = seen_or_404(request)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    keeps = bool(held & set(KEEPERS))
    if request.method == "POST" and not keeps:
        raise Http404
    known = calendar.reread().of(year)
    record = WorkCalendarYear.objects.select_related("confirmed_by").filter(year=year).first()
    of_year, of_day = _forms(request, year, known, record)
    form = of_day if "one_day" in request.POST else of_year
    if request.method == "POST" and form.is_valid():
        return _preview_or_save(request, year, form)
    context = {
        "title": _("Working calendar %s") % year, "year": year, "record": record, "keeps": keeps,
        "months": [_month(year, number) for number in range(1, 13)], "standing": standing(),
        "of_year": of_year, "of_day": of_day, "before": year - 1, "after": year + 1,
        "is_provisional": calendar.is_provisional(year),
    }  # fmt: skip
    return page(request, "calendar/year.html", context)


def _forms(request, year, known, record):
    one_day = "one_day" in request.POST
    data = request.POST if request.method == "POST" else None
    document = record.document if record else ""
    start = {"days": written(known), "document": document}
    of_year = YearForm(None if one_day else data, initial=start, year=year)
    chosen = {"date": request.GET.get("day", ""), "document": document}
    of_day = DayForm(data if one_day else None, initial=chosen, year=year, known=known)
    return of_year, of_day


def _preview_or_save(request, year, form) -> HttpResponse:
    """The page with what moves; once that was seen and confirmed, the way back to the grid."""
    document = form.cleaned_data["document"]
    if "confirm" in request.POST:
        try:
            moved = work_calendar.confirm(year, form.read, document=document, by=request.user,
                                          seen=request.POST.get("seen", "")[:32])  # fmt: skip
        except Refused as refused:
            return _preview(request, year, form, refused.reasons)
        told = ngettext(
            "The calendar of %(year)s is confirmed. %(n)s due date was moved.",
            "The calendar of %(year)s is confirmed. %(n)s due dates were moved.", moved,
        ) % {"year": year, "n": moved}  # fmt: skip
        return back(request, reverse("admin:work_calendar_year", args=[year]), told)
    return _preview(request, year, form, [])


def _preview(request, year, form, reasons) -> HttpResponse:
    before = calendar.reread()
    after, moves = work_calendar.preview(year, form.read)
    with calendar.supposing(after):
        lines = move_lines(moves, request.user, grants=grants_held(request))
    changed = changed_days(before, after)
    context = {
        "title": _("Working calendar %s: what changes") % year, "year": year, "reasons": reasons,
        "lines": lines, "count": len(moves), "more": max(len(moves) - SHOWN, 0),
        "changed": [(day, after.works(day), after.name_of(day)) for day in changed],
        "seen": digest(moves), "text": written(form.read),
        "document": form.cleaned_data["document"], "first": year not in before.years,
    }  # fmt: skip
    return page(request, "calendar/preview.html", context)


def _month(year: int, number: int) -> dict:
    """A month as weeks of days; None where the week begins or ends outside of it."""
    weeks = months.Calendar().monthdatescalendar(year, number)
    return {
        "name": MONTHS[number],
        "weeks": [[_day(day) if day.month == number else None for day in week] for week in weeks],
    }


def _day(day: dt.date) -> dict:
    known = calendar.table()
    of_year = known.of(day.year)
    kind = "off" if day in of_year.off else "worked" if day in of_year.worked else ""
    return {
        "date": day,
        "kind": kind or ("week" if day.weekday() < 5 else "weekend"),
        "is_off": kind == "off",
        "is_worked": kind == "worked",
        "name": known.name_of(day),
        "is_today": day == timezone.localdate(),
    }
