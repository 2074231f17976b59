"""Slips with one-time codes for a rating or an appraisal; and what is made of a bad answer."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committees.admin.access import grants_held
from committees.signin.adapter import FactorAdapter
from consultations.admin.access import back, case_or_404, case_url, page, refuse
from consultations.admin.parts import sent, small_form
from consultations.forms.rating_codes import JudgeForm, SlipsForm
from consultations.forms.supervisors import RevokeForm
from consultations.models import Case, FollowUp, Rating
from consultations.services import appraisals, judging, rating_codes
from consultations.workflow.engine import Refused

both = require_http_methods(["GET", "POST"])


def _case_or_404(request, pk: int) -> Case:
    case = case_or_404(request, pk)
    if rating_codes.may_issue(request.user, case) is None:
        raise Http404
    return case


@both
def issue(request, pk: int) -> HttpResponse:
    """The slips are the answer itself: shown once, kept neither by the browser nor by us."""
    case = _case_or_404(request, pk)
    made = partial(rating_codes.issue, case, by=request.user)
    return _handed_out(request, case, made, title=_("Slips for the rating"))


@both
def issue_appraisal(request, pk: int, follow_up_pk: int) -> HttpResponse:
    case = _case_or_404(request, pk)
    made = partial(appraisals.issue, _appraisal_or_404(case, follow_up_pk), by=request.user)
    return _handed_out(request, case, made, title=_("Slips for the appraisal"))


def _appraisal_or_404(case: Case, pk: int) -> FollowUp:
    """Where no report speaks of it: what that states is not counted on."""
    own = case.follow_ups.filter(kind=FollowUp.Kind.APPRAISAL, citation=None)
    return get_object_or_404(own.select_related("case__region"), pk=pk)


def _handed_out(request, case: Case, made, *, title: str) -> HttpResponse:
    form = SlipsForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            slips = made(**form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            return _sheet(request, case, slips, title=title)
    context = {"title": title, "form": form, "case": case,
               "back": case_url(case, section="ratings")}  # fmt: skip
    return page(request, "case/part.html", context)


def _sheet(request, case: Case, slips: list[rating_codes.Slip], *, title: str) -> HttpResponse:
    draw = FactorAdapter().build_totp_svg  # draws any text
    drawn = []
    for slip in slips:
        address = request.build_absolute_uri(reverse("public:rate", args=[slip.token]))
        drawn.append({"address": address, "drawn": draw(address), "code": slip.code})
    context = {"title": title, "case": case, "slips": drawn,
               "back": case_url(case, section="ratings")}  # fmt: skip
    answer = page(request, "case/rating_slips.html", context)
    add_never_cache_headers(answer)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.shown_once = True
    return answer


@both
def revoke(request, pk: int) -> HttpResponse:
    case = _case_or_404(request, pk)
    return _revoked(request, case, partial(rating_codes.revoke_unused, case, by=request.user))


@both
def revoke_appraisal(request, pk: int, follow_up_pk: int) -> HttpResponse:
    case = _case_or_404(request, pk)
    appraisal = _appraisal_or_404(case, follow_up_pk)
    return _revoked(request, case, partial(appraisals.revoke_unused, appraisal, by=request.user))


def _revoked(request, case: Case, end) -> HttpResponse:
    form = RevokeForm(sent(request))
    if form.is_bound and form.is_valid():
        ended = end()
        told = _("%s unused slips are revoked; they do not count as asked.") % ended
        return back(request, case_url(case, section="ratings"), told)
    context = {"title": _("Revoke the unused slips"), "form": form, "case": case,
               "back": case_url(case, section="ratings")}  # fmt: skip
    return page(request, "case/part.html", context)


@both
def judge(request, pk: int, rating_pk: int) -> HttpResponse:
    case = case_or_404(request, pk)
    if judging.judging_role(request.user, case, grants=grants_held(request)) is None:
        raise Http404
    bad = case.ratings.filter(result=Rating.Value.DISSATISFIED).select_related("case__region")
    rating = get_object_or_404(bad, pk=rating_pk)
    form = JudgeForm(sent(request), case=case)

    def save() -> None:
        judging.judge(rating, by=request.user, **form.told())

    title = _("Is this answer justified: “%s”?") % (rating.reason or rating)
    return small_form(request, case, form, save, title=title, section="ratings")
