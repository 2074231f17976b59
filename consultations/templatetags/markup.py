"""The little that may be marked in a text written by staff: paragraphs, points of a list, bold."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
POINT = "- "


@register.filter
def small_markup(text: str) -> SafeString:
    """All that is typed is escaped first; nothing but these three kinds of marks is made of it."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return mark_safe("".join(_part(part) for part in parts if part.strip()))  # noqa: S308  escaped


def _part(part: str) -> str:
    lines = part.strip().split("\n")
    if all(line.startswith(POINT) for line in lines):
        points = "".join(f"<li>{_words(line.removeprefix(POINT))}</li>" for line in lines)
        return f'<ul class="points">{points}</ul>'
    return f"<p>{'<br>'.join(_words(line) for line in lines)}</p>"


def _words(line: str) -> str:
    return BOLD.sub(r"<b>\1</b>", escape(line))
