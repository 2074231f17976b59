from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import TextField, text_area
from consultations.forms.seen import SeenStart


class DescribeForm(SeenStart):
    """What the public reads of a file, and that it may be shown."""

    use_required_attribute = False

    title = TextField(label=_("title"), max_length=80)
    alt_text = TextField(
        label=_("what the file shows, in words"),
        help_text=_("Read aloud to whoever does not see the picture. No names of residents."),
        widget=text_area(3),
        max_length=200,
    )
    consent = forms.BooleanField(
        label=_("people in the picture agreed"),
        error_messages={"required": _("Without consent a file is not shown to the public.")},
    )


class HoldsPeopleForm(SeenStart):
    """Whether a file goes together with the residents' names."""

    holds_people = forms.BooleanField(
        label=_("residents can be recognised in it, or their names or signatures read"),
        help_text=_("Then it is erased together with the residents' names."),
        required=False,
    )


class ReleaseForm(forms.Form):
    """Nothing is typed: the second person has looked at the file and its words."""


class TakeDownForm(forms.Form):
    use_required_attribute = False

    reason = TextField(
        label=_("reason"),
        help_text=_("The public reads it where the file stood. No names, no numbers."),
        widget=text_area(3),
        max_length=200,
    )
