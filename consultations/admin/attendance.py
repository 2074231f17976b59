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
from consultations.admin.paging import page_number
from consultations.forms.period import PeriodForm, period_asked, usual_periods
from consultations.selectors.attendance import A_PAGE, attendance_of, members_read_by


@require_safe
def attendance(request) -> HttpResponse:
    counties, studios = duty_readers(grants_held(request))
    if not counties and not studios:
        raise Http404
    form = PeriodForm(period_asked(request))
    number = page_number(request)
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
