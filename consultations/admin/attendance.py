"""Attendance of the members one keeps the records of, for a period, by name."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.admin.access import grants_held
from committees.models import Committee
from committees.selectors.member_seats import duty_readers
from consultations.admin.access import page
from consultations.forms.period import PeriodForm, usual_periods
from consultations.selectors.attendance import A_PAGE, attendance_of, members_read_by

PAGES = 200


@require_safe
def attendance(request) -> HttpResponse:
    counties, studios = duty_readers(grants_held(request))
    if not counties and not studios:
        raise Http404
    form = PeriodForm(request.GET if "first" in request.GET else _this_year())
    number = _page_number(request)
    rows, more = [], False
    if form.is_valid():
        start = (number - 1) * A_PAGE
        found = list(members_read_by(counties, studios)[start : start + A_PAGE + 1])
        rows, more = attendance_of(found[:A_PAGE], **form.cleaned_data), len(found) > A_PAGE
    context = {
        "title": _("Attendance of members"), "form": form, "rows": rows, "periods": usual_periods(),
        "is_demo": Committee.objects.filter(region__in=counties, is_demo=True).exists(),
        "period": form.cleaned_data, "printed_on": timezone.localdate(),
        "earlier": number - 1 if number > 1 else None, "later": number + 1 if more else None,
    }  # fmt: skip
    return page(request, "member/attendance.html", context)


def _this_year() -> dict[str, object]:
    _label, first, last = usual_periods()[0]
    return {"first": first, "last": last}


def _page_number(request) -> int:
    asked = request.GET.get("p", "1")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 4 and 0 < int(asked) <= PAGES):
        raise Http404
    return int(asked)
