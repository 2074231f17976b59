"""To look back at a closed case: does the solution hold, or did the problem come back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import PhotoField, TextField, text_area, with_blank
from consultations.forms.reopening import DidNotHold
from consultations.models import Case, LookBack
from consultations.models.look_backs import OF_CASE


class LookAgainForm(DidNotHold):
    """What came back is taken up as one more round, so it names what did not hold."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    outcome = forms.ChoiceField(label=_("what was found on looking back"))
    finding = TextField(label=_("what was found"), widget=text_area(), max_length=500)
    photo = PhotoField()

    field_order = ("version", "outcome", "finding", "photo", *DidNotHold.named)

    def __init__(self, data: Any = None, files: Any = None, *, case: Case):
        super().__init__(data, files, initial={"version": case.version})
        labels = dict(LookBack.Outcome.choices)
        self.fields["outcome"].choices = with_blank((one, labels[one]) for one in OF_CASE)
        self.offer(case)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        came_back = cleaned.get("outcome") == LookBack.Outcome.RELAPSED
        if came_back and self.first_offered and not any(self.chosen().values()):
            told = gettext("The problem came back: choose what did not hold.")
            self.add_error(self.first_offered, ValidationError(told))
        return cleaned

    def told(self) -> dict[str, Any]:
        """What the service takes."""
        own = ("version", "outcome", "finding", "photo")
        return {name: self.cleaned_data[name] for name in own} | {"named": self.chosen()}
