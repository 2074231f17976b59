from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import text_area, with_blank
from consultations.models import Suggestion

STATES = (Suggestion.State.ANSWERED, Suggestion.State.REFERRED, Suggestion.State.REFUSED)


class AnswerForm(forms.Form):
    """What the resident reads when the suggestion does not become a topic."""

    use_required_attribute = False

    state = forms.ChoiceField(
        label=_("decision"), choices=with_blank((state, state.label) for state in STATES)
    )
    answer = forms.CharField(
        label=_("answer to the resident"),
        help_text=_("Polite and complete: what happens, who does it, where to ask."),
        widget=text_area(5),
        max_length=500,
    )
