"""The page behind a slip, of a rating or of an appraisal: answered once, without an account.

The address is the key, as with a supervisor's link; it is kept nowhere and names itself nowhere.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from committees.services import limits
from committees.services.limits import Kind, UsedUp
from consultations.forms.rating_codes import AnswerForm, AppraisalForm
from consultations.models import RatingCode
from consultations.public.throttle import slowed
from consultations.public.views.supervise import HEADERS
from consultations.services import appraisals, rating_codes
from consultations.workflow.engine import Refused


@csrf_exempt  # nothing but the address lets anybody in, and another site does not know it
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request, token):
    try:
        code = _code(token)
    except UsedUp as refused:
        response = slowed(render(request, "429.html"), refused)
    else:
        response = _gone(request) if code is None else _answer(request, code)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _code(token: str) -> RatingCode | None:
    """Counted before it is looked at, and taken back when it was good. Raises `UsedUp`."""
    counted = limits.count(limits.by_address(Kind.LINK))
    code = rating_codes.find(token)
    if code is not None:
        limits.take_back(counted)
    return code


def _gone(request) -> HttpResponse:
    """One answer to what is wrong, used, revoked or over."""
    return render(request, "public/rate_gone.html", status=404)


def _answer(request, code: RatingCode) -> HttpResponse:
    kind = AppraisalForm if code.follow_up_id else AnswerForm
    form = kind(request.POST if request.method == "POST" else None)
    refused = None
    if form.is_bound:
        try:
            limits.count(limits.by_address(Kind.SUPERVISING))
        except UsedUp as told:
            refused = told
            form.add_error(
                None, _("Very much came in from here within an hour. Please wait a while.")
            )
        if form.is_valid() and _kept(code, form):
            return render(request, "public/rate_done.html", {"case": code.case})
    context = {"form": form, "case": code.case, "place": code.case.spot}
    return slowed(render(request, "public/rate.html", context), refused)


def _kept(code: RatingCode, form: AnswerForm | AppraisalForm) -> bool:
    keep = appraisals.answer if code.follow_up_id else rating_codes.answer
    try:
        keep(code, **form.cleaned_data)
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    return True
