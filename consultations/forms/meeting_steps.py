"""The forms by which a meeting is set and moved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.models import Room
from committees.parameters import value_for
from consultations.forms.fields import MeetingMomentField, TextField, with_blank
from consultations.forms.steps import StepForm
from consultations.models import Case, Meeting
from consultations.selectors.meeting_days import earliest
from consultations.selectors.places import rooms_for


def told_ahead(case: Case) -> str:
    """From which day on a meeting is announced in time; a nearer one is possible and is noted."""
    first, days = earliest(case.region, on=timezone.localdate())
    words = {"days": days, "day": f"{first:%Y-%m-%d}"}
    told = gettext(
        "A meeting is announced %(days)s working days ahead: from %(day)s on. An earlier day is "
        "possible; the record then says so."
    )
    return told % words if days else ""


class ScheduleForm(StepForm):
    beside = {"have_place_and_date": "starts_at", "have_visit_or_reason": "no_visit_reason"}
    starts_at = MeetingMomentField(label=_("day and time"))
    room = forms.ModelChoiceField(
        empty_label="—",
        label=_("deliberation room"),
        help_text=_("Choose a room, or write another place below."),
        queryset=Room.objects.none(),
        required=False,
    )
    place = TextField(
        label=_("or another place"),
        help_text=_("A courtyard, a site, a village square."),
        max_length=80,
        required=False,
    )
    form = forms.ChoiceField(
        label=_("form"), choices=with_blank(Meeting.Form.choices), required=False
    )
    name = TextField(label=_("name of the meeting"), max_length=80, required=False)
    no_visit_reason = TextField(label=_("why without a visit"), max_length=200, required=False)

    def prepare(self) -> None:
        self.fields["starts_at"].help_text = told_ahead(self.subject)
        if formula := value_for(self.subject.region, "meeting_formula"):
            self.fields["name"].help_text = gettext("Participants here: %s") % formula
        self.fields["room"].queryset = rooms_for(self.subject)
        if self.subject.visits.exists():
            del self.fields["no_visit_reason"]

    def captured(self) -> dict[str, Any]:
        names = ("starts_at", "room", "place", "form", "name", "no_visit_reason")
        return {"meeting": {n: self.cleaned_data[n] for n in names if n in self.cleaned_data}}


class PostponeForm(StepForm):
    beside = {"have_new_date": "starts_at"}
    needed = ("starts_at",)
    starts_at = MeetingMomentField(label=_("new day and time"), required=False)

    def prepare(self) -> None:
        self.fields["starts_at"].help_text = told_ahead(self.subject)
