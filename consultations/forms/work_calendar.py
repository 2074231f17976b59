"""A year of the working calendar as it is typed or pasted: lines of days, or the notice itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.calendar import ONE_DAY, Year
from consultations.forms.fields import DayField, TextField

MOST_LETTERS, LONGEST_RANGE, LONGEST_NAME = 8000, 16, 20
ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]+、)?\s*([^\d\s：:]{2,10})[：:]")
WORKED = re.compile(r"上班|补班|(?:^|\s)班(?:\s|$)|\bworked\b")
OFF = re.compile(r"放假|休息|(?:^|\s)休(?:\s|$)|\boff\b")
DATE = re.compile(
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
    r"|(?:(?P<cy>\d{4})年)?(?:(?P<cm>\d{1,2})月)?(?P<cd>\d{1,2})日"
)
UNTIL = re.compile(r"\s*(?:至|到|~|～|—+|–|-)\s*")
SHORT = 30  # a line that is no longer and says off or worked has to name a day


@dataclass
class Reading:
    """What was understood so far, and what was not."""

    year: int
    off: dict[dt.date, str] = field(default_factory=dict)
    worked: dict[dt.date, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    feast: str = ""


def read_days(text: str, *, year: int) -> Year:
    """The days of a list (2027-02-14 班 春节; 1月1日至3日 休 元旦) or of the notice's own words.

    Raises `ValidationError` with one message for each line that cannot be.
    """
    reading = Reading(year)
    for number, line in enumerate(text.splitlines(), start=1):
        for clause in re.split(r"[。；;]", ASIDE.sub("", line)):
            try:
                _read_clause(clause, reading)
            except ValueError as wrong:
                at = {"number": number, "what": wrong}
                reading.errors.append(_("Line %(number)s: %(what)s") % at)
    if not reading.errors and not reading.off:
        reading.errors.append(_("No day off was found in the list."))
    if reading.errors:
        raise ValidationError(reading.errors)
    return Year(reading.off, reading.worked)


def _read_clause(clause: str, reading: Reading) -> None:
    heading = HEADING.match(clause)
    if heading:
        reading.feast, clause = heading[1][:LONGEST_NAME], clause[heading.end() :]
    is_worked, is_off = bool(WORKED.search(clause)), bool(OFF.search(clause))
    days = list(_days(clause, reading.year))
    if days and {one.year for one in days} != {reading.year}:
        if is_worked or is_off:
            raise ValueError(_("the day lies in another year."))
        return  # the date under the notice
    if not days:
        if (is_worked or is_off) and len(clause) <= SHORT:
            raise ValueError(_("no day was understood."))
        return
    if is_worked == is_off:
        raise ValueError(_("say whether the day is off (休) or worked (班)."))
    name = _name(clause) or reading.feast
    for one in days:
        _put(one, name, reading, is_worked=is_worked)


def _put(one: dt.date, name: str, reading: Reading, *, is_worked: bool) -> None:
    into, other = (reading.worked, reading.off) if is_worked else (reading.off, reading.worked)
    told = one.isoformat()
    if one in other:
        raise ValueError(_("%s is both off and worked.") % told)
    if is_worked and one.weekday() < 5:
        raise ValueError(_("%s is no day of a weekend: it is worked anyway.") % told)
    into[one] = name


def _days(clause: str, year: int) -> Iterator[dt.date]:
    before: dt.date | None = None
    end = 0
    for found in DATE.finditer(clause):
        month = before.month if before else None
        one = _date(found, year, month)
        if before and UNTIL.fullmatch(clause[end : found.start()]):
            yield from _range(before + ONE_DAY, one)
        else:
            yield one
        before, end = one, found.end()


def _date(found: re.Match[str], year: int, month: int | None) -> dt.date:
    said = found["m"] or found["cm"] or month
    if said is None:
        raise ValueError(_("“%s” has no month.") % found[0])
    try:
        return dt.date(
            int(found["y"] or found["cy"] or year), int(said), int(found["d"] or found["cd"])
        )
    except ValueError:
        raise ValueError(_("the calendar has no such day: %s.") % found[0]) from None


def _range(first: dt.date, last: dt.date) -> list[dt.date]:
    days = (last - first).days + 1
    if not 0 < days <= LONGEST_RANGE:
        raise ValueError(_("from %(first)s to %(last)s is no holiday.")
                         % {"first": first - ONE_DAY, "last": last})  # fmt: skip
    return [first + ONE_DAY * n for n in range(days)]


def _name(clause: str) -> str:
    """What stands behind the word in a line of a list: 2027-02-14 班 春节."""
    found = re.search(r"(?:^|\s)(?:班|休|off|worked)\s+(\S.*)$", clause.strip())
    return found[1].strip()[:LONGEST_NAME] if found else ""


def written(days: Year) -> str:
    """The days as a list, that `read_days` reads again."""
    lines = [(day, "休", name) for day, name in days.off.items()]
    lines += [(day, "班", name) for day, name in days.worked.items()]
    return "\n".join(f"{day} {kind} {name}".rstrip() for day, kind, name in sorted(lines))


class YearForm(forms.Form):
    """The whole year, as a list."""

    days = TextField(
        label=gettext_lazy("the days of the year"), max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("Paste the notice as it was published, or write one day in each line: 2027-02-14 班 春节, 2027-01-01 休 元旦. What is not listed is as the week says."),
    )  # fmt: skip
    document = TextField(
        label=gettext_lazy("published in (document)"), max_length=120,
        help_text=gettext_lazy("The notice with its number and date, as it can be looked up."),
    )  # fmt: skip

    def __init__(self, *args, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_days(self):
        text = self.cleaned_data["days"]
        self.read = read_days(text, year=self.year)
        return text


class DayForm(forms.Form):
    """One day of the year becomes otherwise."""

    KINDS = (
        ("off", gettext_lazy("Day off")),
        ("worked", gettext_lazy("Make-up working day")),
        ("plain", gettext_lazy("As the week says")),
    )
    date = DayField(label=gettext_lazy("date"))
    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=KINDS)
    name = TextField(
        label=gettext_lazy("name of the holiday"), max_length=LONGEST_NAME, required=False
    )
    document = YearForm.base_fields["document"]

    def __init__(self, *args, year: int, known: Year, **kwargs):
        super().__init__(*args, **kwargs)
        self.year, self.known = year, known

    def clean(self):
        cleaned = super().clean()
        one, kind = cleaned.get("date"), cleaned.get("kind")
        if not one or not kind:
            return cleaned
        if one.year != self.year:
            self.add_error("date", _("The day does not lie in %s.") % self.year)
        elif kind == "worked" and one.weekday() < 5:
            self.add_error("kind", _("%s is no day of a weekend: it is worked anyway.") % one)
        else:
            self.read = self._with(one, kind, cleaned.get("name") or "")
        return cleaned

    def _with(self, one: dt.date, kind: str, name: str) -> Year:
        off = {day: called for day, called in self.known.off.items() if day != one}
        worked = {day: called for day, called in self.known.worked.items() if day != one}
        if kind != "plain":
            (off if kind == "off" else worked)[one] = name
        return Year(off, worked)
