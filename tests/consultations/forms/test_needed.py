"""A box that the workflow refuses when it is left empty is not marked as one that may be."""

from __future__ import annotations

import pytest

from consultations.forms import step_form
from consultations.workflow.cases import CASES
from consultations.workflow.tasks import TASKS
from tests.factories import CASE_WAYS, TASK_WAYS, case_at, task_at

pytestmark = pytest.mark.django_db
# Needed only beside something else: one of several, another box left empty, a case of its own kind.
AS_IT_COMES = {"no_visit_reason", "closing_note", "exemption", "unit", "tasks", "item"}


def steps() -> list:
    cases = [("case", row, s) for row in CASES for s in row.sources if s in CASE_WAYS]
    tasks = [("task", row, s) for row in TASKS for s in row.sources if s in TASK_WAYS]
    first = {(kind, row.action): (kind, row, stage) for kind, row, stage in reversed(cases + tasks)}
    return [pytest.param(*one, id=f"{one[0]}-{one[1].action}") for one in first.values()]


@pytest.mark.parametrize(("kind", "row", "stage"), steps())
def test_what_is_refused_empty_is_marked_as_needed(county, kind, row, stage):
    at = case_at if kind == "case" else task_at
    subject = at(stage, county=county)
    by = next((county.people[role] for role in row.roles if role in county.people), county.office)
    form = step_form(subject, row.action)(
        {"version": subject.version}, {}, subject=subject, row=row, by=by
    )

    refused = [name for name in form.errors if name in form.fields]

    wrong = {
        name.partition("_")[0] if name.startswith("item_") else name
        for name in refused
        if not form.fields[name].required and not getattr(form.fields[name], "is_needed", False)
    }
    assert wrong - AS_IT_COMES == set()
