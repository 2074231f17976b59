"""A member's duty record and photo, and the changes of a committee, in the staff screens."""

from __future__ import annotations

from functools import partial

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees.admin.access import grants_held
from committees.models import Committee, Member, Origin, Region
from committees.selectors.member_seats import (
    changes_of,
    duty_readers,
    members_of_county,
    offices_of,
)
from committees.selectors.profiles import profile_of
from committees.services import exporting
from committees.services.limits import UsedUp
from committees.services.profiles import save_profile
from consultations.admin.access import back, own_cases, page
from consultations.admin.exports import too_many
from consultations.exchange.duty import write_duty
from consultations.forms.photo import MemberPhotoForm
from consultations.selectors.duty import DutyRecord, duty_record
from consultations.selectors.members import members_of_studios
from consultations.web import sent_files
from consultations.web.one_writer import one_writer

SINCE = 2018


def _member_or_404(request, pk: int) -> tuple[Member, Region | None]:
    """A member whose record the person may read, and the region of the scheme: None for who
    keeps a studio and so sees no score."""
    counties, studios = duty_readers(grants_held(request))
    if member := members_of_county(counties).filter(pk=pk).first():
        return member, Region.objects.filter(pk__in=counties).order_by("code").first()
    return get_object_or_404(members_of_studios(studios), pk=pk), None


def _record(request, pk: int) -> DutyRecord:
    member, region = _member_or_404(request, pk)
    asked, today = request.GET.get("year", ""), timezone.localdate()
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    if not SINCE <= year <= today.year:
        raise Http404
    return duty_record(member, year=year, region=region)


@require_safe
def duty(request, pk: int) -> HttpResponse:
    record = _record(request, pk)
    keys = {line.case for line in record.lines if line.case}
    seen = set(own_cases(request).filter(pk__in=keys).values_list("pk", flat=True))
    today = timezone.localdate()
    context = {
        "title": _("Duty record: %s") % record.member.name, "record": record, "visible": seen,
        "earlier": record.year - 1 if record.year > SINCE else None,
        "later": record.year + 1 if record.year < today.year else None,
        "printed_on": today, "profile": profile_of(record.member),
        "is_demo": record.member.origin == Origin.DEMO,
    }  # fmt: skip
    return page(request, "member/duty.html", context)


@require_safe
def duty_sheet(request, pk: int) -> FileResponse:
    """The same lines as a file; what one may not see is not named in it either."""
    record = _record(request, pk)
    keys = {line.case for line in record.lines if line.case}
    seen = set(own_cases(request).filter(pk__in=keys).values_list("pk", flat=True))
    shown = record.only(seen, hidden=_("a matter that is not public"))
    facts = {"rows": len(shown.lines), "year": record.year}
    try:
        exporting.begin(by=request.user, about=record.member, facts=facts)
    except UsedUp as refused:
        return too_many(request, refused, back=reverse("admin:member_duty", args=[pk]))
    name = f"{_('Duty record')}-{record.member.name}-{record.year}"
    return sent_files.spreadsheet(name, write=partial(write_duty, record=shown))


@require_http_methods(["GET", "POST"])
def profile(request, pk: int) -> HttpResponse:
    """Photo and public page, for the office of the member's own county."""
    member = get_object_or_404(members_of_county(offices_of(grants_held(request))), pk=pk)
    sent = request.method == "POST"
    with one_writer(member, writes=sent):
        form = MemberPhotoForm(request.POST if sent else None, request.FILES if sent else None,
                               member=member)  # fmt: skip
        if form.is_bound and form.is_valid():
            save_profile(member, by=request.user, **form.cleaned_data)
            return back(request, reverse("admin:member_profile", args=[pk]), _("Saved."))
    context = {"title": _("Photo and public page"), "form": form, "member": member}
    return page(request, "member/profile.html", context)


@require_safe
def photo(request, pk: int) -> FileResponse:
    """The photo for those who may read the member's record."""
    member, _region = _member_or_404(request, pk)
    return sent_files.kept(member.photo)


@require_safe
def changes(request) -> HttpResponse:
    """Who came and who left, of the own committee, in one list by date."""
    own = Committee.objects.filter(region__in=offices_of(grants_held(request)))
    rows = [(committee, changes_of(committee)) for committee in own.order_by("region", "pk")[:3]]
    if not rows:
        raise Http404
    context = {"title": _("Changes of members"), "committees": rows}
    return page(request, "member/changes.html", context)
