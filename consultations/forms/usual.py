"""Texts that are offered beside a box: chosen, then adapted by the person who writes."""

from __future__ import annotations

from typing import Any

from django import forms

from consultations.forms.fields import with_blank
from consultations.models import ReasonText


def usual_texts(subject: str, action: str) -> list[tuple[str, str]]:
    """(text, title) of what is offered for one step, in order."""
    rows = ReasonText.objects.filter(subject=subject, action=action)
    return list(rows.order_by("order", "pk").values_list("text", "title"))


def usual_field(texts: list[Any], *, label: Any, fills: str) -> forms.ChoiceField:
    """A select of texts; choosing one writes it into the box `fills` where scripts run."""
    box = forms.Select(attrs={"data-fills": f"id_{fills}"})
    return forms.ChoiceField(label=label, choices=with_blank(texts), widget=box, required=False)


def take_usual(cleaned: dict[str, Any], *, box: str, choice: str) -> None:
    """Without scripts: the chosen text stands where nothing was written."""
    if not str(cleaned.get(box) or "").strip() and cleaned.get(choice):
        cleaned[box] = cleaned[choice]
