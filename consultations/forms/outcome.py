"""The outcome grid: agreed items, below each its tasks, promises and milestones, on one screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Prefetch
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.lookups import OFFERED, LookupField, LookupInput, datalist
from committees.models import HandlingUnit
from consultations.forms.days import due_days_fit, first_meeting_day
from consultations.forms.fields import DayField, PickField, TextField, with_blank
from consultations.forms.grid import RowForm, first_wrong, open_rows, rows_of, written
from consultations.models import AgreedItem, Case, Commitment, Milestone, Route, Task
from consultations.selectors.places import units_for
from consultations.services.agreed import APPROVED, KEPT
from consultations.services.items import PROMISE_FIELDS, TASK_FIELDS
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskRole, TaskState

UNITS = "units"  # the one list of choices on the page
BELOW = {"t": 2, "c": 0, "m": 0}  # the grids below a new item, with their empty rows

COUNTS = _("How much this task counts in the progress of its item: 1 is usual, 2 counts double.")


class ItemRow(RowForm):
    text = TextField(
        label=_("what was agreed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    route = forms.ChoiceField(label=_("route"), choices=with_blank(Route.choices), required=False)
    owner = TextField(label=_("who answers for it"), max_length=60, required=False)
    due_on = DayField(label=_("due"), required=False)
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
    unit = LookupField(
        queryset=HandlingUnit.objects.none(),
        label=_("handling unit"),
        required=False,
        max_length=120,
        widget=LookupInput(list_id=UNITS),
        offer=False,
    )
    role = forms.ChoiceField(label=_("role"), choices=TaskRole.choices, initial=TaskRole.SOLE)
    due_on = DayField(label=_("due"), required=False)
    weight = forms.IntegerField(
        label=_("share"),
        min_value=1,
        max_value=100,
        initial=1,
        required=False,
        widget=forms.NumberInput(attrs={"title": COUNTS}),
    )

    record: Task | None = None

    def freeze(self, task: Task) -> None:
        """A task that was handed over keeps its wording."""
        self.record = task
        if task.state != TaskState.DRAFTED:
            self.hold(task, *TASK_FIELDS)

    def keep(self, task: Task) -> None:
        """Keep a task that was approved and waits to be filed; it is not removed either."""
        self.hold(task, *TASK_FIELDS)
        self.fields["DELETE"].disabled = True

    def clean_weight(self) -> int:
        return self.cleaned_data["weight"] or 1


class PromiseRow(RowForm):
    side = PickField(label=_("side"), required=False)
    promised_by = TextField(label=_("who promises"), max_length=60)
    text = TextField(label=_("what is promised"), max_length=300)
    condition = TextField(label=_("on condition"), max_length=200, required=False)
    due_on = DayField(label=_("due"), required=False)

    record: Commitment | None = None

    def freeze(self, promise: Commitment) -> None:
        self.record = promise
        if promise.state != Commitment.State.OPEN:
            self.hold(promise, *PROMISE_FIELDS)


class MilestoneRow(RowForm):
    title = TextField(label=_("milestone"), max_length=80)
    due_on = DayField(label=_("due"), required=False)

    record: Milestone | None = None

    def freeze(self, milestone: Milestone) -> None:
        """One that was reached stays as it is; the others may still move."""
        self.record = milestone
        if milestone.done_on:
            del self.fields["DELETE"]
            self.hold(milestone, "title", "due_on")


KINDS = (ItemRow, TaskRow, PromiseRow, MilestoneRow)
Items, Tasks, Promises, Milestones = (rows_of(row) for row in KINDS)


def fields_of(record: Any, row: type[RowForm]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in row.base_fields if name != "id"} | {
        "id": record.pk
    }


class OutcomeForm:
    """The whole grid of one case; `is_valid`, then `rows()` for `services.items.save_outcome`.

    With `data` that only asked for more rows, draw it without asking `is_valid`.
    """

    def __init__(self, case: Case, data: MultiValueDict | None = None, *, spare: int = BELOW["t"]):
        self.case, self.data, self.spare = case, data, spare
        self.checked = False
        self.stored = {item.pk: item for item in _stored(case)}
        self.sides = list(case.sides.order_by("pk"))
        self.units = units_for(case)
        self.takes_items = case.stage == Stage.SCHEDULED
        self.takes_tasks = case.stage != Stage.FILING
        self.kept = {ItemRow} if case.stage in APPROVED else set()
        self.kept |= set() if self.takes_tasks else {TaskRow}
        spare = (1 if self.stored else 3) if self.takes_items else 0
        self.since = first_meeting_day(case)
        self.items = self._rows(Items, "i", self.stored.values(), spare=spare)
        for form in self.items.forms:
            self._below(form)

    def _rows(self, kind: type, prefix: str, records: Any, *, spare: int) -> Any:
        records = list(records)
        row = kind.form
        start = [fields_of(record, row) for record in records]
        formset = kind(self._opened(prefix), prefix=prefix, initial=None if self.data else start)
        formset.extra = spare
        known = {record.pk: record for record in records}
        for form in formset.forms:
            self._limit(form)
            record = known.get(_number(form["id"].value()))
            if record is not None:
                form.initial["id"] = record.pk
                form.freeze(record)
                if row in self.kept:
                    form.keep(record)
            else:
                form.fields.pop("dropped_reason", None)
        return formset

    def _opened(self, prefix: str) -> MultiValueDict | None:
        """What was sent; a grid of milestones that was not sent along has no rows."""
        unsent = self.data is not None and f"{prefix}-TOTAL_FORMS" not in self.data
        if unsent and prefix.endswith("-m"):
            self.data = self.data.copy()
            open_rows(self.data, prefix, 0)
        return self.data

    def _below(self, form: Any) -> None:
        item = form.record
        tasks = item.tasks.all() if item else ()
        promises = item.commitments.all() if item else ()
        milestones = item.milestones.all() if item else ()
        spare = (1 if tasks else self.spare) if self.takes_tasks else 0
        form.tasks = self._rows(Tasks, f"{form.prefix}-t", tasks, spare=spare)
        form.promises = self._rows(Promises, f"{form.prefix}-c", promises, spare=0)
        form.milestones = self._rows(Milestones, f"{form.prefix}-m", milestones, spare=0)

    def _limit(self, form: Any) -> None:
        if "unit" in form.fields:
            form.fields["unit"].queryset = self.units
        if "side" in form.fields:
            form.fields["side"].records = self.sides

    def is_valid(self) -> bool:
        self.checked = True
        fine = self.items.is_valid()
        for form in self.items.forms:
            if form.is_gone:
                continue
            grids = (form.tasks, form.promises, form.milestones)
            below = [grid.is_valid() for grid in grids]
            fine = self._fits(form) and all(below) and fine
            rows = [form, *(row for grid in grids for row in grid.forms)]
            fine = due_days_fit(rows, since=self.since) and fine
        return fine

    def _fits(self, form: Any) -> bool:
        """What concerns several rows: an item for the tasks, one lead for the assisting units."""
        grids = (form.tasks, form.promises, form.milestones)
        rows = [row for grid in grids for row in grid.forms if not row.is_blank]
        if rows and form.is_blank and form.record is None:
            form.add_error("text", gettext("Write what was agreed, above its tasks."))
            return False
        tasks = [f for f in form.tasks.forms if not f.is_blank and not f.is_gone]
        roles = [f.cleaned_data.get("role") for f in tasks if hasattr(f, "cleaned_data")]
        if TaskRole.ASSIST not in roles or roles.count(TaskRole.LEAD) == 1:
            return True
        wrong = next(f for f in tasks if f.cleaned_data.get("role") == TaskRole.ASSIST)
        wrong.add_error("role", gettext("Assisting units need exactly one lead unit beside them."))
        return False

    def rows(self) -> list[dict[str, Any]]:
        found = []
        for form in self.items.forms:
            if form.record is None and (form.is_blank or form.is_gone):
                continue
            below = {} if form.is_gone else {
                "tasks": written(form.tasks), "commitments": written(form.promises),
                "milestones": written(form.milestones),
            }  # fmt: skip
            found.append(form.row() | below)
        return found

    @property
    def unit_list(self) -> str:
        """The one list of units that every cell of the page offers."""
        return datalist(UNITS, self.units[:OFFERED])

    @property
    def rows_in_order(self) -> list[Any]:
        """Every row as it stands on the page."""
        found = []
        for item in self.items.forms:
            found.append(item)
            found += [row for g in (item.tasks, item.promises, item.milestones) for row in g.forms]
        return found

    @property
    def error_count(self) -> int:
        below = [grid for f in self.items.forms for grid in (f.tasks, f.promises, f.milestones)]
        return sum(formset.total_error_count() for formset in (self.items, *below))

    @property
    def first_wrong(self) -> str:
        return first_wrong(self.rows_in_order)


def _stored(case: Case) -> Any:
    items = case.items.order_by("number", "pk")
    as_written = Prefetch("milestones", Milestone.objects.order_by("pk"))
    return items.prefetch_related("tasks__unit", "commitments__side", as_written)


def _number(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 19 else None
