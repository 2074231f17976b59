"""The time that a task is given: by the rule of its pace where nobody named a date."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from committees.models import Parameter
from consultations.models import AgreedItem, Task
from consultations.selectors.due_dates import why
from consultations.selectors.proposed import DueDates
from consultations.selectors.taken_up import planned_letters
from tests.factories import case_at, step, task_step

pytestmark = pytest.mark.django_db
JULY = dt.datetime(2026, 7, 1, 4, tzinfo=dt.UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(JULY, tick=False) as moving:
        yield moving


def filing(county, pace: str) -> Task:
    """A drafted task of this pace, for which nobody named a date."""
    case = case_at("filing", county=county)
    AgreedItem.objects.filter(case=case).update(due_on=None)
    Task.objects.filter(case=case).update(pace=pace, due_on=None)
    return case.tasks.select_related("case").get()


PACES = [
    ("", "reply_months", dt.date(2026, 10, 8)),  # 1 October is a holiday
    ("fast", "reply_fast_days", dt.date(2026, 7, 29)),
    ("long", "reply_long_months", dt.date(2027, 1, 4)),
]


@pytest.mark.parametrize(("pace", "rule", "due"), PACES)
def test_each_pace_has_its_rule(county, pace, rule, due):
    task = filing(county, pace)
    (letter,) = planned_letters(task.case)
    assert [day for _task, day in letter.tasks] == [due]

    step(task.case, "file", county=county)

    task.refresh_from_db()
    assert (task.due_on, why(task).basis.rule) == (due, rule)


def test_another_unit_gets_the_time_of_the_same_pace(county, clock):
    task = filing(county, "fast")
    step(task.case, "file", county=county)
    task.refresh_from_db()
    task_step(task, "request_return", county=county)
    clock.move_to(dt.datetime(2026, 7, 3, 4, tzinfo=dt.UTC))
    task_step(task, "reassign", county=county)

    task.refresh_from_db()
    assert task.due_on == dt.date(2026, 7, 31)


def test_a_date_that_was_named_holds(county):
    task = filing(county, "fast")
    Task.objects.filter(pk=task.pk).update(due_on=dt.date(2026, 12, 1))
    step(task.case, "file", county=county)

    task.refresh_from_db()
    assert (task.due_on, why(task).is_agreed) == (dt.date(2026, 12, 1), True)


def test_a_place_sets_its_own_times_and_what_is_proposed_follows(county):
    Parameter.objects.create(
        region=county.region, key="reply_fast_days", value=3, effective_from=dt.date(2020, 1, 1)
    )
    task = filing(county, "fast")
    due = DueDates(task.case, filed_today=True)

    assert due.paced("fast") == dt.date(2026, 7, 6)
    assert due.paced("") == due.reply == dt.date(2026, 10, 8)
