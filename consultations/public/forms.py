"""The two forms of everybody: raise a topic, follow it by its code."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Region
from consultations.forms.fields import TextField
from consultations.forms.raising import RaisedForm, new_token
from consultations.models.suggestions import CODE_LETTERS

__all__ = ["SuggestionForm", "TrackForm", "new_token"]

CODE_LENGTH = 8


class SuggestionForm(RaisedForm):
    """A resident's topic in a county already chosen."""

    required_css_class = "required"

    region = forms.ChoiceField(
        label=_("Township or subdistrict"),
        help_text=_("Not sure? Leave it at the whole county."),
        widget=forms.Select(attrs={"class": "in"}),
    )
    field_order = ["region", "place", "title", "problem", "wish", "consent", "form_token"]

    def __init__(self, *args, county: Region, townships: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        whole = _("Anywhere in %(county)s") % {"county": county.name}
        self.fields["region"].choices = [(county.code, whole), *townships]
        for name, box in self.fields.items():
            self._describe(name, box)

    def _describe(self, name, box):
        """Tie hint and error to the box, for those who hear the page."""
        ids = [f"id_{name}-hint"] if box.help_text else []
        if self.is_bound and name in self.errors:
            ids.append(f"id_{name}-error")
            box.widget.attrs["aria-invalid"] = "true"
        if ids:
            box.widget.attrs["aria-describedby"] = " ".join(ids)


class TrackForm(forms.Form):
    """Eight letters and digits, however they were typed: lower case, with a gap, full width."""

    code = TextField(
        label=_("Your query code"),
        help_text=_("Capital or small letters, with or without the gap."),
        max_length=40,
        error_messages={"required": _("Please type the code you were given.")},
        widget=forms.TextInput(
            attrs={
                "class": "in in--code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self):
        code = re.sub(r"[\s\-·]", "", self.cleaned_data["code"].translate(NARROW)).upper()
        if len(code) != CODE_LENGTH or set(code) - set(CODE_LETTERS):
            raise forms.ValidationError(_("A code has eight letters and digits. Please check it."))
        return code


# Letters and digits as a Chinese keyboard may write them.
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
