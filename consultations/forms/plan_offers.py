"""The tasks of an agreed item from its proposal: lead, assisting units and dates, put in by one
press and looked at before anything is saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.datastructures import MultiValueDict

from consultations.forms.grid import MOST, open_rows, total
from consultations.forms.offers import Adviser
from consultations.forms.outcome import OutcomeForm
from consultations.selectors.experience import assisting
from consultations.workflow.tasks import TaskRole

TITLE = 120  # characters of a task's title
EVERY_ITEM = "all"


def is_without_tasks(item: Any) -> bool:
    rows = (str(row[name].value() or "") for row in item.tasks.forms for name in ("title", "unit"))
    return not any(rows)


def can_plan(item: Any) -> bool:
    """An agreed item with its words, and no task yet."""
    return bool(words_of(item)) and is_without_tasks(item)


def words_of(item: Any) -> str:
    if item.record and item.record.confirmed_at:
        return str(item.record.text)
    return str(item["text"].value() or "").strip()


def planned(form: OutcomeForm, data: MultiValueDict, which: str) -> MultiValueDict:
    """The form with the tasks of one item, or of every item without any, in its rows."""
    adviser, filled = Adviser(form), data.copy()
    for item in form.items.forms if form.takes_tasks else ():
        if which in (item.prefix, EVERY_ITEM) and can_plan(item):
            rows = list(_rows(adviser, item))
            prefix = f"{item.prefix}-t"
            open_rows(filled, prefix, max(total(filled, prefix), min(len(rows), MOST)))
            for place, cells in enumerate(rows[:MOST]):
                for name, text in cells.items():
                    filled[f"{prefix}-{place}-{name}"] = text
    return filled


def _rows(adviser: Adviser, item: Any) -> Iterator[dict[str, str]]:
    """The lead first; without any ground for a unit its box stays empty."""
    text, route = words_of(item), str(item["route"].value() or "")
    fits = adviser.remits.propose(text, route=route)
    lead = fits[0] if fits else None
    others = []
    if lead:
        found = adviser.remits.assistants(text, but=[lead.unit.pk])
        others = [fit for fit in assisting(found) if fit.score * 2 >= lead.score]
    due = str(item["due_on"].value() or "") or adviser.due.reply.isoformat()
    shared = {"title": text[:TITLE], "weight": "1"}
    role = TaskRole.LEAD if others else TaskRole.SOLE
    unit = adviser.spelt(lead.unit) if lead else ""
    yield {**shared, "unit": unit, "role": role.value, "due_on": due, "advised": due}
    day = adviser.due.opinion.isoformat()
    for fit in others:
        yield {**shared, "unit": adviser.spelt(fit.unit), "role": TaskRole.ASSIST.value,
               "due_on": day, "advised": day}  # fmt: skip
