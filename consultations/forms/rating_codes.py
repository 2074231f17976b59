"""The forms around ratings by code: handing out slips, answering, judging a bad answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import TextField, text_area, with_blank
from consultations.forms.reopening import DidNotHold
from consultations.models import Case, Rating
from consultations.privacy import findings
from consultations.services.rating_codes import MOST

ORDER = (Rating.Value.SATISFIED, Rating.Value.FAIR, Rating.Value.DISSATISFIED, Rating.Value.UNKNOWN)
CHOICES = [(value.value, value.label) for value in ORDER]


class SlipsForm(forms.Form):
    use_required_attribute = False

    rater = forms.ChoiceField(label=_("kind of rater"), choices=with_blank(Rating.Rater.choices))
    count = forms.IntegerField(
        label=_("how many slips"), min_value=1, max_value=MOST, initial=20,
        help_text=_("One slip for each person asked. A slip is good for one answer."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """Two questions; words are welcome and not needed."""

    use_required_attribute = False

    result = forms.ChoiceField(
        label=_("Are you satisfied with the result?"), choices=CHOICES, widget=forms.RadioSelect
    )
    process = forms.ChoiceField(
        label=_("Are you satisfied with how it was dealt with?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label=_("What else would you like to say?"), widget=text_area(), max_length=300,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["class"] = "in"

    def clean_reason(self) -> str:
        said = self.cleaned_data["reason"]
        if told := findings(said):
            raise ValidationError(gettext("Please leave this out: %s.") % "、".join(told))
        return said


class AppraisalForm(forms.Form):
    """One question; whoever cannot say leaves the slip unanswered."""

    use_required_attribute = False

    result = forms.ChoiceField(
        label=_("What do you think of how the matter was dealt with?"),
        choices=CHOICES[:3], widget=forms.RadioSelect,
    )  # fmt: skip


class JudgeForm(DidNotHold):
    """Justified: then it names what is handled once more."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    verdict = forms.ChoiceField(
        label=_("the answer"),
        choices=with_blank(
            [
                ("yes", _("is justified: it is handled once more")),
                ("no", _("is not justified, or was dealt with")),
            ]
        ),
    )
    reason = TextField(label=_("why"), widget=text_area(), max_length=500)

    field_order = ("version", "verdict", "reason", *DidNotHold.named)

    def __init__(self, data: Any = None, *, case: Case):
        super().__init__(data, initial={"version": case.version})
        self.offer(case)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        nothing = self.first_offered and not any(self.chosen().values())
        if cleaned.get("verdict") == "yes" and nothing:
            told = gettext("Choose what is handled once more.")
            self.add_error(self.first_offered, ValidationError(told))
        return cleaned

    def told(self) -> dict[str, Any]:
        """What the service takes."""
        kept = self.cleaned_data
        return {"version": kept["version"], "justified": kept["verdict"] == "yes",
                "reason": kept["reason"], "named": self.chosen()}  # fmt: skip
