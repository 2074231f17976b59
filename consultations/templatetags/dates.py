"""Days and moments, written in one way on every page of the staff: as partial dates are.

`day` in running text, `moment` with the time, `short_day` in narrow cells. No query.
"""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils import timezone

from committees.partial_dates import PartialDate

register = template.Library()


@register.filter
def day(value: dt.date | dt.datetime | PartialDate | None) -> str:
    """2026年11月21日; as precise as it is known. Nothing for no day."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return str(PartialDate.parse(value))


@register.filter
def moment(value: dt.datetime | None) -> str:
    """2026年11月21日 09:30."""
    if value is None or value == "":
        return ""
    return f"{day(value)} {timezone.localtime(value):%H:%M}"


@register.filter
def short_day(value: dt.date | dt.datetime | None) -> str:
    """11-21, and of another year 2025-11-21."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    this_year = value.year == timezone.localdate().year
    return f"{value:%m-%d}" if this_year else f"{value:%Y-%m-%d}"
