"""What a resident tells: in his own words, or written down by staff who took it on his behalf."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.lookups import LookupField
from committees.models import Region, RoleGrant
from consultations.forms.fields import TextField, TokenField, with_blank
from consultations.models import Suggestion
from consultations.privacy import findings
from consultations.selectors.places import regions_to_log_in
from consultations.services.suggestions import SCREENERS

TYPED = ("title", "problem", "wish", "place")
ON_BEHALF = [choice for choice in Suggestion.Channel.choices if choice[0] != "web"]


def new_token() -> str:
    return secrets.token_hex(16)


class RaisedForm(forms.Form):
    """The matter itself. Neither name nor phone is asked for, and none is kept in the words."""

    place = TextField(
        label=_("Village, street or spot"),
        help_text=_("As people there would say it, so that it can be found."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off"}),
    )
    title = TextField(
        label=_("Say it in one sentence"),
        help_text=_("For example: cars park all over the street, nobody can walk there."),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off"}),
    )
    problem = TextField(
        label=_("Tell more about it"),
        help_text=_("Since when, whom it concerns, what has been tried."),
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "in", "rows": 6}),
    )
    wish = TextField(
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
    form_token = TokenField(max_length=40)

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
        region = str(self.cleaned_data["region"])
        parts = [self.cleaned_data["form_token"], region, *self.told.values()]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


class EnteredForm(RaisedForm):
    """The same on somebody's behalf: also how it came in, and where, within the grants held."""

    use_required_attribute = False

    channel = forms.ChoiceField(label=_("how it reached us"), choices=with_blank(ON_BEHALF))
    region = LookupField(
        queryset=Region.objects.none(),
        label=_("where"),
        help_text=_("Name, pinyin or initials of the township."),
        max_length=80,
    )
    field_order = ["channel", "title", "problem", "wish", "region", "place", "consent"]

    def __init__(self, data=None, *, grants: Iterable[RoleGrant]):
        super().__init__(data, initial={"form_token": new_token()})
        screening = [grant for grant in grants if grant.role in SCREENERS]
        self.fields["region"].queryset = regions_to_log_in(screening)
        self.fields["wish"].label = _("What should happen, in the eyes of whoever raised it?")
        self.fields["consent"].label = _(
            "Whoever raised it agrees that these words are used to deal with the matter."
        )
        self.fields["consent"].error_messages["required"] = _(
            "Ask first, then tick the box: without consent nothing is kept."
        )
