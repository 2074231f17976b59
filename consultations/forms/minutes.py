"""The record of a meeting on one page: fields, agenda, people, statements, agreed items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.models import Member
from consultations.forms.days import due_days_fit, first_meeting_day
from consultations.forms.fields import DayField, PickField, TextField, text_area, with_blank
from consultations.forms.grid import RowForm, first_wrong, rows_of, written
from consultations.forms.outcome import fields_of
from consultations.forms.outcome_rows import ItemRow
from consultations.models import Capacity, Meeting, Participant, Route, Statement
from consultations.selectors.members import AT_THE_TABLE, members_named

SPEAKERS = "speakers"  # the list of names on the page


class MeetingForm(forms.Form):
    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = TextField(label=_("name of the meeting"), max_length=80, required=False)
    form = forms.ChoiceField(
        label=_("form"), choices=with_blank(Meeting.Form.choices), required=False
    )
    head_count = forms.IntegerField(
        label=_("people present"), min_value=1, max_value=100_000, required=False
    )
    organisations = TextField(label=_("organisations present"), max_length=300, required=False)
    summary = TextField(
        label=_("how it went, for the public"), widget=text_area(3), max_length=2000, required=False
    )
    minutes = TextField(
        label=_("minutes (never public)"), widget=text_area(6), max_length=20_000, required=False
    )
    link = forms.URLField(label=_("published elsewhere at"), required=False, assume_scheme="https")


class CorrectionForm(MeetingForm):
    """The same facts after the meeting was concluded: a change needs its reason."""

    reason = TextField(
        label=_("why the record is corrected"),
        help_text=_("It stands in the history, with what was written before."),
        widget=text_area(2),
        max_length=500,
    )


class ClockField(forms.TimeField):
    """A time of day, to the minute."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class AgendaRow(RowForm):
    order = forms.IntegerField(label=_("order"), min_value=1, max_value=99, required=False)
    title = TextField(label=_("point"), max_length=80)
    starts_at = ClockField(label=_("begins at"), required=False)
    ends_at = ClockField(label=_("ends at"), required=False)
    speaker = TextField(label=_("led by"), max_length=40, required=False)

    def clean_order(self) -> int:
        return self.cleaned_data["order"] or 1

    def clean_ends_at(self) -> dt.time | None:
        begins, ends = self.cleaned_data.get("starts_at"), self.cleaned_data["ends_at"]
        if begins and ends and ends <= begins:
            raise ValidationError(gettext("It ends after it begins."))
        return ends


class PersonRow(RowForm):
    name = TextField(label=_("person's name"), max_length=40, required=False)
    capacity = forms.ChoiceField(label=_("capacity"), choices=with_blank(Capacity.choices))
    organisation = TextField(label=_("organisation or post"), max_length=60, required=False)
    side = PickField(label=_("side"), required=False)
    count = forms.IntegerField(
        label=_("how many"), min_value=1, max_value=10_000, initial=1, required=False
    )
    attended = forms.BooleanField(label=_("present"), required=False)

    record: Participant | None = None
    named: Mapping[str, Member] = MappingProxyType({})

    def freeze(self, person: Participant) -> None:
        self.record = person

    def clean_count(self) -> int | None:
        """One person where nothing is typed; what a report left open stays open."""
        left_open = self.record is not None and self.record.count is None
        return self.cleaned_data["count"] or (None if left_open else 1)

    def row(self) -> dict[str, Any]:
        """With the member it is, where somebody at the table bears a member's name."""
        row = super().row()
        if row.get("delete"):
            return row
        known = self.record.member if self.record else None
        if known is not None and known.name == row["name"]:
            return row
        is_theirs = row["capacity"] in AT_THE_TABLE
        return row | {"member": self.named.get(row["name"]) if is_theirs else None}

    @property
    def label_typed(self) -> str:
        """How a statement names this person: by name, or by capacity and side."""
        cleaned = getattr(self, "cleaned_data", {})
        side = cleaned.get("side")
        capacity = dict(Capacity.choices).get(cleaned.get("capacity"), "")
        return cleaned.get("name") or f"{capacity}{'·' if side else ''}{side or ''}"


