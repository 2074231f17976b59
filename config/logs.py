"""Lines of the log without what opens a door or names a person."""

from __future__ import annotations

import logging
import re

from committees.numbers import PERSONAL

# The addresses that are keys themselves: links of supervisors, one-time links, calendar feeds.
KEYS = re.compile(r"((?:/s|/account/start|/my/mail/confirm|/my/calendar/feed)/)[\w:-]{4,}")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
MASK = "***"


def masked(text: str) -> str:
    text = MAIL.sub(MASK, KEYS.sub(rf"\1{MASK}", text))
    for pattern, _label in PERSONAL:
        text = pattern.sub(MASK, text)
    return text


class Masked(logging.Formatter):
    """Masks the whole line, and a traceback with the words of its error."""

    def format(self, record):
        return masked(super().format(record))
