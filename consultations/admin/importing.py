"""People and units from a spreadsheet: chosen, looked at row by row, taken over at once."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees.admin.access import roles_held
from committees.models import PeopleImport, Role
from committees.services.imports import run
from committees.services.imports.columns import MOST_ROWS
from consultations.admin.access import page
from consultations.exchange.templates import write_template
from consultations.forms.importing import TableForm, packed, unpacked
from consultations.services import remit_table
from consultations.web.sent_files import spreadsheet

Kind = PeopleImport.Kind
LATEST = 20
run.also(Kind.REMITS, remit_table.Remits, importers=remit_table.IMPORTERS)


def _kind_or_404(request, kind: str) -> str:
    if kind not in run.kinds_for(roles_held(request)):
        raise Http404
    return kind


@require_safe
def choose(request) -> HttpResponse:
    """The tables that the person may take over, and what was taken over lately."""
    kinds = run.kinds_for(roles_held(request))
    if not kinds:
        raise Http404
    done = PeopleImport.objects.filter(by=request.user).order_by("-at", "-pk")[:LATEST]
    context = {"title": _("Take over from a spreadsheet"), "done": done,
               "kinds": [(kind, Kind(kind).label) for kind in kinds]}  # fmt: skip
    return page(request, "import/choose.html", context)


@require_safe
def template(request, kind: str) -> FileResponse:
    _kind_or_404(request, kind)
    return spreadsheet(str(Kind(kind).label), write=partial(write_template, kind=kind))


@require_http_methods(["GET", "POST"])
def table(request, kind: str) -> HttpResponse:
    """A file is looked at; what was looked at is confirmed. Nothing is written in between."""
    _kind_or_404(request, kind)
    if "rows" in request.POST:
        return _confirm(request, kind)
    sent = request.method == "POST"
    form = TableForm(request.POST if sent else None, request.FILES if sent else None, kind=kind)
    if sent and form.is_valid():
        return _preview(request, kind, form.cleaned_data["file"])
    return _form(request, kind, form)


def _form(request, kind: str, form: TableForm) -> HttpResponse:
    both = kind == Kind.OFFICERS and not request.user.is_superuser
    context = {"title": Kind(kind).label, "kind": kind, "form": form, "most": MOST_ROWS,
               "gives_roles": both and Role.SECURITY_ADMIN in roles_held(request),
               "makes_accounts": both and Role.SYSTEM_ADMIN in roles_held(request)}  # fmt: skip
    return page(request, "import/form.html", context)


def _preview(request, kind: str, rows) -> HttpResponse:
    look = run.look(kind, rows, by=request.user)
    context = {"title": Kind(kind).label, "kind": kind, "look": look, "counts": look.counts,
               "packed": packed(kind, rows, by=request.user) if look.writes else ""}  # fmt: skip
    return page(request, "import/preview.html", context)


def _confirm(request, kind: str) -> HttpResponse:
    found = unpacked(request.POST["rows"], kind=kind, by=request.user)
    if found is None:
        messages.warning(request, _("This page is too old; please choose the file again."))
        return redirect("admin:people_import_table", kind)
    rows, token = found
    try:
        done = run.take_over(kind, rows, by=request.user, token=token)
    except run.NotNow as refused:
        messages.warning(request, str(refused))
        return _preview(request, kind, rows)
    return redirect("admin:people_import_done", done.pk)


@require_safe
def done(request, pk: int) -> HttpResponse:
    """What was taken over, and the way to the slips of the new accounts."""
    found = get_object_or_404(PeopleImport, pk=pk, by=request.user)
    new = list(found.accounts.order_by("username", "pk")[:MOST_ROWS])
    waiting = [user for user in new if not user.has_usable_password()]
    keeps = Role.SYSTEM_ADMIN in roles_held(request)
    context = {"title": _("Taken over"), "found": found, "accounts": new,
               "keys": ",".join(str(user.pk) for user in waiting) if keeps else ""}  # fmt: skip
    return page(request, "import/done.html", context)
