"""To look back at a closed case, from its record."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.admin.parts import recorded_or_404, sent, small_form
from consultations.forms.look_backs import LookAgainForm
from consultations.services import look_backs


@require_http_methods(["GET", "POST"])
def look_again(request, pk: int) -> HttpResponse:
    case = recorded_or_404(request, pk, "look_again")
    files = request.FILES if request.method == "POST" else None
    form = LookAgainForm(sent(request), files, case=case)

    def save() -> None:
        look_backs.record_look_back(case, by=request.user, **form.told())

    return small_form(
        request, case, form, save, title=_("Look back at what was closed"), section="look_backs"
    )
