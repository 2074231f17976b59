"""The rows of the outcome grid: an agreed item, its tasks, promises and milestones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.lookups import LookupInput
from committees.models import HandlingUnit
from consultations.forms.fields import PickField, TextField, with_blank
from consultations.forms.grid import RowForm
from consultations.forms.plan_days import PlanDayField
from consultations.forms.units import UnitField
from consultations.models import AgreedItem, Commitment, Milestone, Route, Task
from consultations.services.agreed import KEPT, lead_for
from consultations.services.items import PROMISE_FIELDS, TASK_FIELDS
from consultations.workflow.tasks import Pace, TaskRole, TaskState

SHOWN = tuple(name for name in TASK_FIELDS if name != "opinion_optional")
UNITS = "units"  # the one list of choices on the page

OPTIONAL = "assist_optional"  # a role of the form only: an assisting unit that nobody waits for
ROLES = [*TaskRole.choices, (OPTIONAL, _("Assisting unit, opinion not required"))]
COUNTS = _("How much this task counts in the progress of its item: 1 is usual, 2 counts double.")

TIMES = _("By which rule the reply is due where no date is named, and after a change of the unit.")


class ItemRow(RowForm):
    text = TextField(
        label=_("what was agreed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    route = forms.ChoiceField(label=_("route"), choices=with_blank(Route.choices), required=False)
    owner = TextField(label=_("who answers for it"), max_length=60, required=False)
    due_on = PlanDayField(label=_("due"), required=False)
    measure = TextField(label=_("how to see that it is done"), max_length=200, required=False)
    funds = TextField(label=_("funds"), max_length=100, required=False)
    dropped_reason = TextField(label=_("why dropped"), max_length=200, required=False)

    record: AgreedItem | None = None

    def freeze(self, item: AgreedItem) -> None:
        """Keep the wording that was read back: what is sent for it is ignored."""
        self.record = item
        if item.confirmed_at:
            self.hold(item, "text")
        else:
            self.fields.pop("dropped_reason", None)

    def keep(self, item: AgreedItem) -> None:
        """Keep what the Party committee approved."""
        self.hold(item, *KEPT)


class TaskRow(RowForm):
    title = TextField(label=_("what is to be done"), max_length=120)
    unit = UnitField(
        queryset=HandlingUnit.objects.none(),
        label=_("handling unit"),
        required=False,
        max_length=120,
        widget=LookupInput(list_id=UNITS),
        offer=False,
    )
    role = forms.ChoiceField(label=_("role"), choices=ROLES, initial=TaskRole.SOLE)
    pace = forms.ChoiceField(
        label=_("time given"),
        choices=[("", _("usual")), *Pace.choices],
        required=False,
        widget=forms.Select(attrs={"title": TIMES}),
    )
    due_on = PlanDayField(label=_("due"), required=False)
    expected = TextField(label=_("expected result"), max_length=200, required=False)
    weight = forms.IntegerField(
        label=_("share"),
        min_value=1,
        max_value=100,
        initial=1,
        required=False,
        widget=forms.NumberInput(attrs={"title": COUNTS}),
    )

    advised = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    record: Task | None = None
    offers: Sequence[Any] = ()
    notes: Sequence[str] = ()
    is_fresh = False
    is_optional = False

    @property
    def is_advised(self) -> bool:
        """The day stands there because it was proposed, and nobody has saved it yet."""
        day = str(self["due_on"].value() or "")
        return bool(day) and day == str(self["advised"].value() or "")

    def freeze(self, task: Task) -> None:
        """A task that was handed over keeps its wording."""
        self.record = task
        if task.state != TaskState.DRAFTED:
            self.hold(task, *SHOWN)
        if task.opinion_optional:
            self.initial["role"] = OPTIONAL

    def keep(self, task: Task) -> None:
        """Keep a task that was approved and waits to be filed; it is not removed either."""
        self.hold(task, *SHOWN)
        if task.opinion_optional:
            self.initial["role"] = OPTIONAL
        self.fields["DELETE"].disabled = True

    def clean_role(self) -> str:
        self.is_optional = self.cleaned_data["role"] == OPTIONAL
        return TaskRole.ASSIST.value if self.is_optional else self.cleaned_data["role"]

    def clean_weight(self) -> int:
        return self.cleaned_data["weight"] or 1

    def row(self) -> dict[str, Any]:
        row = {name: value for name, value in super().row().items() if name != "advised"}
        return row if self.is_gone else row | {"opinion_optional": self.is_optional}


class PromiseRow(RowForm):
    side = PickField(label=_("side"), required=False)
    promised_by = TextField(label=_("who promises"), max_length=60)
    text = TextField(label=_("what is promised"), max_length=300)
    condition = TextField(label=_("on condition"), max_length=200, required=False)
    due_on = PlanDayField(label=_("due"), required=False)

    record: Commitment | None = None

    def freeze(self, promise: Commitment) -> None:
        self.record = promise
        if promise.state != Commitment.State.OPEN:
            self.hold(promise, *PROMISE_FIELDS)


class MilestoneRow(RowForm):
    title = TextField(label=_("milestone"), max_length=80)
    due_on = PlanDayField(label=_("due"), required=False)

    record: Milestone | None = None

    def freeze(self, milestone: Milestone) -> None:
        """One that was reached stays as it is; the others may still move."""
        self.record = milestone
        if milestone.done_on:
            del self.fields["DELETE"]
            self.hold(milestone, "title", "due_on")


def leads_fit(tasks: Sequence[TaskRow]) -> bool:
    """Each assisting unit has its lead: of the same task, or the only one of the item."""
    leads = [f.cleaned_data.get("title", "") for f in tasks if _role(f) == TaskRole.LEAD]
    told = gettext("Assisting units need exactly one lead unit beside them.")
    fine = True
    for form in tasks:
        title = getattr(form, "cleaned_data", {}).get("title", "")
        if _role(form) == TaskRole.ASSIST and lead_for(title, leads) is None:
            form.add_error("role", told)
            fine = False
    return fine


def _role(form: TaskRow) -> str:
    return getattr(form, "cleaned_data", {}).get("role", "")
