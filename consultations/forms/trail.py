"""What the audit trail is narrowed by. Everything may stay empty."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import DayField, TextField
from consultations.selectors.timeline import LABELS
from consultations.selectors.trail import actors


def with_all(choices) -> list[tuple[str, object]]:
    return [("", _("all")), *choices]


class TrailForm(forms.Form):
    """Sent by GET, so that a narrowed trail has an address."""

    person = TextField(
        label=_("person"), required=False, max_length=30,
        help_text=_("User name, or part of the name."),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("acting as"), required=False)
    action = forms.ChoiceField(label=_("step"), required=False)
    case = TextField(
        label=_("case number"), required=False, max_length=40, help_text=_("Or its beginning.")
    )
    since = DayField(label=_("from (day)"), required=False)
    until = DayField(label=_("until (day)"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = with_all(actors())
        self.fields["action"].choices = with_all(sorted(LABELS.items(), key=lambda row: row[0]))

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("The last day is before the first."))
        return data
