"""Whose data somebody asks for, and why it is taken out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import TextField, text_area, with_blank

KINDS = [
    ("resident", _("a resident: by name, or by the query code")),
    ("account", _("a colleague or member: by name or user name")),
]


class HeldForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(label=_("whose data"), choices=with_blank(KINDS))
    words = TextField(
        label=_("name, user name or query code"),
        help_text=_("Exactly as it was written down."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class EraseForm(forms.Form):
    use_required_attribute = False

    why = TextField(
        label=_("why it is taken out"),
        help_text=_("Kept in the audit log, without the name."),
        min_length=2,
        max_length=100,
        widget=text_area(2),
    )
    sure = forms.BooleanField(
        label=_("The name is taken out everywhere; this cannot be undone."),
        error_messages={"required": _("Please tick the box: this cannot be undone.")},
    )
