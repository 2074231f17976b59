"""The builders reach every stage and every state by walking the services."""

from __future__ import annotations

import pytest

from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskState
from tests.factories import CASE_WAYS, TASK_WAYS, a_county, case_at, task_at

pytestmark = pytest.mark.django_db


def test_the_ways_cover_every_stage_and_every_state():
    assert set(CASE_WAYS) == set(Stage.values)
    assert set(TASK_WAYS) == set(TaskState.values)


@pytest.mark.parametrize("stage", Stage.values)
def test_a_case_walks_to_every_stage(stage):
    case = case_at(stage)

    last = case.events.filter(task=None).exclude(action="rate").order_by("-pk").first()
    assert case.stage == stage
    assert last.to_stage == stage


@pytest.mark.parametrize("state", TaskState.values)
def test_a_task_walks_to_every_state(state):
    task = task_at(state)

    last = task.events.order_by("-pk").first()
    assert task.state == state
    assert state == "drafted" or last.to_stage == state


def test_building_a_county_twice_gives_the_same_one():
    assert a_county().people == a_county().people
