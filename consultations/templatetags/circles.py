"""Rings and proportional circles. No query, no style.

Sizes and colours are attributes of the SVG, since the content policy allows no inline style.
"""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.selectors.steps import NAMES, on_record, walking

register = template.Library()

RINGS = 1000  # drawings kept, about 1 MB
ARC, REST = 0.82, 0.18  # of one step on a circle of ten
TURN = 'cx="50" cy="50" r="42" pathLength="10"'


@register.simple_tag
def ring(case, size="s"):
    """How far a case has come: a thin line for each step, thick where it is on record."""
    return _ten_steps(walking(case), case.steps_recorded, on_record(case), size, get_language())


@lru_cache(maxsize=RINGS)
def _ten_steps(now: int | None, recorded: int, n: int, size: str, language: str) -> SafeString:
    bits = recorded & ~(1 << now if now is not None else 0)
    words = {"n": n, "step": NAMES[now] if now is not None else ""}
    label = _("%(n)s of 10 steps on public record") % words
    if now is not None:
        label = _("%(n)s of 10 steps on public record, now at: %(step)s") % words
    done = [i for i in range(10) if bits >> i & 1]
    arcs = _arcs(range(10), "") + _arcs(done, "is-done")
    if now is not None:
        arcs += _arcs([now], "is-now")
    return _ring(arcs, label=label, size=size, text=_count(words["n"], size))


@register.simple_tag
def ring_step(number, total=3):
    """Where somebody is in a form of a few pages."""
    arcs = "".join(
        f'<circle class="{_step_class(i, number)}" cx="50" cy="50" r="42" pathLength="{total}"'
        f' stroke-dasharray=".93 {total - 0.93:g}" stroke-dashoffset="-{i + 0.035:g}"/>'
        for i in range(total)
    )
    return _ring(arcs, label="", size="m", text=f'<text x="50" y="61">{number}</text>')


@register.simple_tag
def rating_ring(score):
    """The share of the content; an empty ring where nobody answered, a fraction for a few."""
    if score.rate is None:
        text = f"{score.content}/{score.judged}" if score.judged else "—"
        label = (
            _("No rating yet")
            if not score.answers
            else _("No percentage: too few answers, or how many were asked is not on record")
        )
        return _ring(_arcs(range(10), ""), label=label, size="m", text=_centre(text, "pct"))
    arc = (
        '<circle class="track" cx="50" cy="50" r="42"/><circle class="is-done" cx="50" cy="50"'
        f' r="42" pathLength="100" stroke-dasharray="{score.rate:g} {100 - score.rate:g}"/>'
    )
    label = _("%s per cent content") % score.rate
    return _ring(arc, label=label, size="l", text=_centre(f"{score.rate:g}%", "pct"))


def _step_class(i: int, number: int) -> str:
    return "is-now" if i == number - 1 else "is-done" if i < number - 1 else ""


def _arcs(steps, css: str) -> str:
    """One circle whose dashes are these of the ten steps."""
    dashes, at = ["0"], 0.0
    for i in steps:
        start = i + REST / 2
        dashes += [f"{start - at:.2f}", f"{ARC}"]
        at = start + ARC
    if len(dashes) == 1:
        return ""
    dashes.append(f"{10 - at:.2f}")
    cls = f' class="{css}"' if css else ""
    return f'<circle{cls} {TURN} stroke-dasharray="{" ".join(dashes)}"/>'


def _count(n: int, size: str) -> str:
    if size != "l":
        return f'<text x="50" y="61">{n}</text>'
    of = escape(_("of 10 steps"))
    return f'<text x="50" y="53">{n}</text><text x="50" y="67" class="small">{of}</text>'


def _centre(text: str, css: str) -> str:
    return f'<text x="50" y="58" class="{css}">{escape(text)}</text>'


def _ring(arcs: str, *, label: str, size: str, text: str) -> SafeString:
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(  # noqa: S308  every part is a number of ours or escaped above
        f'<svg class="ring ring--{size}" fill="currentColor" text-anchor="middle"'
        f' viewBox="0 0 100 100" {role}><g transform="rotate(-90 50 50)">{arcs}</g>{text}</svg>'
    )


# --- proportional circles -----------------------------------------------------------------------


BIG, ROOM_IN_MIDDLE, ROOM_BELOW = 146.0, 60.0, 106.0


@register.simple_tag
def proportion(before, after, unit, name):
    """Two circles whose areas are as the two values; nothing for values too close to tell."""
    if before is None or after is None or min(before, after) <= 0:
        return ""
    small = max(BIG * math.sqrt(float(min(before, after) / max(before, after))), 34.0)
    if small > ROOM_BELOW:
        return ""
    grew = after > before
    outer, inner = (after, before) if grew else (before, after)
    words = (_("today"), _("before")) if grew else (_("before"), _("today"))
    told = {"before": amount(before), "after": amount(after), "unit": unit, "name": name}
    middle = 150 if small <= ROOM_IN_MIDDLE else 292 - small
    return format_html(
        '<svg class="prop{}" fill="currentColor" text-anchor="middle" font-size="19"'
        ' viewBox="0 0 300 300" role="img" aria-label="{}">'
        '<circle class="outer" cx="150" cy="150" r="{}"/>'
        '<circle class="inner" cx="150" cy="{}" r="{}"/>{}{}</svg>',
        " prop--grew" if grew else "",
        _("%(name)s: from %(before)s %(unit)s to %(after)s %(unit)s") % told,
        BIG,
        f"{middle:.1f}",
        f"{small:.1f}",
        _pair("outer-text", words[0], outer, unit, 34 if middle > 150 else 50, 30),
        _pair("inner-text", words[1], inner, unit, middle - 6, 26),
    )


def _pair(css, word, value, unit, y, size):
    """A word and below it a value; in a small circle the value shrinks with its length."""
    text = f"{amount(value)}{unit}"
    fits = min(size, 250 / max(len(text), 1)) if css == "outer-text" else min(size, 92 / len(text))
    return format_html(
        '<text class="{}" x="150" y="{}">{}</text>'
        '<text class="sf {}" font-size="{}" x="150" y="{}">{}</text>',
        css, f"{y:.0f}", word, css, f"{max(fits, 15):.0f}", f"{y + 33:.0f}", text,
    )  # fmt: skip


@register.filter
def amount(value):
    """A number as it is read: 40, 99.7, 1,720 stays 1720 up to four digits."""
    if value is None:
        return "—"
    number = Decimal(value).normalize()
    text = f"{number:f}"
    whole, _dot, part = text.partition(".")
    if len(whole.lstrip("-")) > 4:
        whole = f"{int(whole):,}"
    return f"{whole}.{part}" if part else whole
