"""What is asked once for many rows of a list. Texts may hold names that each row fills in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.fields import PickField, TextField, text_area, with_blank
from consultations.forms.suggestions import STATES
from consultations.selectors.cases import suggestions_for

NOTE, REASON, ANSWER = 300, 300, 500  # characters, as long as the records keep them


class PersonForm(forms.Form):
    use_required_attribute = False

    person = PickField(label=gettext_lazy("person"))

    def __init__(self, data=None, *, people, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["person"].records = list(people)


class ChoiceForm(forms.Form):
    """One of some records for a box of the record, named like its column."""

    use_required_attribute = False

    def __init__(self, data=None, *, name: str, label: Any, records, **kwargs: Any):
        super().__init__(data, **kwargs)
        told = _("Left empty, what stands there is taken away.")
        self.fields[name] = PickField(label=label, required=False, help_text=told)
        self.fields[name].records = list(records)


class TextForm(forms.Form):
    """One text for all; `names` are the words in braces that each row fills in."""

    use_required_attribute = False
    names: tuple[Any, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        told = " ".join(f"{{{name}}}" for name in self.names)
        self.fields["text"].help_text = _("Filled in for each row: %s") % told


class NoteForm(TextForm):
    text = TextField(
        label=gettext_lazy("note"), widget=text_area(3), max_length=NOTE, required=False
    )


class ReasonForm(TextForm):
    text = TextField(label=gettext_lazy("reason"), widget=text_area(4), max_length=REASON)


class AnswersForm(TextForm):
    state = forms.ChoiceField(
        label=gettext_lazy("decision"), choices=with_blank((state, state.label) for state in STATES)
    )
    text = TextField(
        label=gettext_lazy("answer to the residents"), widget=text_area(5), max_length=ANSWER
    )


class JoinForm(TextForm):
    """The suggestion that the others are joined with, by its query code."""

    code = TextField(
        label=gettext_lazy("query code of the one that stays"), max_length=8, min_length=8
    )
    text = TextField(
        label=gettext_lazy("answer to the residents"), widget=text_area(5), max_length=ANSWER
    )

    def __init__(self, data=None, *, by, grants, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.own = suggestions_for(by, grants=grants)
        self.fields["text"].initial = _(
            "Others have raised the same, so it is dealt with together. You go on following it "
            "with your own query code."
        )

    def clean_code(self):
        code = self.cleaned_data["code"].strip().upper()
        found = self.own.filter(query_code=code).select_related("joined_to").first()
        if found is None:
            raise ValidationError(_("There is no suggestion with this query code here."))
        self.cleaned_data["joined_to"] = found
        return code


def filled(text: str, values: Mapping[Any, Any]) -> str:
    """The text with every `{name}` put in; braces around anything else stay as they are."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def too_long(text: str, most: int) -> list[str]:
    if len(text) <= most:
        return []
    return [_("With the names filled in the text has more than %s characters.") % most]
