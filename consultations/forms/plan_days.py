"""Days as plans write them: exactly, or only as the end of a month, a quarter, a year."""

from __future__ import annotations

import calendar as months
import datetime as dt
import re
import unicodedata
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from consultations.forms.days import NoSuchDay, read_day
from consultations.forms.fields import DayField, DayInput, seen

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
BEFORE = re.compile(r"(?:之前|以前|前|止|截止)$")
END = r"(?:底|末|内|底前)?"
YEAR = r"(?:(?P<year>\d{4})\s*[-/.年]|(?P<word>今|本|明|后)年|年)?"
MONTH = re.compile(rf"{YEAR}\s*(?P<month>\d{{1,2}})月份?{END}")
YEAR_AND_MONTH = re.compile(r"(?P<year>\d{4})\s*[-/.]\s*(?P<month>\d{1,2})")
WHOLE_YEAR = re.compile(
    r"(?:(?P<year>\d{4})年?|(?P<word>今|本|明|后)年)年?(?:底|末|内)?|年(?:底|末|内)"
)
QUARTER = re.compile(rf"{YEAR}第?(?P<quarter>[一二三四1-4])季度{END}")
HALF = re.compile(rf"{YEAR}(?:(?P<half>[上下])半年|年中){END}")
THIS_MONTH = re.compile(r"本?月(?:底|末|内)")
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
SPOKEN = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日号])")
DIGITS = {letter: place % 10 for place, letter in enumerate("〇一二三四五六七八九零")}
LATER = {"明": 1, "后": 2}


class PlanDay(NamedTuple):
    """A day, and whether it was written as one: 年底 is read as 31 December and looked at."""

    day: dt.date
    is_exact: bool


def read_plan_day(text: str, *, today: dt.date) -> PlanDay | None:
    """The last day of what was written; None when it names no day: 长期坚持. Raises `NoSuchDay`."""
    digits = SPOKEN.sub(_digits, unicodedata.normalize("NFKC", text).strip())
    plain = BEFORE.sub("", digits).strip()
    if exact := read_day(plain):
        return PlanDay(exact, is_exact=True)
    if (end := _end_of(plain, today)) is None:
        return None
    year, month = end
    if not (1 <= month <= 12 and 1900 <= year <= 2200):
        raise NoSuchDay(text)
    return PlanDay(dt.date(year, month, months.monthrange(year, month)[1]), is_exact=False)


def _digits(match: re.Match[str]) -> str:
    """二〇二七 is 2027, 十二 is 12, 三十一 is 31."""
    word = match[0]
    if "十" not in word:
        return "".join(str(DIGITS[letter]) for letter in word)
    tens, ones = word.split("十", 1)
    return str(DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0))


def _end_of(text: str, today: dt.date) -> tuple[int, int] | None:
    """The year and the month at whose end it is due."""
    if THIS_MONTH.fullmatch(text):
        return today.year, today.month
    if match := MONTH.fullmatch(text) or YEAR_AND_MONTH.fullmatch(text):
        return _year(match, today), int(match["month"])
    if match := QUARTER.fullmatch(text):
        number = QUARTERS.get(match["quarter"]) or int(match["quarter"])
        return _year(match, today), number * 3
    if match := HALF.fullmatch(text):
        return _year(match, today), 12 if match["half"] == "下" else 6
    if match := WHOLE_YEAR.fullmatch(text):
        return _year(match, today), 12
    return None


def _year(match: re.Match[str], today: dt.date) -> int:
    said = match.groupdict()
    return int(said["year"]) if said.get("year") else today.year + LATER.get(said.get("word"), 0)


class PlanDayInput(DayInput):
    """The browser's date picker; words that are no day stay to be seen, which a picker hides."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        written = context["widget"]["value"]
        if written and not ISO.fullmatch(written):
            context["widget"]["type"] = "text"
        return context


class PlanDayField(DayField):
    """A day that keeps what was written and says what is wrong with it."""

    widget = PlanDayInput

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as wrong:
            told = gettext("“%s” is not a date such as 2026-06-30.")
            if any(error.code == "no_such_day" for error in wrong.error_list):
                told = gettext("there is no such day: “%s”.")
            raise ValidationError(told % seen(str(value))) from None
