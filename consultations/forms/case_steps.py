"""The forms of the steps of a case, one for each action that captures something."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.lookups import LookupField
from committees.partial_dates import PartialDate, PartialDateFormField
from consultations.forms.fields import (
    DayField,
    PastDayField,
    PhotoField,
    TextField,
    text_area,
    with_blank,
)
from consultations.forms.meeting_steps import PostponeForm, ScheduleForm
from consultations.forms.members import MembersField, offer_members, with_names
from consultations.forms.reopening import ReopenForm
from consultations.forms.steps import StepForm
from consultations.forms.usual import usual_field
from consultations.models import Case, Conversion, FieldVisit, Meeting
from consultations.selectors.cases import cases_for
from consultations.selectors.members import members_for
from consultations.workflow.outcome_guards import unhappy_ratings


class ReferForm(StepForm):
    beside = {"name_channel": "channel"}
    needed = ("channel",)
    channel = TextField(label=_("passed on to"), max_length=60, required=False)


class MergeForm(StepForm):
    beside = {"name_merge_target": "target"}
    needed = ("target",)
    target = LookupField(
        queryset=Case.objects.none(),
        label=_("joins the topic"),
        help_text=_("Number or title of the other case."),
        required=False,
        max_length=120,
    )

    def prepare(self) -> None:
        county = cases_for(self.by).filter(county_code=self.subject.county_code)
        self.fields["target"].queryset = county.open().exclude(pk=self.subject.pk)


class DeferForm(StepForm):
    beside = {"name_review_date": "review_on"}
    needed = ("review_on",)
    review_on = DayField(label=_("take up again on"), required=False)


class ApproveForm(StepForm):
    """The opinion is needed; where a text is kept for it, it stands there to be adapted."""

    beside = {"have_opinion": "opinion"}
    needed = ("opinion",)
    opinion = TextField(label=_("opinion"), widget=text_area(), max_length=500, required=False)
    decided_on = PastDayField(label=_("decided"), required=False)
    number = TextField(label=_("document number"), max_length=60, required=False)

    def start(self) -> dict[str, Any]:
        first = next((text for text, _title in self.usual_texts()), "")
        return {"decided_on": timezone.localdate(), "opinion": first}

    def prepare(self) -> None:
        if len(texts := self.usual_texts()) > 1:
            self.fields["usual_opinion"] = usual_field(
                texts, label=_("usual opinions"), fills="opinion"
            )
            self.order_fields(["usual_opinion", "opinion"])


class ResearchForm(StepForm):
    beside = {"have_plan": "plan"}
    needed = ("plan",)
    plan = TextField(
        label=_("research plan"),
        help_text=_("Who visits whom, when, and what is to be found out."),
        widget=text_area(5),
        max_length=2000,
        required=False,
    )

    def start(self) -> dict[str, Any]:
        return {"plan": self.subject.plan}


class VisitForm(StepForm):
    beside = {"visit_is_complete": "visited_on"}
    visited_on = PartialDateFormField(label=_("date"), max_length=20)
    place = TextField(label=_("place"), max_length=80)
    method = forms.ChoiceField(label=_("method"), choices=with_blank(FieldVisit.Method.choices))
    people_met = forms.IntegerField(
        label=_("people met"), min_value=0, max_value=100_000, required=False
    )
    members = MembersField(label=_("members there"))
    visitors = TextField(label=_("who else went"), max_length=200, required=False)
    findings = TextField(label=_("findings"), widget=text_area(5), max_length=8000)
    photo = PhotoField()

    def _object(self, rule: str, reason: str) -> None:
        """A box that is empty or wrong says so itself; no other is marked for it."""
        if rule != "visit_is_complete" or not self.errors:
            super()._object(rule, reason)

    def start(self) -> dict[str, Any]:
        today = PartialDate.parse(timezone.localdate())
        mine = [m.pk for m in members_for(self.subject) if m.user_id == self.by.pk]
        return {"visited_on": today, "place": self.subject.place, "members": mine}

    def prepare(self) -> None:
        offer_members(self, self.subject)

    def captured(self) -> dict[str, Any]:
        names = ("visited_on", "place", "method", "people_met", "members", "findings", "photo")
        typed = {n: self.cleaned_data[n] for n in names if n in self.cleaned_data}
        others = self.cleaned_data.get("visitors", "")
        return {"visit": typed | {"visitors": with_names(typed.get("members", ()), others)}}


class HeldForm(StepForm):
    """What both ways of concluding capture."""

    beside = {"meeting_date_passed": "held_on"}
    held_on = PartialDateFormField(label=_("held"), max_length=20)
    head_count = forms.IntegerField(
        label=_("people present"), min_value=1, max_value=100_000, required=False
    )

    def start(self) -> dict[str, Any]:
        meeting = self.subject.meetings.filter(status=Meeting.Status.PLANNED).first()
        if meeting is None:
            return {}
        day = timezone.localtime(meeting.starts_at).date() if meeting.starts_at else None
        there = meeting.participants.filter(attended=True).aggregate(n=Sum("count"))["n"]
        return {
            "held_on": day and PartialDate.parse(day),
            "head_count": meeting.head_count or there,
        }


class ConcludeForm(HeldForm):
    beside = HeldForm.beside | {"items_read_back": "read_back", "host_confirms": "host_confirmed"}
    needed = ("read_back", "host_confirmed")
    read_back = forms.BooleanField(
        label=_("The agreed items were read back to everybody present."), required=False
    )
    host_confirmed = forms.BooleanField(
        label=_("The host has confirmed the record."), required=False
    )


class NoConsensusForm(HeldForm):
    beside = HeldForm.beside | {"have_dissent": "dissent"}
    needed = ("dissent",)
    dissent = TextField(
        label=_("what stayed open, and between whom"),
        widget=text_area(),
        max_length=2000,
        required=False,
    )


class ConvertForm(StepForm):
    beside = {"name_conversion": "title"}
    needed = ("kind", "title")
    kind = forms.ChoiceField(
        label=_("turned into"), choices=with_blank(Conversion.Kind.choices), required=False
    )
    title = TextField(label=_("under the title"), max_length=120, required=False)
    members = MembersField(label=_("written by the members"))

    def prepare(self) -> None:
        offer_members(self, self.subject)

    def captured(self) -> dict[str, Any]:
        names = ("kind", "title", "members")
        typed = {n: self.cleaned_data.get(n) for n in names if n in self.fields}
        return {"conversion": typed}


class ReturnOutcomeForm(StepForm):
    """One reason for each agreed item that is not approved as it stands."""

    substance = forms.BooleanField(
        label=_("The substance has to change: another round of consultation is needed."),
        required=False,
    )

    def prepare(self) -> None:
        self.items = list(self.subject.items.filter(dropped_reason="").order_by("number", "pk"))
        for item in self.items:
            self.fields[f"item_{item.pk}"] = TextField(
                label=str(item), widget=text_area(2), max_length=200, required=False
            )
        self.order_fields([f"item_{item.pk}" for item in self.items])
        if self.items:
            self.beside = {"have_reason_per_item": f"item_{self.items[0].pk}"}

    def captured(self) -> dict[str, Any]:
        reasons = {i.pk: self.cleaned_data.get(f"item_{i.pk}", "") for i in self.items}
        return {"item_reasons": reasons, "substance": self.cleaned_data.get("substance", False)}


class CloseForm(StepForm):
    beside = {
        "have_rating_or_note": "closing_note",
        "be_published_or_exempt": "exemption",
        "have_answered_the_unhappy": "unhappy_answer",
    }
    needed = ("unhappy_answer",)
    closing_note = TextField(
        label=_("closing note"), widget=text_area(), max_length=500, required=False
    )
    unhappy_answer = TextField(
        label=_("what was done about the dissatisfied answers"),
        widget=text_area(),
        max_length=500,
        required=False,
    )
    exemption = TextField(
        label=_("why not published"),
        help_text=_("Only for a case that is not shown to the public."),
        max_length=200,
        required=False,
    )

    def prepare(self) -> None:
        if self.subject.is_public:
            del self.fields["exemption"]
        if unhappy := list(unhappy_ratings(self.subject)):
            told = "；".join(f"{one.reason or one}（{one.count}）" for one in unhappy)
            self.fields["unhappy_answer"].help_text = gettext("They said: %s") % told
        else:
            del self.fields["unhappy_answer"]


CASE_FORMS: dict[str, type[StepForm]] = {
    "refer": ReferForm,
    "merge": MergeForm,
    "defer": DeferForm,
    "approve": ApproveForm,
    "start_research": ResearchForm,
    "log_visit": VisitForm,
    "approve_research": ApproveForm,
    "schedule": ScheduleForm,
    "postpone": PostponeForm,
    "conclude": ConcludeForm,
    "conclude_without_consensus": NoConsensusForm,
    "convert": ConvertForm,
    "approve_outcome": ApproveForm,
    "return_outcome": ReturnOutcomeForm,
    "close": CloseForm,
    "reopen": ReopenForm,
}
