"""What a member puts on record of a case besides its steps: an inspection, a look-back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committees.admin.access import grants_held
from consultations.forms.after import FollowUpForm
from consultations.forms.seen import reasons_of
from consultations.permissions import entries_for
from consultations.portal.access import case_or_404, mine
from consultations.services import followups
from consultations.workflow.engine import Refused


@require_http_methods(["GET", "POST"])
@mine()
def follow_up(request, pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    if "follow_up" not in entries_for(request.user, case, grants=grants_held(request)):
        raise Http404
    form = FollowUpForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_bound and form.is_valid():
        try:
            followups.record_follow_up(case, by=request.user, **form.cleaned_data)
        except Refused as refused:
            _tell(form, case, refused)
        else:
            messages.success(request, _("The follow-up is on record."))
            return redirect("my:case", pk=case.pk)
    return render(request, "portal/entry.html", {"form": form, "case": case})


def _tell(form, case, refused: Refused) -> None:
    """Why not; sending it once more with the present version is then a decision."""
    for reason in reasons_of(refused, case):
        form.add_error(None, reason)
    case.refresh_from_db()
    form.data = form.data.copy()
    form.data["version"] = str(case.version)
