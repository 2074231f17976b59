from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import TextField, text_area, with_blank
from consultations.forms.usual import take_usual, usual_field, usual_texts
from consultations.models import ReasonText
from consultations.models.wording import ANSWERS

STATES = ANSWERS
GAP = "……"  # in a usual text: here something is filled in


class AnswerForm(forms.Form):
    """What the resident reads when the suggestion does not become a topic."""

    use_required_attribute = False

    state = forms.ChoiceField(
        label=_("decision"), choices=with_blank((state, state.label) for state in STATES)
    )
    answer = TextField(
        label=_("answer to the resident"),
        help_text=_("Polite and complete: what happens, who does it, where to ask."),
        widget=text_area(5),
        max_length=500,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [
            (state.label, texts)
            for state in STATES
            if (texts := usual_texts(ReasonText.Subject.SUGGESTION, state))
        ]
        if groups:
            self.fields["usual_answer"] = usual_field(
                groups, label=_("usual answers"), fills="answer"
            )
            self.fields["answer"].required = False
            self.order_fields(["state", "usual_answer", "answer"])

    def clean(self):
        """The chosen text goes out as it is where nothing else was written."""
        cleaned = super().clean()
        if "answer" not in self.errors:
            take_usual(cleaned, box="answer", choice="usual_answer")
            if not cleaned.get("answer"):
                self.add_error("answer", _("Write the answer the resident will read."))
            elif GAP in cleaned["answer"]:
                self.add_error("answer", _("Write out what the dots stand for."))
        cleaned.pop("usual_answer", None)
        return cleaned
