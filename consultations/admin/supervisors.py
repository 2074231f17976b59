"""The links of citizen supervisors on the record of a case: handed out on a slip, ended at once."""

from __future__ import annotations

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committees.signin.adapter import FactorAdapter
from consultations.admin.access import back, case_or_404, case_url, page, refuse
from consultations.forms.supervisors import IssueForm, RevokeForm
from consultations.models import Case, SupervisorLink
from consultations.services import supervisors
from consultations.workflow.engine import Refused

both = require_http_methods(["GET", "POST"])
SHOWN = 20


def links_of(case: Case) -> list[SupervisorLink]:
    """The newest links of a case, each with how often its holder said what was `found`."""
    rows = case.supervisor_links.select_related("issued_by", "revoked_by")
    return list(rows.annotate(found=Count("verifications")).order_by("-issued_at", "-pk")[:SHOWN])


def _case_or_404(request, pk: int) -> Case:
    """A case whose links this person hands out."""
    case = case_or_404(request, pk)
    if supervisors.may_issue(request.user, case) is None:
        raise Http404
    return case


@both
def issue(request, pk: int) -> HttpResponse:
    """The slip is the answer itself: shown once, and kept neither by the browser nor by us."""
    case = _case_or_404(request, pk)
    form = IssueForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = supervisors.issue(case, by=request.user, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            return _slip(request, case, made)
    context = {"title": _("Let a citizen supervisor in"), "form": form, "case": case,
               "back": case_url(case, section="supervisors")}  # fmt: skip
    return page(request, "case/part.html", context)


def _slip(request, case: Case, made: supervisors.Issued) -> HttpResponse:
    address = request.build_absolute_uri(reverse("public:supervise", args=[made.token]))
    drawn = FactorAdapter().build_totp_svg(address)  # draws any text; the case needs no other
    context = {"title": _("Slip for a citizen supervisor"), "case": case, "link": made.link,
               "address": address, "drawn": drawn, "back": case_url(case, section="supervisors")}  # fmt: skip
    answer = page(request, "case/supervisor_slip.html", context)
    add_never_cache_headers(answer)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.shown_once = True
    return answer


@both
def revoke(request, pk: int, link_pk: int) -> HttpResponse:
    case = _case_or_404(request, pk)
    link = get_object_or_404(case.supervisor_links.select_related("case"), pk=link_pk)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        supervisors.revoke(link, by=request.user)
        return back(request, case_url(case, section="supervisors"), _("The link is revoked."))
    context = {"title": _("Revoke the link of %s") % link, "form": form, "case": case,
               "back": case_url(case, section="supervisors")}  # fmt: skip
    return page(request, "case/revoke_link.html", context)
