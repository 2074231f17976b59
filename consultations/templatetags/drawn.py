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

from consultations.templatetags.stages import public_names, public_word

register = template.Library()

ROWS, BOXES = 2000, 400  # of each about 2 MB


@dataclass(frozen=True)
class Part:
    """What is drawn by `draw`, told apart by `shown` alone."""

    shown: Hashable
    draw: Callable[[], str] = field(compare=False)


@register.simple_tag(takes_context=True)
def case_row(context, case, level="h3"):
    """A row of a list, as `components/case_row.html` draws it."""
    values = {name: value for name, value in vars(case).items() if name != "_state"}
    words = level, public_word(context, case), get_language()
    drawn_with = {"case": case, "level": level, "public_names": public_names(context)}
    part = Part(
        (*values.items(), *words),
        lambda: render_to_string("components/case_row.html", drawn_with),
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
