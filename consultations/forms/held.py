"""Whose data somebody asks for, and why it is taken out."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import TextField, text_area, with_blank
from consultations.models import Attachment

KINDS = [
    ("resident", _("a resident: by name, or by the query code")),
    ("account", _("a colleague or member: by name or user name")),
]


class HeldForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(label=_("whose data"), choices=with_blank(KINDS))
    words = TextField(
        label=_("name, user name or query code"),
        help_text=_("Exactly as it was written down."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class EraseForm(forms.Form):
    """Cleans to why, and to the files that show the person. `words` is who it is about."""

    use_required_attribute = False

    why = TextField(
        label=_("why it is taken out"),
        help_text=_("Kept in the audit log, without the name."),
        min_length=2,
        max_length=100,
        widget=text_area(2),
    )
    files = forms.TypedMultipleChoiceField(
        label=_("files that show this person"),
        help_text=_(
            "Ticked files are erased for good, also from the public page. Look at them first."
        ),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    sure = forms.BooleanField(
        label=_("The name is taken out everywhere; this cannot be undone."),
        error_messages={"required": _("Please tick the box: this cannot be undone.")},
    )

    def __init__(self, *args, files: Iterable[Attachment], words: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.words = words
        choices = [
            (file.pk, f"{file.case.code} {file.title}（{file.get_kind_display()}）")
            for file in files
        ]
        self.fields["files"].choices = choices
        if not choices:
            del self.fields["files"]

    def clean_why(self) -> str:
        if self.words and self.words in self.cleaned_data["why"]:
            raise ValidationError(gettext("Write the reason without the name: it stays on record."))
        return self.cleaned_data["why"]
