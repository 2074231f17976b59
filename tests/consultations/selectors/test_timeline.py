"""The history of a case as it is told, inside and outside."""

from __future__ import annotations

import pytest

from committees.models import Citation, SourceReport
from committees.partial_dates import PartialDate
from consultations.models import Event
from consultations.selectors import timeline as module
from consultations.selectors.timeline import timeline
from consultations.workflow.cases import CASES
from consultations.workflow.tasks import TASKS
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db


def actions(lines) -> list[str]:
    return [line.event.action for line in lines]


def test_staff_read_every_line_in_order(county):
    case = case_at("approved", county=county)

    assert actions(timeline(case, public=False)) == ["create", "submit", "approve"]


def test_the_public_reads_public_steps_only(county):
    case = case_at("handling", county=county)
    step(case, "restrict", county=county, reason="只供内部")

    lines = timeline(case, public=True)

    assert actions(lines) == [
        "approve", "log_visit", "schedule", "conclude", "approve_outcome", "file", "dispatch",
    ]  # fmt: skip
    assert not [line for line in lines if line.event.reason == "只供内部"]


def test_every_step_has_its_words():
    for row in (*CASES, *TASKS):
        assert module.LABELS[row.action]


def test_a_line_of_today_says_today_and_a_reported_one_what_the_report_says(county):
    case = case_at("draft", county=county)
    report = SourceReport.objects.create(code="r", title="报道")
    citation = Citation.objects.create(report=report, anchor="院坝协商")
    Event.objects.create(case=case, action="conclude", citation=citation, is_public=True)
    told = PartialDate("2022-06-mid")
    Event.objects.create(
        case=case, action="file", citation=citation, happened_on=told, data={"note": "据报道"}
    )

    created, undated, dated = timeline(case, public=False)

    assert created.when.is_exact
    assert undated.when is None
    assert (dated.when, dated.note) == (told, "据报道")


def test_a_timeline_costs_the_same_for_one_line_and_for_many(county, django_assert_num_queries):
    for stage in ("draft", "closed"):
        case = case_at(stage, county=county)
        with django_assert_num_queries(1):
            for line in timeline(case, public=False):
                str(line.event.actor), str(line.event.task and line.event.task.unit)
