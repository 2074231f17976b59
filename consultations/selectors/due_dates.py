"""Why a due date is that date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from committees.parameters import DEFAULTS
from consultations import calendar
from consultations.calendar import Basis, Explained
from consultations.models import Case, Suggestion, Task

Subject = Task | Case | Suggestion
# The unit of a rule by the end of its key; rules in calendar days are the exception.
IN_CALENDAR_DAYS = ("reconsult_days",)


def unit_of(rule: str) -> str:
    if rule.endswith("_months"):
        return Basis.MONTHS
    return Basis.DAYS if rule in IN_CALENDAR_DAYS else Basis.WORKING


@dataclass(frozen=True)
class Why:
    """How a due date came about. `counted` is None where people named the date."""

    due: dt.date
    basis: Basis
    counted: Explained | None

    @property
    def rule(self) -> str:
        known = DEFAULTS.get(self.basis.rule)
        return str(known.label) if known else ""

    @property
    def span(self) -> str:
        """How long that is, in words."""
        count = self.basis.count or 0
        if self.basis.unit == Basis.WORKING:
            words = ngettext("%(n)s working day", "%(n)s working days", count)
        elif self.basis.unit == Basis.MONTHS:
            words = ngettext("%(n)s month", "%(n)s months", count)
        else:
            words = ngettext("%(n)s day", "%(n)s days", count)
        return words % {"n": count}

    @property
    def is_agreed(self) -> bool:
        return self.basis.origin == Basis.AGREED

    @property
    def is_extended(self) -> bool:
        return self.basis.origin == Basis.EXTENDED

    @property
    def is_waited(self) -> bool:
        return self.basis.origin == Basis.WAITED

    @property
    def is_suspended(self) -> bool:
        return self.basis.origin == Basis.SUSPENDED

    @property
    def is_in_working_days(self) -> bool:
        return self.basis.unit == Basis.WORKING

    @property
    def is_in_months(self) -> bool:
        return self.basis.unit == Basis.MONTHS

    @property
    def is_by_another_calendar(self) -> bool:
        """The calendar says otherwise today: the date was not moved with it."""
        return self.counted is not None and self.counted.due != self.due

    @property
    def may_move(self) -> bool:
        """It was counted over days that nobody has confirmed yet."""
        return self.counted is not None and self.counted.is_provisional


def why(subject: Subject) -> Why | None:
    """None where there is no due date, or where nothing says how it came about."""
    due, basis = due_of(subject), basis_of(subject)
    if due is None or basis is None:
        return None
    if basis.count is None:
        return Why(due, basis, None)
    return Why(due, basis, calendar.explained(basis.start, basis.count, unit=basis.unit))


def briefly(subject: Subject) -> str:
    """The same in one line, for a list: without the days that were skipped."""
    due, basis = due_of(subject), basis_of(subject)
    if due is None or basis is None:
        return ""
    told, day = Why(due, basis, None), date_format(basis.start)
    if told.is_agreed:
        return gettext("This date was named; it is not counted.")
    if told.is_extended:
        return gettext("It was due on %s; an extension was granted.") % day
    if told.is_waited:
        return gettext("It was due on %s; the days of waiting for a decision do not count.") % day
    if told.is_suspended:
        return gettext("It was due on %s; the clock stood still meanwhile.") % day
    words = {"day": day, "rule": told.rule, "span": told.span}
    return gettext("Counted from %(day)s: %(rule)s, %(span)s.") % words


def due_of(subject: Subject) -> dt.date | None:
    if isinstance(subject, Task):
        return subject.due_on
    return subject.stage_due_on if isinstance(subject, Case) else subject.answer_due_on


def basis_of(subject: Subject) -> Basis | None:
    return Basis.read(subject.due_basis)
