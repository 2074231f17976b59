"""A period of whole days, from a date to a date."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import DayField

LONGEST = dt.timedelta(days=5 * 366)  # a term
SINCE = 2018


class PeriodForm(forms.Form):
    use_required_attribute = False

    first = DayField(label=_("from"))
    last = DayField(label=_("until"))

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError({"last": gettext("The end is before the start.")})
        if first and last and last - first > LONGEST:
            raise ValidationError({"last": gettext("A period is at most five years long.")})
        if first and first.year < SINCE:
            raise ValidationError({"first": gettext("Nothing is on record before %s.") % SINCE})
        return cleaned


def period_asked(request) -> Any:
    """What the address asks for, else the present year."""
    if "first" in request.GET:
        return request.GET
    _label, first, last = usual_periods()[0]
    return {"first": first, "last": last}


def usual_periods() -> list[tuple[str, dt.date, dt.date]]:
    """(label, first day, last day) of what is asked for most: years, halves, the last quarters."""
    today = timezone.localdate()
    year, half = today.year, dt.date(today.year, 7, 1)
    start = dt.date(year, 3 * ((today.month - 1) // 3) + 1, 1)
    before = start - dt.timedelta(days=1)
    return [
        (gettext("this year"), dt.date(year, 1, 1), dt.date(year, 12, 31)),
        (gettext("last year"), dt.date(year - 1, 1, 1), dt.date(year - 1, 12, 31)),
        (gettext("first half"), dt.date(year, 1, 1), half - dt.timedelta(days=1)),
        (gettext("second half"), half, dt.date(year, 12, 31)),
        (gettext("this quarter"), start, today),
        (gettext("last quarter"), before.replace(month=before.month - 2, day=1), before),
    ]
