"""The record names who takes a step of somebody else, in place of a button that opens nothing."""

from __future__ import annotations

from committees.models import Role
from consultations.models import Task
from consultations.workflow.cases import CASES
from tests.factories import case_at, task_at
from tests.offered import offer_for

SEND = next(row for row in CASES if row.action == "submit_outcome")


def test_the_record_shows_the_director_and_no_button(county, enter, record):
    case = case_at("deliberated", county=county)

    page = enter(county.office).get(record(case)).content.decode()

    assert f"{SEND.label}（{Role.STUDIO_DIRECTOR.label}" in page
    assert f"{SEND.label}</span>" not in page
    own = enter(county.director).get(record(case)).content.decode()
    assert f"{SEND.label}</a>" in own


def test_a_severe_step_of_somebody_else_is_told_without_a_button(county, enter, task_record):
    task = task_at("verified", county=county)
    Task.objects.filter(pk=task.pk).update(round=2)
    task.refresh_from_db()
    offer = offer_for(county.office, task, "reopen")

    page = enter(county.office).get(task_record(task)).content.decode()

    assert offer.is_elses
    assert f"<b>{offer.row.label}</b>" in page
    assert offer.reasons[0] in page
    assert f"{offer.row.label}</span>" not in page
