"""Confirming a year: the days, the due dates that move, and what the history says of it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.models import AuditEntry, WorkCalendarDay, WorkCalendarYear
from consultations import calendar
from consultations.calendar import Basis, Table, Year
from consultations.models import Case, Event, Suggestion, Task
from consultations.selectors.due_dates import why
from consultations.selectors.due_moves import digest
from consultations.selectors.work_calendar import Standing
from consultations.services import work_calendar
from consultations.workflow.engine import Refused
from tests.factories import case_at, task_at

MORNING = dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 20)
DUE = dt.date(2027, 2, 22)  # 20 February is a Saturday


@pytest.fixture(autouse=True)
def that_day():
    with time_machine.travel(MORNING, tick=False):
        calendar.keep(Table())
        yield


def by_rule(task: Task, *, start: dt.date = TODAY, **fields) -> Task:
    """The task, due by the rule of three months."""
    basis = Basis(Basis.RULE, start, 3, Basis.MONTHS, "reply_months")
    told = {"due_on": basis.due, "due_basis": basis.kept()} | fields
    Task.objects.filter(pk=task.pk).update(**told)
    task.refresh_from_db()
    return task


@pytest.fixture
def task(county):
    return by_rule(task_at("handling", county=county))


def read_afresh() -> None:
    """The clock stands still here, so two changes bear the same time."""
    calendar.keep(Table())
    calendar.reread()


def off(*days: str) -> Year:
    return Year({dt.date.fromisoformat(day): "试" for day in days})


def confirm(by, days: Year, *, seen: str | None = None) -> int:
    _after, moves = work_calendar.preview(2027, days)
    return work_calendar.confirm(
        2027, days, document="〔2026〕1号", by=by, seen=digest(moves) if seen is None else seen
    )


def test_a_preview_writes_nothing(task):
    assert task.due_on == DUE
    _after, moves = work_calendar.preview(2027, off("2027-02-22"))

    assert [(move.pk, move.old, move.new) for move in moves] == [
        (task.pk, DUE, dt.date(2027, 2, 23))
    ]
    task.refresh_from_db()
    assert task.due_on == DUE
    assert not WorkCalendarYear.objects.exists()


def test_what_was_seen_and_confirmed_moves_with_a_line_of_history(county, task):
    version = task.version
    assert confirm(county.system_admin, off("2027-02-22")) == 1

    task.refresh_from_db()
    assert (task.due_on, task.version) == (dt.date(2027, 2, 23), version + 1)
    line = Event.objects.get(action="calendar_moved")
    assert (line.task, line.actor, line.role) == (task, county.system_admin, "system_admin")
    assert line.data == {"year": 2027, "from": "2027-02-22", "to": "2027-02-23"}
    assert (line.from_stage, line.to_stage) == ("handling", "handling")
    year = WorkCalendarYear.objects.get()
    assert (year.year, year.confirmed_by, year.document) == (
        2027, county.system_admin, "〔2026〕1号"
    )  # fmt: skip
    assert WorkCalendarDay.objects.get().source == "〔2026〕1号"
    assert AuditEntry.objects.filter(about="calendar:2027").count() == 1
    calendar.reread()
    told = why(task)
    assert told is not None
    assert not told.is_by_another_calendar


def test_the_year_is_then_sure_and_was_not_before(county, task):
    assert why(task).may_move
    confirm(county.system_admin, off("2027-01-01"))
    calendar.reread()
    assert not why(task).may_move


def test_what_was_agreed_extended_or_counted_otherwise_stays(county, task):
    named = Basis(Basis.AGREED, TODAY).kept()
    by_rule(task, due_on=DUE, due_basis=named)
    assert work_calendar.preview(2027, off("2027-02-22"))[1] == []
    by_rule(task, due_on=dt.date(2027, 3, 1))  # by no calendar that is known
    assert work_calendar.preview(2027, off("2027-02-22", "2027-03-01"))[1] == []


@pytest.mark.parametrize("state", ["answered", "verified"])
def test_what_nobody_owes_any_more_stays(county, state):
    by_rule(task_at(state, county=county))
    assert work_calendar.preview(2027, off("2027-02-22"))[1] == []


def test_the_step_of_a_case_and_an_answer_move_too(county):
    start = dt.date(2026, 12, 31)
    basis = Basis(Basis.RULE, start, 5, Basis.WORKING, "topic_decision_days")
    case = case_at("proposed", county=county)
    Case.objects.filter(pk=case.pk).update(stage_due_on=basis.due, due_basis=basis.kept())
    waiting = Suggestion.objects.create(
        title="路灯", problem="不亮", region=county.village,
        received_at=dt.datetime(2026, 12, 31, 4, tzinfo=dt.UTC), answer_due_on=dt.date(2027, 1, 8),
        due_basis=Basis(Basis.RULE, start, 5, Basis.WORKING, "first_answer_days").kept(),
    )  # fmt: skip

    assert confirm(county.system_admin, off("2027-01-01", "2027-01-04")) == 2

    case.refresh_from_db()
    waiting.refresh_from_db()
    assert (case.stage_due_on, waiting.answer_due_on) == (dt.date(2027, 1, 11),) * 2
    assert Event.objects.get(action="calendar_moved").case == case
    told = AuditEntry.objects.filter(about=f"suggestion:{waiting.pk}").get()
    assert "calendar_moved" in told.facts


def test_other_moves_than_those_seen_are_refused_and_nothing_is_written(county, task):
    with pytest.raises(Refused):
        confirm(county.system_admin, off("2027-02-22"), seen="of yesterday")
    assert not WorkCalendarYear.objects.exists()
    assert not Event.objects.filter(action="calendar_moved").exists()


@pytest.mark.parametrize("role", ["county_office", "prefecture_office", "security_admin", "leader"])
def test_nobody_else_confirms(county, task, role):
    with pytest.raises(Refused):
        confirm(county.people[role], off("2027-02-22"))
    assert not WorkCalendarYear.objects.exists()


def test_the_province_confirms_as_itself(county, task):
    confirm(county.province_office, off("2027-02-22"))
    assert Event.objects.get(action="calendar_moved").role == "province_office"


def test_a_confirmed_year_is_changed_again_and_moves_back(county, task):
    confirm(county.system_admin, off("2027-02-22"))
    calendar.reread()
    assert confirm(county.system_admin, off("2027-01-01")) == 1
    task.refresh_from_db()
    assert task.due_on == DUE
    assert WorkCalendarDay.objects.count() == 1


def test_a_preview_of_three_costs_as_much_as_one(county, task):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            work_calendar.preview(2027, off("2027-02-22"))
        return len(seen)

    one = cost()
    for _ in range(2):
        by_rule(task_at("handling", county=county))
    assert cost() == one


def test_what_moves_is_read_by_its_key_and_never_the_whole_table(county, task):
    with CaptureQueriesContext(connection) as seen:
        confirm(county.system_admin, off("2027-02-22"))
    for query in seen:
        sql = query["sql"]
        if sql.startswith("SELECT") and 'FROM "consultations_' in sql:
            assert "WHERE" in sql, sql


def test_many_move_by_as_many_statements_as_one(county, task):
    def cost(day: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert confirm(county.system_admin, off(day)) > 0
        read_afresh()
        return len(seen)

    confirm(county.system_admin, off("2027-03-03"))
    read_afresh()
    one = cost("2027-02-22")
    for _ in range(2):
        by_rule(task_at("handling", county=county))
    assert cost("2027-02-23") == one


@pytest.mark.parametrize(
    ("last", "today", "warns", "has_next"),
    [
        (2026, "2026-10-31", False, False),
        (2026, "2026-11-01", True, False),
        (2026, "2026-12-31", True, False),
        (2026, "2027-01-01", True, False),
        (2027, "2026-11-01", False, True),
        (2027, "2027-10-31", False, False),
        (None, "2026-11-01", False, False),
    ],
)
def test_staff_are_warned_before_the_last_year_runs_out(last, today, warns, has_next):
    stands = Standing(last, dt.date.fromisoformat(today))
    assert (stands.warns, stands.has_next_year) == (warns, has_next)
