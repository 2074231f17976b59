"""The forms around a slip: the words that go with it, why it is dropped, the answer of the unit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import DayField, TextField, text_area
from consultations.models import Urging


class SendForm(forms.Form):
    use_required_attribute = False

    note = TextField(
        label=_("words to go with it"), widget=text_area(3), max_length=300, required=False
    )


class DropForm(forms.Form):
    use_required_attribute = False

    reason = TextField(label=_("why it is not sent"), widget=text_area(3), max_length=300)


class AnswerForm(forms.Form):
    """By when the reply follows, and a word on it; from paper also on what it rests."""

    use_required_attribute = False

    expected_on = DayField(label=_("our reply follows by"))
    text = TextField(
        label=_("what stands in the way, what comes next"),
        widget=text_area(3),
        max_length=500,
        required=False,
    )
    paper_note = TextField(label=_("entered on behalf, from which paper or call"), max_length=120)

    def __init__(self, data=None, *, urging: Urging, is_proxy: bool, **kwargs: Any):
        super().__init__(data, **kwargs)
        if not is_proxy:
            del self.fields["paper_note"]
        day = urging.answer_due_on or timezone.localdate()
        self.fields["expected_on"].initial = max(day, timezone.localdate())

    def clean_expected_on(self):
        day = self.cleaned_data["expected_on"]
        if day < timezone.localdate():
            raise ValidationError(gettext("This day has passed. Name today or a later one."))
        return day
