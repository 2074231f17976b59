"""Dates as precise as the source: 2020, 2020年年初, 2020年6月中旬, 2020-06-15.

A partial date is stored as a short text that keeps its precision:

    2020          a year              2020-early / 2020-late   年初 / 年底
    2020-H1       a half-year         2020-Q3                  a quarter
    2020-06       a month             2020-06-mid              上旬 early / 中旬 mid / 下旬 late
    2020-06-15    a day

Nothing is ever rounded up to a day that nobody stated. In Python partial dates compare in order
of time. The database compares the text, which agrees as far as year, month and day go; within its
year a half, a quarter, 年初 and 年底 come after the months, within its month a 旬 after the days.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import total_ordering
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PATTERN = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:(?P<half>H[12])|(?P<quarter>Q[1-4])|(?P<season>early|late)"
    r"|(?P<month>\d{2})(?:-(?:(?P<part>early|mid|late)|(?P<day>\d{2})))?))?"
)
SPOKEN = re.compile(
    r"(?P<year>\d{4})年?(?:(?P<season>年?初|年?底|年?末)|(?P<half>[上下]半年)"
    r"|(?:第?(?P<quarter>[一二三四1-4])季度)"
    r"|(?P<month>\d{1,2})月(?:(?P<part>[上中下])旬|(?P<day>\d{1,2})[日号])?)?"
)
TYPED = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
NO_YEAR = re.compile(r"\d{1,2}月\d{1,2}[日号]")  # of this year
DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?")
LONGEST = len("2020-06-early")
SPANS = ("early", "late", "H1", "H2", "Q1", "Q2", "Q3", "Q4")
PART_DAYS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
SPOKEN_PART = {"上": "early", "中": "mid", "下": "late"}


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """One partial date; `text` is its stored form. Build it with `PartialDate.parse`."""

    text: str

    @classmethod
    def parse(cls, value: str | dt.date | PartialDate) -> PartialDate:
        """Read the stored form, a `date`, 2020.6.15 or 2020年6月中旬. ValueError when it is none."""
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, dt.date):
            return cls(f"{value:%Y-%m-%d}")
        text = unicodedata.normalize("NFKC", str(value)).strip()
        if match := PATTERN.fullmatch(text):
            _check(match)
            return cls(text)
        if match := TYPED.fullmatch(text):
            return cls.parse("-".join(f"{int(part):02d}" for part in match.groups() if part))
        if match := SPOKEN.fullmatch(text.replace(" ", "")):
            return cls.parse(_written(match))
        raise ValueError(value)

    @property
    def _parts(self) -> re.Match[str]:
        match = PATTERN.fullmatch(self.text)
        if match is None:
            raise ValueError(self.text)
        return match

    @property
    def year(self) -> int:
        return int(self._parts["year"])

    @property
    def is_exact(self) -> bool:
        """True when the day itself is known."""
        return self._parts["day"] is not None

    @property
    def earliest(self) -> dt.date:
        """First day the date can mean."""
        return self._bounds()[0]

    @property
    def latest(self) -> dt.date:
        """Last day the date can mean."""
        return self._bounds()[1]

    def _bounds(self) -> tuple[dt.date, dt.date]:
        p, year = self._parts, self.year
        if p["month"]:
            return _month_bounds(year, int(p["month"]), p["part"], p["day"])
        first, last = {
            "H1": (1, 6), "H2": (7, 12), "early": (1, 3), "late": (10, 12),
            "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12),
        }.get(p["half"] or p["quarter"] or p["season"] or "", (1, 12))  # fmt: skip
        return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])

    def __lt__(self, other: PartialDate) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[dt.date, int, str]:
        """By the first day it can mean; the vaguer date of two that begin together comes first."""
        first, last = self._bounds()
        return first, -last.toordinal(), self.text

    def __str__(self) -> str:
        p, year = self._parts, self.year
        names = {
            "early": _("early %(year)s"), "late": _("late %(year)s"),
            "H1": _("first half of %(year)s"), "H2": _("second half of %(year)s"),
            "Q1": _("first quarter of %(year)s"), "Q2": _("second quarter of %(year)s"),
            "Q3": _("third quarter of %(year)s"), "Q4": _("fourth quarter of %(year)s"),
        }  # fmt: skip
        if span := p["half"] or p["quarter"] or p["season"]:
            return names[span] % {"year": year}
        if not p["month"]:
            return _("the year %(year)s") % {"year": year}
        words = {"year": year, "month": int(p["month"]), "day": int(p["day"] or 0)}
        if p["day"]:
            return _("%(year)s-%(month)02d-%(day)02d") % words
        parts = {
            "early": _("early %(year)s-%(month)02d"),
            "mid": _("mid %(year)s-%(month)02d"),
            "late": _("late %(year)s-%(month)02d"),
            "": _("%(year)s-%(month)02d"),
        }
        return parts[p["part"] or ""] % words


def lasts(until: PartialDate | None, *, on: dt.date | None = None) -> bool:
    """Whether what ends then is not over on a day; without an end it goes on, and with a vague one
    until the last day that this can mean."""
    return until is None or until.latest >= (on or timezone.localdate())


def not_over(path: str = "valid_until", *, on: dt.date | None = None) -> models.Q:
    """The rows that last, by the column of their end. The text of a span comes after all days of its
    year or month: those that are over are left out by name."""
    day = on or timezone.localdate()
    year, month = f"{day:%Y}", f"{day:%Y-%m}"
    spans = (*(f"{year}-{span}" for span in SPANS), *(f"{month}-{part}" for part in PART_DAYS))
    over = [span for span in spans if not lasts(PartialDate(span), on=day)]
    known = models.Q(**{f"{path}__gte": day.isoformat()}) & ~models.Q(**{f"{path}__in": over})
    return (
        models.Q(**{f"{path}__isnull": True}) | models.Q(**{f"{path}__in": [year, month]}) | known
    )


def _month_bounds(
    year: int, month: int, part: str | None, day: str | None
) -> tuple[dt.date, dt.date]:
    if day:
        return (exact := dt.date(year, month, int(day))), exact
    first, last = PART_DAYS.get(part or "", (1, 31))
    end = min(last, calendar.monthrange(year, month)[1])
    return dt.date(year, month, first), dt.date(year, month, end)


def _check(match: re.Match[str]) -> None:
    """ValueError for a month or a day that does not exist."""
    dt.date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))


def _written(match: re.Match[str]) -> str:
    year = match["year"]
    if match["season"]:
        return f"{year}-{'early' if '初' in match['season'] else 'late'}"
    if match["half"]:
        return f"{year}-{'H1' if match['half'][0] == '上' else 'H2'}"
    if match["quarter"]:
        return f"{year}-Q{'一二三四1234'.index(match['quarter']) % 4 + 1}"
    if not match["month"]:
        return year
    month = f"{year}-{int(match['month']):02d}"
    if match["part"]:
        return f"{month}-{SPOKEN_PART[match['part']]}"
    return f"{month}-{int(match['day']):02d}" if match["day"] else month


if TYPE_CHECKING:
    _CharField = models.CharField["PartialDate | str | dt.date | None", "PartialDate | None"]
else:
    _CharField = models.CharField


class PartialDateFormField(forms.CharField):
    """One text box: 2020、2020年6月、2020年6月中旬 or 2020-06-15."""

    default_error_messages = {
        "invalid": gettext_lazy(
            "Write the date as far as it is known: 2020, 2020-06, 2020年6月中旬 or 2020-06-15."
        ),
        "no_such_day": gettext_lazy("There is no such day."),
    }

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if NO_YEAR.fullmatch(text):
            text = f"{timezone.localdate().year}年{text}"
        try:
            return PartialDate.parse(text)
        except ValueError:
            code = "no_such_day" if DAY.fullmatch(text.replace(" ", "")) else "invalid"
            raise ValidationError(self.error_messages[code], code=code) from None

    def prepare_value(self, value: Any) -> Any:
        return value.text if isinstance(value, PartialDate) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class PartialDateField(_CharField):
    """Model field holding a `PartialDate` or None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=13, null=True, blank=kwargs.get("blank", True))
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"], kwargs["null"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_: Any) -> PartialDate | None:
        return PartialDate(value) if value else None

    def to_python(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        try:
            return PartialDate.parse(value)
        except ValueError:
            message = PartialDateFormField.default_error_messages["invalid"]
            raise ValidationError(message, code="invalid") from None

    def get_prep_value(self, value: Any) -> str | None:
        return PartialDate.parse(value).text if value else None

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PartialDateFormField, "max_length": 20, **kwargs})

    def run_validators(self, value: Any) -> None:
        """The value was parsed by `to_python`; a length check on the object means nothing."""
