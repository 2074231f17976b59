"""Closed cases are looked at again; what came back is one more round, and counted openly."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from committees.models import Parameter
from consultations import calendar
from consultations.models import Attachment, Case, LookBack, Notice
from consultations.selectors.counted import _count
from consultations.selectors.todo import todo_for
from consultations.services import look_backs, reminders
from consultations.workflow.engine import Refused
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 1, 12, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


def look(case, by, outcome="holds", **more):
    case.refresh_from_db()
    told = {"version": case.version, "finding": "又去看了一次，沟里有水。", **more}
    return look_backs.record_look_back(case, by=by, outcome=outcome, **told)


def waits(county) -> bool:
    return "closed_look_back" in {group.key for group in todo_for(county.office)}


def test_a_closed_case_comes_back_after_six_and_after_twelve_months(county, clock):
    case = case_at("closed", county=county)
    first, second = calendar.add_months(TODAY, 6), calendar.add_months(TODAY, 12)
    assert case.look_back_on == first
    clock.move_to(dt.datetime.combine(first - dt.timedelta(days=1), NOW.time(), NOW.tzinfo))
    assert not waits(county)

    clock.move_to(dt.datetime.combine(first, NOW.time(), NOW.tzinfo))
    assert waits(county)
    look(case, county.office)
    assert (case.look_back_on, waits(county)) == (second, False)

    clock.move_to(dt.datetime.combine(second, NOW.time(), NOW.tzinfo))
    look(case, county.office)
    assert (case.stage, case.look_back_on, case.relapses) == ("closed", None, 0)
    assert list(case.look_backs.values_list("due_on", flat=True)) == [first, second]


def test_a_place_sets_its_own_months(county):
    Parameter.objects.create(region=county.region, key="look_back_first_months", value=3)

    assert case_at("closed", county=county).look_back_on == calendar.add_months(TODAY, 3)


def test_what_came_back_is_one_more_round_with_its_own_date(county, clock):
    case = case_at("closed", county=county)
    clock.move_to(NOW + dt.timedelta(days=200))

    task = case.tasks.get()
    seen = look(case, county.office, "relapsed", finding="沟又渗了。", named={"tasks": [task]})

    case.refresh_from_db()
    task.refresh_from_db()
    assert (case.stage, case.rounds, case.relapses, case.look_back_on) == ("handling", 2, 1, None)
    assert (task.state, task.round) == ("handling", 2)
    assert task.due_on == calendar.add_months(timezone.localdate(), 1)
    assert (seen.opened_round, seen.finding) == (2, "沟又渗了。")
    lines = case.events.filter(action__in=["look_again", "reopen"], task=None).order_by("pk")
    assert [line.action for line in lines] == ["look_again", "reopen"]
    assert lines[1].data["ground"] == "relapse"
    assert all(line.is_public for line in lines)


def test_a_relapse_names_what_did_not_hold_or_changes_nothing(county):
    case = case_at("closed", county=county)

    with pytest.raises(Refused):
        look(case, county.office, "relapsed")

    case.refresh_from_db()
    assert (case.stage, case.relapses, LookBack.objects.count()) == ("closed", 0, 0)


def test_what_came_back_is_taken_up_also_after_a_second_handling(county):
    """Only what the unit did badly goes to the leader; what came back is said by who saw it."""
    case = case_at("rating", county=county)
    for action in ("reopen", "(handle all)", "open_rating", "publish", "(rate)", "close"):
        step(case, action, county=county)
    task = case.tasks.get()
    assert task.round == 2

    look(case, county.office, "relapsed", named={"tasks": [task]})

    case.refresh_from_db()
    task.refresh_from_db()
    assert (case.stage, case.relapses, task.state, task.round) == ("handling", 1, "handling", 3)


def test_the_day_of_the_look_back_is_told_to_the_office_once(county, clock):
    case = case_at("closed", county=county)
    clock.move_to(NOW + dt.timedelta(days=190))

    for _run in range(2):
        list(reminders.remind())

    (told,) = Notice.objects.filter(action="look_again")
    assert (told.recipient, told.case, told.day) == (county.office, case, case.look_back_on)
    assert told.kind == "date_came"


def test_two_years_later_a_new_case_is_logged_instead(county, clock):
    case = case_at("closed", county=county)
    clock.move_to(NOW + dt.timedelta(days=760))

    with pytest.raises(Refused) as refused:
        look(case, county.office, "relapsed", named={"tasks": [case.tasks.get()]})

    assert len(refused.value.reasons) == 1


def test_only_a_reopening_after_the_end_for_this_reason_is_a_relapse(county):
    case = case_at("rating", county=county)

    step(case, "reopen", county=county, ground="relapse")

    assert (case.rounds, case.relapses) == (2, 0)


def test_the_solved_figure_goes_down_openly(county):
    kept, back = case_at("closed", county=county), case_at("closed", county=county)
    for case in (kept, back):
        Case.objects.filter(pk=case.pk).update(
            is_public=True, published_at=timezone.now(), restricted_at=None
        )
    before = _count(county.region.pk)

    look(back, county.office, "relapsed", named={"tasks": [back.tasks.get()]})

    after = _count(county.region.pk)
    assert (before.closed, before.relapsed) == (2, 0)
    assert (after.closed, after.relapsed, after.followed) == (1, 1, 2)


@pytest.mark.parametrize("name", ["clerk", "member", "leader", "officer", "director"])
def test_only_the_office_looks_back(county, name):
    case = case_at("closed", county=county)

    with pytest.raises(Refused):
        look(case, getattr(county, name))


def test_nothing_that_runs_is_looked_back_at(county):
    with pytest.raises(Refused):
        look(case_at("handling", county=county), county.office)


def test_without_a_finding_nothing_is_recorded(county):
    with pytest.raises(Refused):
        look(case_at("closed", county=county), county.office, finding=" ")
    assert not Attachment.objects.exists()
