"""The forms of supervision: key supervision, conversions and their way back, instructions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.partial_dates import PartialDate, PartialDateFormField
from consultations.forms.after import SentOnce
from consultations.forms.fields import PastDayField, TextField, text_area, with_blank
from consultations.models import AgreedItem, Case, Conversion, Instruction

LONGEST = Conversion.LONGEST
ADOPTED = [("", _("not known yet")), ("True", _("taken up")), ("False", _("not taken up"))]


class KeySupervisionForm(SentOnce):
    leader = TextField(label=_("leader"), help_text=_("Post, and name if need be."), max_length=60)
    aim = TextField(label=_("what is followed"), widget=text_area(2), max_length=300)
    began_on = PastDayField(label=_("since"), initial=timezone.localdate)


class EndKeySupervisionForm(SentOnce):
    ended_on = PastDayField(label=_("until"), initial=timezone.localdate)
    result = TextField(label=_("what came of it"), widget=text_area(2), max_length=300)


class ConversionForm(SentOnce):
    """A social-opinion report has at most 1,500 characters, counted while it is typed."""

    kind = forms.ChoiceField(label=_("turned into"), choices=with_blank(Conversion.Kind.choices))
    item = forms.ModelChoiceField(
        label=_("agreed item"), queryset=AgreedItem.objects.none(), required=False,
        empty_label=_("the case as a whole"),
    )  # fmt: skip
    title = TextField(label=_("title"), max_length=120)
    body = TextField(
        label=_("text"), max_length=4000, required=False,
        help_text=_("A social-opinion report has at most %s characters.") % LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "data-count": LONGEST}),
    )  # fmt: skip
    sent_to = TextField(label=_("sent to"), max_length=60, required=False)
    converted_on = PastDayField(label=_("date"), initial=timezone.localdate)

    def __init__(self, data: Any = None, *, case: Case, **kwargs: Any):
        super().__init__(data, case=case, **kwargs)
        self.fields["item"].queryset = case.items.order_by("number", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        length = len(cleaned.get("body") or "")
        if cleaned.get("kind") == Conversion.Kind.OPINION and length > LONGEST:
            told = gettext("The report has %(n)s characters; at most %(most)s are allowed.")
            self.add_error("body", ValidationError(told % {"n": length, "most": LONGEST}))
        return cleaned


class WayBackForm(SentOnce):
    """Filed, taken up, answered: whatever is known by now."""

    number = TextField(label=_("number under which it was filed"), max_length=60, required=False)
    filed_on = PastDayField(label=_("filed"), required=False)
    accepted = forms.TypedChoiceField(
        label=_("taken up"), choices=ADOPTED, required=False, empty_value=None,
        coerce=lambda text: text == "True",
    )  # fmt: skip
    accepted_on = PastDayField(label=_("decided"), required=False)
    answer = TextField(label=_("answer"), widget=text_area(), max_length=300, required=False)
    answered_on = PastDayField(label=_("answered"), required=False)

    def __init__(self, data: Any = None, *, made: Conversion):
        own = ("number", "filed_on", "accepted", "accepted_on", "answer", "answered_on")
        start = {name: getattr(made, name) for name in own}
        super().__init__(data, case=made.case, initial=start)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answered_on") and not cleaned.get("answer"):
            self.add_error("answer", gettext("Write what was answered."))
        if cleaned.get("accepted_on") and cleaned.get("accepted") is None:
            self.add_error("accepted", gettext("Say whether it was taken up."))
        return cleaned


class InstructionForm(SentOnce):
    level = forms.ChoiceField(label=_("level"), choices=with_blank(Instruction.Level.choices))
    leader = TextField(label=_("leader"), help_text=_("Post, and name if need be."), max_length=60)
    subject = TextField(label=_("on what"), max_length=160)
    text = TextField(label=_("gist"), widget=text_area(), max_length=300, required=False)
    given_on = PartialDateFormField(label=_("date"), max_length=20)
    state = forms.ChoiceField(label=_("state"), choices=Instruction.State.choices)
    outcome = TextField(
        label=_("what was done on it"), widget=text_area(2), max_length=300, required=False
    )
    is_public = forms.BooleanField(label=_("show to the public"), required=False)

    def __init__(self, data: Any = None, *, case: Case, instruction: Instruction | None = None):
        own = ("level", "leader", "subject", "text", "given_on", "state", "outcome", "is_public")
        fresh = {"given_on": PartialDate.parse(timezone.localdate())}
        start = {name: getattr(instruction, name) for name in own} if instruction else fresh
        super().__init__(data, case=case, initial=start)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("state") == Instruction.State.REPORTED and not cleaned.get("outcome"):
            self.add_error("outcome", gettext("Reported back: write what was done."))
        return cleaned
