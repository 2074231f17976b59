"""Due dates: whether the calendar of their year is sure yet, and why they are what they are.

No query of its own: the calendar is kept in the process (`consultations.calendar`).
"""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from consultations import calendar
from consultations.models import Case, Suggestion, Task
from consultations.selectors.due_dates import why

register = template.Library()


@register.filter
def provisional(value: dt.date | dt.datetime | None) -> SafeString | str:
    """暂定 beside a due date in a year whose calendar nobody has confirmed; else nothing."""
    if not value or not calendar.is_provisional(value.year):
        return ""
    return format_html(' <span class="provisional">{}</span>', _("provisional"))


@register.inclusion_tag("components/why_due.html")
def why_due(subject: Task | Case | Suggestion) -> dict[str, object]:
    """Why it is due on that day, to be opened; nothing where nothing says."""
    return {"why": why(subject)}
