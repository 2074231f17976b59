"""The two forms of everybody: raise a topic, follow it by its code."""

from __future__ import annotations

import hashlib
import re
import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Region
from consultations.models.suggestions import CODE_LETTERS
from consultations.privacy import findings

CODE_LENGTH = 8
TYPED = ("title", "problem", "wish", "place")


def new_token() -> str:
    return secrets.token_hex(16)


class SuggestionForm(forms.Form):
    """A resident's topic in a county already chosen. Neither name nor phone is asked for."""

    required_css_class = "required"

    region = forms.ChoiceField(
        label=_("Township or subdistrict"),
        help_text=_("Not sure? Leave it at the whole county."),
        widget=forms.Select(attrs={"class": "in"}),
    )
    place = forms.CharField(
        label=_("Village, street or spot"),
        help_text=_("As people there would say it, so that it can be found."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off"}),
    )
    title = forms.CharField(
        label=_("Say it in one sentence"),
        help_text=_("For example: cars park all over the street, nobody can walk there."),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off"}),
    )
    problem = forms.CharField(
        label=_("Tell more about it"),
        help_text=_("Since when, whom it concerns, what has been tried."),
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "in", "rows": 6}),
    )
    wish = forms.CharField(
        label=_("What would you like to see happen?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "in", "rows": 3}),
    )
    consent = forms.BooleanField(
        label=_("I agree that what I wrote is used to deal with this matter."),
        error_messages={"required": _("Please tick the box, so that we may use what you wrote.")},
        widget=forms.CheckboxInput(attrs={"class": "tick"}),
    )
    form_token = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

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

    def clean(self):
        """What would give somebody away must not be kept: ask for it to be taken out."""
        for name in TYPED:
            found = findings(self.cleaned_data.get(name) or "")
            if found:
                message = _("This holds %(what)s. Please take it out: nobody needs it here.")
                self.add_error(name, message % {"what": "、".join(found)})
        return self.cleaned_data

    @property
    def told(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in TYPED}

    @property
    def token(self) -> str:
        """The same words from the same form are one suggestion; changed words are another."""
        parts = [self.cleaned_data["form_token"], self.cleaned_data["region"], *self.told.values()]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


class TrackForm(forms.Form):
    """Eight letters and digits, however they were typed: lower case, with a gap, full width."""

    code = forms.CharField(
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
