"""Why somebody wants to see a phone number in clear."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.services.clear import Why
from consultations.forms.fields import TextField, text_area, with_blank


class WhyForm(forms.Form):
    """A choice and a few words; both are kept in the audit log."""

    use_required_attribute = False

    why = forms.ChoiceField(
        label=_("what the number is needed for"), choices=with_blank(Why.choices)
    )
    words = TextField(
        label=_("in a few words"),
        help_text=_("For example: to agree on the day of the visit. The auditor reads this."),
        min_length=2,
        max_length=100,
        widget=text_area(2),
    )
