"""Change what was logged: the topic's fields, the sides, the figures, the funds, the media reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from committees.admin.access import grants_held
from committees.grants import EDITORS
from committees.lookups import text_of
from committees.partial_dates import PartialDate
from consultations.admin.access import (
    back,
    case_or_404,
    case_url,
    may_edit_here,
    page,
)
from consultations.admin.create import both_valid, with_rows
from consultations.forms.cases import EditCaseForm
from consultations.forms.figures import FundRow, MetricRow, ReportRow, SideRow, VersionForm
from consultations.forms.grid import rows_of, with_more, written
from consultations.forms.hosts import HostsPart
from consultations.forms.outcome import fields_of
from consultations.forms.seen import reasons_of
from consultations.models import Case, Meeting
from consultations.permissions import roles_on
from consultations.services import media, records
from consultations.services.steps import JustChanged
from consultations.workflow.engine import Refused


def editable_or_404(request, pk: int) -> Case:
    case = case_or_404(request, pk)
    if not may_edit_here(request, case):
        raise Http404
    return case


@dataclass(frozen=True)
class Difference:
    """A field that reads differently in the record than in what was typed."""

    label: str
    stored: str


def edit_case(request, pk: int) -> HttpResponse:
    case = editable_or_404(request, pk)
    data, grants = with_rows(request), grants_held(request)
    form = EditCaseForm(data, case=case, grants=grants)
    hosts = HostsPart(data, grants=grants, case=case)
    differences: list[Difference] = []
    if form.is_bound and "more" not in request.POST and both_valid(form, hosts):
        version = form.cleaned_data["version"]
        try:
            changed = records.edit(
                case, by=request.user, version=version, changes=form.changes(),
                co_hosts=hosts.rows(),
            )  # fmt: skip
        except Refused as refused:
            case.refresh_from_db()
            if isinstance(refused, JustChanged):
                differences = _differences(form, case)
            for reason in reasons_of(refused, case):
                form.add_error(None, reason)
            form.data["version"] = str(case.version)
        else:
            told = _("Saved.") if changed else _("Nothing was different.")
            return back(request, case_url(case), told)
    context = {"title": _("Change the topic"), "form": form, "case": case, "hosts": hosts,
               "differences": differences, "back": case_url(case)}  # fmt: skip
    return page(request, "case/edit.html", context)


def _differences(form: EditCaseForm, case: Case) -> list[Difference]:
    found = []
    for name, typed in form.changes().items():
        stored = getattr(case, name)
        if stored != typed:
            found.append(Difference(str(form.fields[name].label), _shown(form, name, stored)))
    return found


def _shown(form: forms.Form, name: str, stored: Any) -> str:
    if stored in (None, ""):
        return "—"
    if isinstance(stored, PartialDate):
        return str(stored)
    if isinstance(form.fields[name], forms.ModelChoiceField):
        return str(stored)
    if isinstance(form.fields[name], forms.ChoiceField):
        return str(dict(form.fields[name].choices).get(stored, stored))
    return text_of(stored) if hasattr(stored, "pk") else str(stored)


def edit_sides(request, pk: int) -> HttpResponse:
    case = editable_or_404(request, pk)
    data, grids = _grids(request, {"s": (SideRow, case.sides.order_by("pk"))})
    version = VersionForm(data, initial={"version": case.version})

    def save() -> None:
        rows = written(grids["s"])
        number = version.cleaned_data["version"]
        records.save_sides(case, by=request.user, version=number, rows=rows)

    return _grid_page(request, case, version, grids, save, title=_("Interested sides"))


def edit_figures(request, pk: int) -> HttpResponse:
    case = editable_or_404(request, pk)
    kinds = {"m": (MetricRow, case.metrics.order_by("pk")),
             "f": (FundRow, case.funds.order_by("pk"))}  # fmt: skip
    data, grids = _grids(request, kinds)
    version = VersionForm(data, initial={"version": case.version})

    def save() -> None:
        rows = {"metrics": written(grids["m"]), "funds": written(grids["f"])}
        number = version.cleaned_data["version"]
        records.save_figures(case, by=request.user, version=number, **rows)

    return _grid_page(request, case, version, grids, save, title=_("Figures and funds"))


def edit_reports(request, pk: int, meeting_pk: int) -> HttpResponse:
    """What the media told of a meeting; it comes late, so that a closed case takes it too."""
    case = case_or_404(request, pk)
    if not roles_on(request.user, case, grants=grants_held(request)) & set(EDITORS):
        raise Http404
    held = case.meetings.exclude(status=Meeting.Status.CANCELLED)
    meeting = get_object_or_404(held, pk=meeting_pk)
    data, grids = _grids(request, {"r": (ReportRow, meeting.reports.order_by("pk"))})
    version = VersionForm(data, initial={"version": case.version})

    def save() -> None:
        number = version.cleaned_data["version"]
        media.save_reports(meeting, by=request.user, version=number, rows=written(grids["r"]))

    title = _("Media reports of the meeting, round %s") % meeting.round
    return _grid_page(request, case, version, grids, save, title=title, section="meetings")


def _grids(request, kinds: dict[str, tuple[type, Any]]) -> tuple[Any, dict[str, Any]]:
    """The data sent (with more rows, if that was asked for), and the grids made of it."""
    data = request.POST if request.method == "POST" else None
    if data is not None and "more" in data:
        data = with_more(data, data["more"])
    grids = {}
    for prefix, (row, records_) in kinds.items():
        start = None if data is not None else [fields_of(record, row) for record in records_]
        grids[prefix] = rows_of(row, extra=2)(data, prefix=prefix, initial=start)
        known = {str(record.pk) for record in records_} if data is not None else set()
        for form in grids[prefix].forms:
            if (sent := str(form["id"].value() or "")) in known:
                form.initial["id"] = int(sent)
    return data, grids


def _grid_page(request, case, version, grids, save, *, title, section="") -> HttpResponse:
    errors: list[str] = []
    sent = request.method == "POST" and "more" not in request.POST
    if sent and all([version.is_valid(), *(grid.is_valid() for grid in grids.values())]):
        try:
            save()
        except Refused as refused:
            case.refresh_from_db()
            errors = reasons_of(refused, case)
            version = VersionForm(initial={"version": case.version})
        else:
            return back(request, case_url(case, section=section), _("Saved."))
    context = {"title": title, "case": case, "version": version, "grids": grids,
               "errors": errors, "checked": sent, "back": case_url(case)}  # fmt: skip
    return page(request, "case/grids.html", context)
