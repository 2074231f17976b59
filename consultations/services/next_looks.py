"""When a closed case comes back to the list: by the rules of its place, counted from its end."""

from __future__ import annotations

import datetime as dt

from committees.models import Region
from committees.parameters import value_for
from consultations import calendar

MONTHS_AFTER = ("look_back_first_months", "look_back_second_months")


def next_look(region: Region, *, closed_on: dt.date, after: dt.date) -> dt.date | None:
    """The first of the look-backs that a place sets that lies after a day; None after the last."""
    days = [
        calendar.add_months(closed_on, value_for(region, key, on=closed_on)) for key in MONTHS_AFTER
    ]
    return min((day for day in days if day > after), default=None)
