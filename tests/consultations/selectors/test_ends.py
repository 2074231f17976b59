"""The line that says all tasks have ended tells how they ended: a cancelled one was not done."""

from __future__ import annotations

import pytest
from django.utils import translation

from consultations.models import Event
from consultations.selectors.public_case import case_page
from consultations.selectors.timeline import LABELS, Line, timeline
from tests.factories import case_at, task_step, walk_task
from tests.public_cases import a_reported_case, released

pytestmark = pytest.mark.django_db
THREE = [{}, {}, {}]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def ended(county, *states: str, reason: str = "已由邻县一并办理"):
    """A case whose tasks ended so, one after another, and its lines of the end."""
    case = case_at("handling", county=county, items=THREE[: len(states)])
    for task, state in zip(case.tasks.order_by("pk"), states, strict=True):
        if state == "cancelled":
            task_step(task, "cancel", county=county, reason=reason)
        else:
            walk_task(task, state, county=county)
    case.refresh_from_db()
    assert case.stage == "supervision"
    return released(case, county=county)


def inside(case) -> Line:
    return next(one for one in timeline(case, public=False) if one.event.action == "complete")


def outside(case) -> Line:
    return next(one for one in case_page(case.pk).case_lines if one.event.action == "complete")


@pytest.mark.parametrize("look", [inside, outside])
def test_where_tasks_were_cancelled_it_is_not_said_that_everything_is_done(county, look):
    line = look(ended(county, "verified", "explained", "cancelled"))

    assert line.label == "Each task has come to an end: 2 tasks done，1 task cancelled"
    assert line.detail == "Cancelled because: 已由邻县一并办理"


@pytest.mark.parametrize("look", [inside, outside])
def test_what_is_only_planned_is_told_apart(county, look):
    line = look(ended(county, "verified", "tracked"))

    assert line.label == "Each task has come to an end: 1 task done，1 task in plan"
    assert line.detail == ""


def test_where_all_were_carried_out_it_says_so(county):
    case = ended(county, "verified", "verified")

    assert inside(case).label == str(LABELS["complete"])
    assert outside(case).detail == ""


def test_a_line_from_a_report_knows_no_numbers_and_keeps_the_usual_words(county):
    case = a_reported_case(county=county)
    Event.objects.create(case=case, action="complete", is_public=True)

    assert inside(case).label == str(LABELS["complete"])


def test_a_reason_that_gives_somebody_away_stays_inside(county, client):
    case = ended(county, "verified", "cancelled", reason="请找13812345678")

    assert "13812345678" in inside(case).detail
    assert outside(case).detail == ""
    assert "13812345678" not in client.get(case.get_absolute_url()).content.decode()


def test_both_pages_show_it(county, client, settings):
    case = ended(county, "verified", "cancelled")

    html = client.get(case.get_absolute_url()).content.decode()

    assert html.count("已由邻县一并办理") == 2  # beside the end of all, and of that task