class StatementRow(RowForm):
    speaker = TextField(
        label=_("speaker"), max_length=90, required=False,
        widget=forms.TextInput(attrs={"list": SPEAKERS, "autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("kind"), choices=Statement.Kind.choices, initial=Statement.Kind.POSITION
    )
    text = TextField(label=_("what was said"), widget=text_area(2), max_length=2000)


class AgreedRow(RowForm):
    """The items as they were read back; tasks are split on the outcome grid."""

    text = TextField(
        label=_("what was agreed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    route = forms.ChoiceField(label=_("route"), choices=with_blank(Route.choices), required=False)
    owner = TextField(label=_("who answers for it"), max_length=60, required=False)
    due_on = DayField(label=_("due"), required=False)

    freeze = ItemRow.freeze
    record = None


class MinutesForm:
    """The five parts together; `is_valid`, then `parts()` for `services.minutes.save_record`.

    Once the meeting was concluded it is a correction: with a reason and without the agreed items,
    for `services.corrections.correct_record`.
    """

    def __init__(self, meeting: Meeting, data: MultiValueDict | None = None, *, version: int):
        self.meeting, self.data, self.checked = meeting, data, False
        names = ("name", "form", "head_count", "organisations", "summary", "minutes", "link")
        start = {name: getattr(meeting, name) for name in names} | {"version": version}
        self.corrects = meeting.status == Meeting.Status.HELD
        self.fields = (CorrectionForm if self.corrects else MeetingForm)(data, initial=start)
        people = list(meeting.participants.select_related("side", "member").order_by("pk"))
        spoken = meeting.statements.select_related("speaker__side").order_by("order", "pk")
        self.sides = list(meeting.case.sides.order_by("pk"))
        self.names = [person.called for person in people]
        self.agenda = self._rows(AgendaRow, "a", meeting.agenda.order_by("order", "pk"), 2)
        self.people = self._rows(PersonRow, "p", people, 2 if people else 8)
        self.statements = self._rows(StatementRow, "s", spoken, 2 if spoken else 4)
        self.stored_items = list(meeting.case.items.order_by("number", "pk"))
        if not self.corrects:
            self.items = self._rows(AgreedRow, "i", self.stored_items, 1)

    def _rows(self, row: type[RowForm], prefix: str, records: Any, extra: int) -> Any:
        records = list(records)
        known = {record.pk: record for record in records}
        start = None if self.data else [self._start(record, row) for record in records]
        formset = rows_of(row, extra=extra)(self.data, prefix=prefix, initial=start)
        for form in formset.forms:
            if "side" in form.fields:
                form.fields["side"].records = self.sides
            record = known.get(_id(form))
            if record is not None:
                form.initial["id"] = record.pk
                if hasattr(form, "freeze"):
                    form.freeze(record)
        return formset

    def _start(self, record: Any, row: type[RowForm]) -> dict[str, Any]:
        start = fields_of(record, row)
        if isinstance(record, Statement):
            start["speaker"] = record.speaker.called if record.speaker else ""
        return start

    @property
    def grids(self) -> list[Any]:
        own = [self.agenda, self.people, self.statements]
        return own if self.corrects else [*own, self.items]

    def is_valid(self) -> bool:
        self.checked = True
        fine = [part.is_valid() for part in (self.fields, *self.grids)]
        self._find_members()
        return all([*fine, self._days_fit(), self._speakers_known()])

    def _days_fit(self) -> bool:
        if self.corrects:
            return True
        return due_days_fit(self.items.forms, since=first_meeting_day(self.meeting.case))

    @property
    def error_count(self) -> int:
        return len(self.fields.errors) + sum(grid.total_error_count() for grid in self.grids)

    @property
    def first_wrong(self) -> str:
        """The first wrong box on the page, where the agenda and the plain fields stand last."""
        grids = [*self.grids[1:], self.agenda]
        rows = [row for grid in grids[:-1] for row in grid.forms]
        return first_wrong([*rows, self.fields, *self.agenda.forms])

    def _find_members(self) -> None:
        """The members among the people, by one query."""
        typed = [getattr(row, "cleaned_data", {}).get("name", "") for row in self.people.forms]
        found = members_named(self.meeting.case, typed)
        for row in self.people.forms:
            row.named = found

    def _speakers_known(self) -> bool:
        fine = True
        places = self._places()
        for form in self.statements.forms:
            if form.is_blank or form.is_gone:
                continue
            speaker = getattr(form, "cleaned_data", {}).get("speaker", "")
            if speaker and speaker not in places:
                form.add_error("speaker", gettext("Nobody of this name is among the participants."))
                fine = False
        return fine

    def _places(self) -> dict[str, int]:
        """Where in the rows of people a name stands."""
        people = [form for form in self.people.forms if not form.is_blank]
        people = [form for form in people if form.record or not form.is_gone]
        return {form.label_typed: place for place, form in enumerate(people) if not form.is_gone}

    def parts(self) -> dict[str, Any]:
        """The keyword arguments of the service."""
        places = self._places()
        statements = [self._spoken(row, order, places)
                      for order, row in enumerate(written(self.statements), start=1)]  # fmt: skip
        fields = dict(self.fields.cleaned_data)
        apart = {name: fields.pop(name) for name in ("version", "reason") if name in fields}
        items = {} if self.corrects else {"items": written(self.items)}
        return apart | items | {
            "fields": fields,
            "agenda": written(self.agenda),
            "participants": written(self.people),
            "statements": statements,
        }  # fmt: skip

    def _spoken(self, row: dict[str, Any], order: int, places: dict[str, int]) -> dict[str, Any]:
        if row.get("delete"):
            return row
        speaker = row.pop("speaker", "")
        return row | {"order": order, "speaker_row": places.get(speaker)}


def _id(form: Any) -> int | None:
    text = str(form["id"].value() or "")
    return int(text) if text.isdecimal() and len(text) < 19 else None
