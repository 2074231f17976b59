"""By which way somebody wants to hear of what, and where letters go."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import NoticeChoice
from consultations.models.notices import usual
from consultations.workflow.hearing import NoticeKind


class AddressForm(forms.Form):
    """One address, confirmed by a letter before anything else goes there."""

    address = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("A letter with a link goes there first. Letters name no matter and no person."),
    )


class ChoicesForm(forms.Form):
    """One choice for each kind; the inbox holds all of them anyway."""

    def __init__(self, *args, chosen: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        for kind in NoticeKind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=NoticeChoice.Mail.choices,
                initial=chosen.get(kind.value, usual(kind)),
            )
