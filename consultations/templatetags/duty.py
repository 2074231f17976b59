"""Words of the duty record. No query."""

from __future__ import annotations

from django import template

from committees.models import DutyKind

register = template.Library()


@register.simple_tag
def duty_kind(kind: str) -> str:
    return str(DutyKind(kind).label)
