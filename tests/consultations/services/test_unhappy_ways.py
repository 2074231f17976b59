"""The ways that do not go straight: each told from its trouble to its end."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from consultations.models import Verification
from consultations.selectors.todo import todo_for
from consultations.services import followups
from consultations.workflow.engine import Refused
from tests.entries import a_conference
from tests.factories import case_at, step, task_at, task_step, walk_task

pytestmark = pytest.mark.django_db


def stages(case) -> list[str]:
    """The way of a case, as its history tells it."""
    lines = case.events.filter(task=None).order_by("pk")
    return [line.to_stage for line in lines if line.from_stage != line.to_stage]


def test_an_outcome_returned_twice_for_form_is_approved_in_the_end(county):
    case = case_at("party_review", county=county)
    for _ in range(2):
        step(case, "return_outcome", county=county)
        step(case, "submit_outcome", county=county)

    step(case, "approve_outcome", county=county)

    assert case.stage == "filing"
    assert list(case.approvals.filter(kind="outcome").values_list("approved", flat=True)) == [
        False, False, True,
    ]  # fmt: skip
    assert case.items.get().return_reason == ""


def test_a_changed_substance_is_consulted_again_never_edited_silently(county):
    case = case_at("party_review", county=county)
    step(case, "return_outcome", county=county, substance=True)
    step(case, "schedule", county=county)
    step(case, "conclude", county=county)
    for action in ("submit_outcome", "approve_outcome", "file"):
        step(case, action, county=county)

    assert stages(case)[5:] == [
        "deliberated", "party_review", "deliberated", "scheduled", "deliberated", "party_review",
        "filing", "handling",
    ]  # fmt: skip
    assert case.meetings.filter(status="held").count() == 2


def test_no_consensus_then_a_second_round_agrees(county):
    case = case_at("no_consensus", county=county)
    step(case, "schedule", county=county)
    step(case, "conclude", county=county)
    step(case, "submit_outcome", county=county)

    assert stages(case)[4:] == [
        "scheduled", "no_consensus", "scheduled", "deliberated", "party_review",
    ]  # fmt: skip


def test_no_consensus_then_the_matter_becomes_a_proposal_and_is_closed(county):
    case = case_at("no_consensus", county=county)
    step(case, "convert", county=county)
    for action in ("(write public text)", "open_rating", "close"):
        step(case, action, county=county)

    assert stages(case)[5:] == ["no_consensus", "supervision", "rating", "closed"]


def test_three_units_then_a_conference_then_done(county):
    task = task_at("dispatched", county=county)
    task_step(task, "request_return", county=county)
    task_step(task, "reassign", county=county)
    task_step(task, "request_return", county=county)
    with pytest.raises(Refused):
        task_step(task, "reassign", county=county, unit=county.third_unit)
    task_step(task, "reassign", county=county, unit=county.unit, conference=a_conference())

    with pytest.raises(Refused):
        task_step(task, "request_return", county=county)
    walk_task(task, "verified", county=county)

    assert (task.bounces, task.unit) == (2, county.unit)
    task.case.refresh_from_db()
    assert task.case.stage == "supervision"


def test_a_false_completion_is_found_handled_again_and_found_true(county):
    task = task_at("answered", county=county)
    task_step(task, "verify_false", county=county)
    task_step(task, "draft_reply", county=county, body="更换整段管道。")
    task_step(task, "reply", county=county)
    task_step(task, "accept_reply", county=county)

    task_step(task, "verify_true", county=county)

    assert (task.state, task.false_completions, task.round) == ("verified", 1, 1)
    assert list(Verification.objects.order_by("pk").values_list("is_true", flat=True)) == [
        False, True,
    ]  # fmt: skip
    assert task.replies.count() == 2


def test_dissatisfied_residents_reopen_and_the_second_rating_closes(county):
    case = case_at("rating", county=county)
    followups.record_rating(
        case, by=county.office, rater="affected", channel="paper", result="dissatisfied",
        count=5, reason="下雨又漏。",
    )  # fmt: skip
    step(case, "reopen", county=county, reason="测评不满意")
    step(case, "(handle all)", county=county)
    assert case.stage == "supervision"

    step(case, "open_rating", county=county)
    step(case, "close", county=county)

    assert stages(case)[-6:] == [
        "supervision", "rating", "handling", "supervision", "rating", "closed",
    ]  # fmt: skip
    assert (case.rounds, case.tasks.get().round) == (2, 2)


def test_a_deferred_topic_comes_back_to_the_desk_on_its_day(county):
    case = case_at("proposed", county=county)
    day = timezone.localdate() + dt.timedelta(days=30)
    step(case, "defer", county=county, review_on=day)

    def desk(on):
        return {group.key: group.rows for group in todo_for(county.office, on=on)}

    assert "deferred" not in desk(day - dt.timedelta(days=1))
    assert desk(day)["deferred"] == [case]
    assert case.stage == "deferred", "nothing moves by the clock alone"


def test_a_promise_of_next_year_is_tracked_looked_back_at_and_kept(county):
    task = task_at("tracked", county=county)
    case = task.case
    for action in ("(write public text)", "open_rating", "close"):
        case.refresh_from_db()
        step(case, action, county=county)

    with time_machine.travel(timezone.now() + dt.timedelta(days=91)):
        groups = {group.key: group.rows for group in todo_for(county.office)}
        assert groups["look_back"] == [task]
        task_step(task, "look_back", county=county)
        task_step(task, "verify_true", county=county)

    case.refresh_from_db()
    assert (task.state, case.stage) == ("verified", "closed")
