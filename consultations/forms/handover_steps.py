"""The forms of hand-over and joint handling: returns, changes of unit, conferences, opinions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.lookups import LookupField, LookupInput, resolve
from committees.models import HandlingUnit
from consultations.forms.fields import PaperField, PastDayField, TextField, text_area, with_blank
from consultations.forms.offers import why
from consultations.forms.steps import StepForm
from consultations.models import AssistingOpinion, FirstContact, Settlement
from consultations.selectors.experience import Proposals
from consultations.selectors.places import units_for


class RequestReturnForm(StepForm):
    """The suggested unit is chosen from the directory; one that is not in it is written in words."""

    beside = {"have_basis": "basis", "name_suggested_unit": "suggested_unit"}
    needed = ("basis", "suggested_unit")
    reason_length = 300
    basis = TextField(
        label=_("basis"),
        help_text=_("The rule or duty list that gives the matter to somebody else."),
        max_length=200,
        required=False,
    )
    suggested_unit = TextField(
        label=_("suggested unit"),
        help_text=_("Choose from the list, or write its name."),
        widget=LookupInput,
        max_length=60,
        required=False,
    )

    def prepare(self) -> None:
        self.units = units_for(self.subject.case).exclude(pk=self.subject.unit_id)
        self.fields["suggested_unit"].widget.options = self.units[:200]

    def captured(self) -> dict[str, Any]:
        text = self.cleaned_data.get("suggested_unit") or ""
        found = resolve(self.units, text) if text else []
        return super().captured() | {"suggested": found[0] if len(found) == 1 else None}


class NewUnitForm(StepForm):
    """Another unit: one of those proposed, each with its ground, or one written in the box."""

    beside = {"name_other_unit": "unit"}
    reason_length = 300
    proposed = forms.ChoiceField(
        label=_("proposed units"), widget=forms.RadioSelect, required=False
    )
    unit = LookupField(
        queryset=HandlingUnit.objects.none(),
        label=_("new unit"),
        help_text=_("What is written here holds before the choice above."),
        required=False,
        max_length=120,
    )

    def prepare(self) -> None:
        self.fields["unit"].queryset = units_for(self.subject.case)
        chosen = [(str(unit.pk), f"{unit}（{told}）") for unit, told in self.offered]
        self.fields["proposed"].choices = chosen
        if not chosen:
            del self.fields["proposed"]
            self.fields["unit"].help_text = ""
        elif self.suggested:
            self.initial["proposed"] = chosen[0][0]

    @cached_property
    def suggested(self) -> HandlingUnit | None:
        """The unit of the directory that the returning one chose, or named in words."""
        asked = self.subject.return_requests.filter(granted=None).select_related("suggested")
        latest = asked.order_by("-pk").first()
        if latest is None or latest.suggested:
            return latest and latest.suggested
        found = resolve(units_for(self.subject.case), latest.suggested_unit)
        return found[0] if len(found) == 1 else None

    @cached_property
    def offered(self) -> list[tuple[HandlingUnit, str]]:
        task = self.subject
        units = [unit for unit in units_for(task.case) if unit.pk != task.unit_id]
        named = [(self.suggested, gettext("named by the unit that returns it"))]
        fits = Proposals(task.case, units).propose(
            task.title, item=task.item.text, route=task.item.route
        )
        rest = [(fit.unit, why(fit)) for fit in fits if fit.unit != self.suggested]
        return [(unit, told) for unit, told in (*named, *rest) if unit]

    def captured(self) -> dict[str, Any]:
        found = super().captured()
        if found.get("unit") is None and "unit" not in self.errors:
            chosen = self.cleaned_data.get("proposed")
            units = {str(unit.pk): unit for unit, _told in self.offered}
            found["unit"] = units.get(chosen or "")
        return found


class WithConference(StepForm):
    """The boxes of a binding conference, where the task was passed on before."""

    CONFERENCE = ("held_on", "participants", "minutes", "file")
    is_offered_from = 1  # hand-ons before this one
    held_on = PastDayField(label=_("date of the binding conference"), required=False)
    participants = TextField(
        label=_("who took part"), widget=text_area(2), max_length=300, required=False
    )
    minutes = TextField(
        label=_("minutes and decision"), widget=text_area(5), max_length=3000, required=False
    )
    file = PaperField(label=_("signed minutes, as a file"), required=False)

    def without_conference(self) -> None:
        if self.subject.bounces < self.is_offered_from:
            for name in self.CONFERENCE:
                del self.fields[name]

    def captured(self) -> dict[str, Any]:
        held = {name: self.cleaned_data.get(name) for name in self.CONFERENCE}
        return super().captured() | {"conference": held if any(held.values()) else None}


class ReassignForm(WithConference, NewUnitForm):
    beside = NewUnitForm.beside | {"have_conference_from_second_bounce": "held_on"}
    field_order = ("version", "proposed", "unit", *WithConference.CONFERENCE)

    def prepare(self) -> None:
        super().prepare()
        self.without_conference()


class KeepForm(WithConference):
    beside = {"conference_is_complete": "held_on"}
    reason_length = 300

    def prepare(self) -> None:
        self.without_conference()


class MoveUnitForm(NewUnitForm):
    beside = NewUnitForm.beside | {"name_ground": "ground"}
    needed = ("ground",)
    ground = TextField(
        label=_("what moved the remit"),
        help_text=_("The reform, the law or the duty list, with its date."),
        max_length=200,
        required=False,
    )


class DissentForm(StepForm):
    beside = {"have_text": "text"}
    needed = ("text",)
    text = TextField(
        label=_("what the unit holds against the decision"),
        help_text=_("It is kept with the conference. The task goes on."),
        widget=text_area(),
        max_length=500,
        required=False,
    )


class ContactForm(StepForm):
    beside = {"talk_is_complete": "text"}
    needed = ("talked_on", "way", "text")
    talked_on = PastDayField(label=_("day of the talk"), required=False)
    way = forms.ChoiceField(
        label=_("how"), choices=with_blank(FirstContact.Way.choices), required=False
    )
    text = TextField(
        label=_("with whom, and what was said"), widget=text_area(), max_length=500, required=False
    )


class OpinionForm(StepForm):
    beside = {"have_text": "text"}
    needed = ("text",)
    text = TextField(label=_("opinion"), widget=text_area(5), max_length=1000, required=False)
    stance = forms.ChoiceField(
        label=_("position"),
        help_text=_("Where you disagree, it is settled before the lead unit answers."),
        choices=AssistingOpinion.Stance.choices,
        required=False,
    )


class SettleForm(StepForm):
    beside = {"settlement_is_complete": "text"}
    needed = ("level", "settled_on", "position", "text")
    level = forms.ChoiceField(
        label=_("settled by"), choices=with_blank(Settlement.Level.choices), required=False
    )
    settled_on = PastDayField(label=_("settled on"), required=False)
    position = TextField(
        label=_("position of the lead unit"), widget=text_area(), max_length=500, required=False
    )
    text = TextField(label=_("what holds now"), widget=text_area(), max_length=1000, required=False)


HANDOVER_FORMS: dict[str, type[StepForm]] = {
    "request_return": RequestReturnForm,
    "reassign": ReassignForm,
    "keep": KeepForm,
    "move_unit": MoveUnitForm,
    "note_dissent": DissentForm,
    "record_contact": ContactForm,
    "give_opinion": OpinionForm,
    "settle_dispute": SettleForm,
}
