"""The links above a list of the staff screens: where else one goes from it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

Tool = tuple[str, str]  # its words, its address


def tool(label: str, route: str, *args: str) -> Tool:
    return label, reverse(f"admin:{route}", args=args)


def from_table(kind: str, label: str = _("Take over from a spreadsheet")) -> Tool:
    """To the page that takes records of this kind over from a spreadsheet."""
    return tool(label, "people_import_table", kind)
