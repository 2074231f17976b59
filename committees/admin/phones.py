"""A sealed number in a form: what is stored is never drawn; one types a new one, or nothing."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from committees.numbers import read_mobile
from committees.sealed import masked

TAKEN_OUT = "taken out"  # what the tick stands for; no number reads like this


class Typed(str):
    """What somebody has just typed, in contrast to what is stored."""

    __slots__ = ()


class NewNumber(forms.TextInput):
    """An empty box, and a tick to take the stored number out."""

    def value_from_datadict(self, data, files, name):
        typed = (data.get(name) or "").strip()
        return TAKEN_OUT if not typed and f"{name}_out" in data else typed

    def render(self, name, value, attrs=None, renderer=None):
        out = value == TAKEN_OUT
        box = super().render(name, "" if out else value, attrs, renderer)
        tick = '{} <label class="take-out"><input type="checkbox" name="{}_out"{}> {}</label>'
        checked = mark_safe(" checked") if out else ""
        return format_html(tick, box, name, checked, _("take the number out"))


class NewNumberField(forms.CharField):
    """Cleans to None where the number stays, to an empty text where it is taken out."""

    widget = NewNumber(attrs={"inputmode": "tel", "autocomplete": "off"})

    def __init__(self, **kwargs):
        kwargs |= {"required": False, "max_length": 20, "label": _("new mobile phone"),
                   "help_text": _("Left empty, the number on record stays.")}  # fmt: skip
        super().__init__(**kwargs)

    def prepare_value(self, value):
        """What was typed is drawn again, what stands in the record is not."""
        return value if isinstance(value, Typed) else ""

    def bound_data(self, data, initial):
        return Typed(data or "")

    def clean(self, value):
        if value == TAKEN_OUT:
            return ""
        text = super().clean(value)
        return read_mobile(text) if text else None

    def has_changed(self, initial, data):
        return bool(data)


def shown(number: str) -> str:
    """A number as a page shows it."""
    return masked(number) if number else "—"


class MaskedMobile:
    """For a list or its rows: the column that shows the number masked, and the way to see it.

    Who may not see it in clear is answered there as if there were no such page.
    """

    clear_kind = ""

    @admin.display(description=_("mobile phone"))
    def mobile_shown(self, record):
        text = shown(record.mobile) if record.pk else "—"
        if not (self.clear_kind and record.pk and record.mobile):
            return text
        url = reverse(f"{self.admin_site.name}:phone", args=[self.clear_kind, record.pk])
        return format_html('{} <a href="{}">{}</a>', text, url, _("show the number"))
