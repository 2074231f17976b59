"""The outcome grid: agreed items, below each its tasks, promises and milestones, on one screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from committees.lookups import OFFERED, datalist
from consultations.forms.days import due_days_fit, first_meeting_day
from consultations.forms.grid import RowForm, first_wrong, open_rows, rows_of, written
from consultations.forms.outcome_rows import (
    UNITS,
    ItemRow,
    MilestoneRow,
    PromiseRow,
    TaskRow,
    leads_fit,
)
from consultations.models import Case, Milestone
from consultations.selectors.places import units_for
from consultations.services.agreed import APPROVED
from consultations.workflow.cases import Stage

BELOW = {"t": 2, "c": 0, "m": 0}  # the grids below a new item, with their empty rows

KINDS = (ItemRow, TaskRow, PromiseRow, MilestoneRow)
Items, Tasks, Promises, Milestones = (rows_of(row) for row in KINDS)


def fields_of(record: Any, row: type[RowForm]) -> dict[str, Any]:
    """What the boxes of a row start with; some of them only help to fill in the others."""
    kept = [name for name in row.base_fields if name != "id" and hasattr(record, name)]
    return {name: getattr(record, name) for name in kept} | {"id": record.pk}


class OutcomeForm:
    """The whole grid of one case; `is_valid`, then `rows()` for `services.items.save_outcome`.

    With `data` that only asked for more rows, draw it without asking `is_valid`.
    """

    def __init__(self, case: Case, data: MultiValueDict | None = None, *, spare: int = BELOW["t"]):
        self.case, self.data, self.spare = case, data, spare
        self.checked = False
        self.stored = {item.pk: item for item in _stored(case)}
        self.sides = list(case.sides.order_by("pk"))
        self.units = list(units_for(case))
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
            form.fields["unit"].units = self.units
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
        if form.record is None and not form.is_blank and not self.takes_items:
            told = gettext("The agreed items were read back; a further one needs a new round.")
            form.add_error("text", told)
            return False
        return leads_fit([f for f in form.tasks.forms if not f.is_blank and not f.is_gone])

    def tell(self, notes: Mapping[str, Sequence[str]]) -> None:
        """Mark the tasks that were just put in, by their prefix, with how they were read."""
        for row in (task for item in self.items.forms for task in item.tasks.forms):
            if row.prefix in notes:
                row.is_fresh, row.notes = True, notes[row.prefix]

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
