"""The township Party approver: what waits, the whole outcome on one page, one decision."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from committees.admin.access import grants_held
from committees.models import Role
from consultations.forms import step_form
from consultations.forms.seen import reasons_of
from consultations.models import Case
from consultations.offers import actions_for, steps_of
from consultations.permissions import row_for
from consultations.portal.access import case_or_404, mine, telling_tries
from consultations.portal.lines import APPROVALS
from consultations.selectors import record
from consultations.selectors.reservations import meetings_with_reservations
from consultations.workflow.engine import Refused


@telling_tries(Case, box="decision")
@require_http_methods(["GET", "POST"])
@mine(Role.PARTY_APPROVER)
def approval(request, pk: int) -> HttpResponse:
    """Approve all, or return with a reason for each item that does not stand as it is."""
    case = case_or_404(request, pk)
    forms = {action: _form(request, case, action) for action in APPROVALS}
    if request.method == "POST":
        sent = forms.get(request.POST.get("decision", ""))
        if sent is None:
            raise Http404
        if _taken(sent):
            messages.success(request, sent.told())
            return redirect("my:home")
    return render(request, "portal/approval.html", _context(request, case, forms))


def _form(request, case: Case, action: str):
    row = row_for(request.user, case, action)
    if row is None:
        raise Http404
    sent = request.method == "POST" and request.POST.get("decision") == action
    made = step_form(case, action)
    form = made(request.POST if sent else None, subject=case, row=row, by=request.user)
    form.auto_id = f"id_{action}_%s"
    return form


def _taken(form) -> bool:
    if not form.is_valid():
        return False
    try:
        form.take()
    except Refused as refused:
        for reason in reasons_of(refused, form.subject):
            form.add_error(None, reason)
        form.look_again()
        return False
    return True


def _context(request, case: Case, forms: dict) -> dict:
    grants = grants_held(request)
    steps = partial(steps_of, request.user, grants=grants)
    lines = record.item_lines(case, grants=grants, inside=True, steps=steps)
    returning = forms["return_outcome"]
    offers = {offer.row.action: offer for offer in actions_for(request.user, case)}
    return {
        "case": case,
        "items": [(line, _box(returning, line.item)) for line in lines],
        "meetings": meetings_with_reservations(case),
        "approve": forms["approve_outcome"],
        "returning": returning,
        "against": _against(offers, forms["approve_outcome"]),
        "may_approve": _is_open(offers, "approve_outcome"),
        "may_return": _is_open(offers, "return_outcome"),
        "compiled_by": case.compiled_by,
    }


def _box(form, item):
    """The box for the reason why this item is returned, where one may be."""
    name = f"item_{item.pk}"
    return form[name] if name in form.fields else None


def _is_open(offers: dict, action: str) -> bool:
    return action in offers and offers[action].is_open


def _against(offers: dict, approve) -> list[str]:
    """Why this person cannot decide, or decide in either way; empty where nothing stands in it."""
    told = [reason for action in APPROVALS if action in offers for reason in offers[action].reasons]
    return list(dict.fromkeys(told)) or ([] if offers else [approve.moved])
