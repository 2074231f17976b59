"""The forms of the steps of a task."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.parameters import result_classes_for
from consultations.forms.fields import (
    DayField,
    EvidenceField,
    PhotoField,
    TextField,
    text_area,
    with_blank,
)
from consultations.forms.handover_steps import HANDOVER_FORMS
from consultations.forms.steps import StepForm
from consultations.models import Outlook, Suspension, Verification
from consultations.workflow.reply_checks import flags_of, points_of, told


class SignForm(StepForm):
    handler = TextField(label=_("handled by"), max_length=40, required=False)


class ProgressForm(StepForm):
    beside = {"have_text": "text"}
    needed = ("text",)
    text = TextField(label=_("what was done"), widget=text_area(), max_length=500, required=False)
    next_step = TextField(label=_("what comes next"), max_length=300, required=False)
    outlook = forms.ChoiceField(
        label=_("outlook"),
        help_text=_("How you see it yourselves: the office can help in time."),
        choices=with_blank(Outlook.choices),
        required=False,
    )
    percent = forms.IntegerField(
        label=_("progress in per cent"), min_value=0, max_value=100, required=False
    )
    photo = PhotoField()


class ExtensionForm(StepForm):
    beside = {"name_new_due": "new_due_on"}
    needed = ("new_due_on",)
    reason_length = 300
    new_due_on = DayField(label=_("due asked for"), required=False)


class SuspendForm(StepForm):
    beside = {"name_cause_and_end": "until"}
    needed = ("cause", "until")
    reason_length = 300
    cause = forms.ChoiceField(
        label=_("cause"), choices=with_blank(Suspension.Cause.choices), required=False
    )
    until = DayField(label=_("until"), required=False)


class DraftReplyForm(StepForm):
    """The draft of this round, rewritten until a leader signs it."""

    beside = {"reply_is_complete": "result_class"}
    needed = ("body", "result_class")
    body = TextField(
        label=_("answer, point by point"), widget=text_area(8), max_length=8000, required=False
    )
    result_class = forms.ChoiceField(label=_("result class"), required=False)
    promise_on = DayField(
        label=_("promised for"), help_text=_("When the class is “in plan”."), required=False
    )
    explanation = TextField(
        label=_("why not"),
        help_text=_("When it cannot be done now."),
        widget=text_area(2),
        max_length=500,
        required=False,
    )

    def start(self) -> dict[str, Any]:
        """The draft as it stands; after a return the words that were returned, to be mended."""
        draft = self.subject.latest_reply
        if draft is None:
            return {}
        names = ("body", "result_class", "promise_on", "explanation")
        return {name: getattr(draft, name) for name in names}

    def prepare(self) -> None:
        self.classes = result_classes_for(self.subject.case.region)
        shown = [(code, f"{code} {label}") for code, label, _meaning in self.classes]
        self.fields["result_class"].choices = with_blank(shown)

    @property
    def points(self) -> list[str]:
        """What the unit was asked for, to be read beside the box."""
        return points_of(self.subject)

    def told(self) -> str:
        kept = gettext("The draft is kept. It waits for the leader of the unit, who signs it.")
        found = told(flags_of(self.subject, self.cleaned_data["body"]))
        pointed_out = gettext("Pointed out: %s.") % "；".join(found) if found else ""
        return f"{kept} {pointed_out}".strip()

    def captured(self) -> dict[str, Any]:
        meanings = {code: meaning for code, _label, meaning in self.classes}
        chosen = self.cleaned_data.get("result_class", "")
        return super().captured() | {"meaning": meanings.get(chosen)}


class ReplyForm(StepForm):
    """Signing: what is pointed out in the draft stands above, and has to be confirmed."""

    beside = {
        "have_opinions_or_decision": "opinion_decision",
        "confirm_what_is_flagged": "flags_confirmed",
    }
    number = TextField(label=_("document number"), max_length=60, required=False)
    opinion_decision = TextField(
        label=_("decision on a missing opinion"),
        help_text=_("Who decided to go on without it, and when."),
        max_length=200,
        required=False,
    )

    flags_confirmed = forms.BooleanField(
        label=_("I have read what is pointed out; it is signed as it stands"), required=False
    )

    def prepare(self) -> None:
        if not self.subject.assistants.exists():
            del self.fields["opinion_decision"]
        if not self.pointed_out:
            del self.fields["flags_confirmed"]

    @cached_property
    def pointed_out(self) -> list[str]:
        draft = self.subject.latest_reply
        waits = draft is not None and draft.accepted is None
        return told(flags_of(self.subject, draft.body)) if waits else []


class ReturnReplyForm(StepForm):
    reason_length = 300


class VerifyForm(StepForm):
    beside = {"have_method": "method"}
    needed = ("method",)
    method = forms.ChoiceField(
        label=_("how it was checked"),
        choices=with_blank(Verification.Method.choices),
        required=False,
    )
    finding = TextField(label=_("finding"), widget=text_area(), max_length=500, required=False)
    evidence = EvidenceField()


class WitnessForm(VerifyForm):
    """One box for what was found; where it is not done, the same words are the reason."""

    beside = VerifyForm.beside | {"reason": "finding"}
    finding = TextField(
        label=_("finding"),
        help_text=_("Where it is done only in part or not at all, please write what you saw."),
        widget=text_area(),
        max_length=500,
        required=False,
    )
    field_order = ("version", "method", "finding", "evidence")

    def start(self) -> dict[str, Any]:
        return {"method": Verification.Method.SITE}

    def data_for_step(self) -> dict[str, Any]:
        reason = self.cleaned_data.get("finding", "") if self.row.needs_reason else ""
        return super().data_for_step() | {"reason": reason}

    def _add_reason(self) -> None:
        """The finding says it."""
        self.fields["finding"].is_needed = self.row.needs_reason


class LookBackForm(StepForm):
    beside = {"name_outcome": "outcome", "name_later_promise": "promise_on"}
    needed = ("outcome", "finding")
    outcome = forms.ChoiceField(
        label=_("the promise"),
        choices=with_blank(
            [
                ("on_plan", _("is on plan")),
                ("slipped", _("has slipped: there is a new date")),
                ("solved", _("is kept: to be verified by somebody else")),
                ("given_up", _("was given up, for the reason below")),
            ]
        ),
        required=False,
    )
    finding = TextField(
        label=_("what was found"), widget=text_area(), max_length=500, required=False
    )
    promise_on = DayField(
        label=_("newly promised for"),
        help_text=_("Only where it has slipped; the day promised before stays on record."),
        required=False,
    )


TASK_FORMS: dict[str, type[StepForm]] = {
    **HANDOVER_FORMS,
    "sign_for": SignForm,
    "report_progress": ProgressForm,
    "request_extension": ExtensionForm,
    "suspend": SuspendForm,
    "draft_reply": DraftReplyForm,
    "reply": ReplyForm,
    "return_reply": ReturnReplyForm,
    "verify_true": VerifyForm,
    "verify_partly": VerifyForm,
    "verify_false": VerifyForm,
    "look_back": LookBackForm,
}
