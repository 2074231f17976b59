"""Parts of the list of cases, drawn once for each content: its rows, and the boxes beside it.

They are kept in the process under all the values that they show, so that nothing ever has to be
thrown away: other values are another part. Half of what the list costs is drawn here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

register = template.Library()

ROWS, BOXES = 2000, 400  # of each about 2 MB


@dataclass(frozen=True)
class Part:
    """What is drawn by `draw`, told apart by `shown` alone."""

    shown: Hashable
    draw: Callable[[], str] = field(compare=False)


@register.simple_tag
def case_row(case, level="h3"):
    """A row of a list, as `components/case_row.html` draws it."""
    values = {name: value for name, value in vars(case).items() if name != "_state"}
    shown = (*values.items(), level, get_language())
    part = Part(
        shown, lambda: render_to_string("components/case_row.html", {"case": case, "level": level})
    )
    return _row(part) if settings.KEEP_PAGES else part.draw()


@register.simple_tag
def choice_box(box):
    """A box with its choices, the chosen one marked."""
    choices = tuple((str(value), str(label)) for value, label in box.field.choices)
    shown = (box.html_name, str(box.value()), choices, str(box.errors), get_language())
    part = Part(shown, box.as_widget)
    return _box(part) if settings.KEEP_PAGES else part.draw()


@lru_cache(maxsize=ROWS)
def _row(part: Part) -> str:
    return part.draw()


@lru_cache(maxsize=BOXES)
def _box(part: Part) -> str:
    return part.draw()
