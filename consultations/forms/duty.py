"""What a member writes for the duty record: contacts with the people of the sector."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.models import SectorContact
from consultations.forms.fields import PastDayField, TextField, text_area, with_blank
from consultations.privacy import findings


class ContactForm(forms.ModelForm):
    """Date, kind and how many; what they raised, without anybody's name or number."""

    use_required_attribute = False

    held_on = PastDayField(label=_("date"))
    kind = forms.ChoiceField(label=_("kind"), choices=with_blank(SectorContact.Kind.choices))
    raised = TextField(
        label=_("what they raised"),
        help_text=_("In a few words. Please write no names and no phone or id numbers."),
        widget=text_area(),
        max_length=500,
        required=False,
    )

    class Meta:
        model = SectorContact
        fields = ["held_on", "kind", "head_count", "raised"]

    def clean_head_count(self) -> int:
        number = self.cleaned_data["head_count"]
        if number < 1:
            raise ValidationError(gettext("At least one person."))
        return number

    def clean_raised(self) -> str:
        text = self.cleaned_data["raised"]
        if found := findings(text):
            raise ValidationError(gettext("Please take out: %s.") % "、".join(found))
        return text
