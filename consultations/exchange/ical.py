"""Entries as a calendar file (RFC 5545): folded lines, escaped text, the time of Shanghai.

The rules needed here are few: a library for all of the format would be larger than this project.
The tests read the files back with one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.selectors.dates import LASTS, Entry

WIDTH = 75  # octets of a line, its end not counted
TYPE = "text/calendar; charset=utf-8"
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
ZONE = (  # one rule since 1992
    "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19920101T000000",
    "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


def calendar_file(entries: Iterable[Entry]) -> str:
    """The same text for the same entries, to the byte."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tongxinyuan//Dates//ZH", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(_('Tongxinyuan'))}", "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H", *ZONE,
        *(line for entry in entries for line in _event(entry)),
        "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry) -> Iterator[str]:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    page, key = entry.path
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}@{host}"
    yield f"DTSTAMP:{entry.stamp.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{entry.version}"
    yield from _time(entry.starts)
    yield f"SUMMARY:{_text(entry.summary)}"
    if entry.place:
        yield f"LOCATION:{_text(entry.place)}"
    yield f"URL:{settings.SITE_URL}{reverse(f'my:{page}', args=[key])}"
    yield "END:VEVENT"


def _time(starts: dt.datetime | dt.date) -> Iterator[str]:
    """A moment in local time, or a whole day on which one is free all the same."""
    if isinstance(starts, dt.datetime):
        local = timezone.localtime(starts)
        yield f"DTSTART;TZID=Asia/Shanghai:{local:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID=Asia/Shanghai:{local + LASTS:%Y%m%dT%H%M%S}"
        return
    yield f"DTSTART;VALUE=DATE:{starts:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{starts + dt.timedelta(days=1):%Y%m%d}"
    yield "TRANSP:TRANSPARENT"


def _text(words: str) -> str:
    """What a person wrote, without control characters."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in plain if c == "\n" or (c >= " " and c != "\x7f"))
    return kept.translate(ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """At most 75 octets a line, no character cut in two; further lines begin with a space."""
    part, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > WIDTH:
            yield part
            part, size = " ", 1
        part, size = part + char, size + octets
    yield part
