"""Requests nobody in good faith would send, made from the URL configuration; the same every time."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from urllib.parse import quote

from django.urls import get_resolver

HUGE = str(10**30)
VALUES = (
    "", "0", "-1", "1.5", "1e9", HUGE, "9" * 18, "9" * 19, "9" * 500, "abc", "null", "true", "[]",
    "{}", "NaN", "Infinity", "1e400", "１２", "²", "٣", "𝟙", "\u202e\u2066", "\ufeff", "\u0007",
    "' OR 1=1 --", '"><script>alert(1)</script>', "{{ 7*7 }}", "%(name)s", "%s%n", "../../etc/passwd",
    "2026-13-45", "9999-12-31", "0001-01-01", "99999-01-01", "2026-02-29T25:61", "0000", "=1+1",
    "\r\nSet-Cookie: a=b", "http://evil.example/", "//evil.example", "javascript:alert(1)", "字" * 900,
    "a\tb\nc", "，、；", "-", "_", "*", "🀄", "e\u0301" * 200, "53", "532622", "1-1", "9" * 16 + "-1",
)  # fmt: skip
# As they travel: a NUL, bytes that are no UTF-8, a lone surrogate, half an escape.
RAW = ("%00", "%FF%FE", "%ED%A0%80", "%C0%AF", "%", "%zz", "%u0041", "a" * 5000)
PARAMETERS = (
    "p", "o", "e", "q", "all", "_to_field", "_popup", "_changelist_filters", "_facets", "term",
    "app_label", "model_name", "field_name", "region", "county", "studio", "stage", "state", "due",
    "mine", "field", "source", "action", "role", "kind", "origin", "level", "topic", "nature", "year",
    "campaign", "after", "before", "about", "print", "next", "text", "lang", "format", "cursor",
    "is_active__exact", "id__in", "pk__gt", "title__startswith", "case__title__regex", "region__",
    "__", "user__password__startswith", "created_by__password", "stage__in", "problem__contains",
    "case__problem__contains", "title", "case", "sent", "_method", "version", "",
)  # fmt: skip
IDS = (
    "0",
    "-1",
    HUGE,
    "9" * 5000,
    "9" * 18,
    "abc",
    "١",
    "１",
    "²",
    "%00",
    "%ED%A0%80",
    "1%2F..",
    "_5F1",
    "a b",
)
PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
GROUP = re.compile(r"\(\?P<(?P<name>\w+)>[^)]*\)")


def routes() -> list[str]:
    """Every route of the site, with its placeholders."""
    return sorted(set(_walk(get_resolver().url_patterns, "/")))


def _walk(patterns, above: str) -> Iterator[str]:
    for pattern in patterns:
        here = above + str(pattern.pattern).lstrip("^").rstrip("$")
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern.url_patterns, here)
        else:
            yield here


def filled(route: str, known: dict[str, list[str]], dice: random.Random, *, odd: bool) -> str:
    """The route with something in each place: one that exists, or (odd) one that should not."""

    def one(match: re.Match[str]) -> str:
        real = known.get(match["name"]) or ["1"]
        return dice.choice(IDS if odd else real)

    return PLACE.sub(one, GROUP.sub(one, route))


def query(dice: random.Random) -> str:
    """One to four parameters, some twice, some as raw bytes."""
    names = [dice.choice(PARAMETERS) for _ in range(dice.randint(1, 4))]
    if dice.random() < 0.2:
        names.append(names[0])
    pairs = []
    for name in names:
        value = dice.choice(RAW) if dice.random() < 0.1 else quote(dice.choice(VALUES)[:300])
        pairs.append(f"{quote(name)}={value}")
    return "&".join(pairs)


def tampered(sent: dict[str, list], dice: random.Random) -> dict[str, list]:
    """What a form would send, with some of it missing, wrong, doubled or foreign."""
    changed = {name: list(values) for name, values in sent.items()}
    names = sorted(changed)
    for name in dice.sample(names, min(len(names), dice.randint(1, 4))):
        fate = dice.random()
        if fate < 0.25:
            del changed[name]
        elif fate < 0.4:
            changed[name] = [*changed[name], dice.choice(VALUES)]
        else:
            changed[name] = [dice.choice(VALUES)]
    for name in [n for n in names if n.endswith("_FORMS") and dice.random() < 0.3]:
        changed[name] = [dice.choice(("-1", "1000000000", "x", "", HUGE, "٣", "59", "60", "61"))]
        if dice.random() < 0.3:
            del changed[name]
    if "version" in changed and dice.random() < 0.4:
        changed["version"] = [dice.choice(("-1", "0", "999999", HUGE, "x", "", "１", "9" * 30))]
    for name in ("more", "copy", "split", "paste", "check", "accept", "apply", "action", "role"):
        if dice.random() < 0.08:
            changed[name] = [dice.choice(("i", "i-0", "i-0-t-0", "p-1", "p-٣", "x" * 99, *VALUES))]
    if dice.random() < 0.3:
        changed[dice.choice(("id", "pk", "i-0-id", "i-0-t-0-id", "stage", "is_public", "origin",
                             "county_code", "pasted", "created_by", "_selected_action"))] = [
            dice.choice((*VALUES, "1", "2", "3", "a\tb\tc\td", "a\tb\tc\td\te"))
        ]  # fmt: skip
    return changed
