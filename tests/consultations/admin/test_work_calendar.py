"""The page of the working calendar: who sees and keeps it, the preview, the marks of due dates."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.models import Role, WorkCalendarDay, WorkCalendarYear
from consultations import calendar
from consultations.calendar import Basis, Table
from consultations.models import Event, Task
from tests.factories import task_at

MORNING = dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)
LIST = "2027-01-01 休 元旦\n2027-02-22 休 试\n2027-02-27 班 试"
SEEN_BY = {
    "province_office", "prefecture_office", "county_office", "leader", "studio_director", "liaison",
    "dispatch_office", "system_admin",
}  # fmt: skip


@pytest.fixture(autouse=True)
def that_day():
    with time_machine.travel(MORNING, tick=True):
        calendar.keep(Table())
        yield
    calendar.keep(Table())


def page(year: int = 2027) -> str:
    return reverse("admin:work_calendar_year", args=[year])


def by_rule(task: Task) -> Task:
    basis = Basis(Basis.RULE, dt.date(2026, 11, 20), 3, Basis.MONTHS, "reply_months")
    Task.objects.filter(pk=task.pk).update(due_on=basis.due, due_basis=basis.kept())
    task.refresh_from_db()
    return task


@pytest.fixture
def task(county):
    return by_rule(task_at("handling", county=county))


def confirmed(year: int, *off: str) -> None:
    WorkCalendarYear.objects.create(year=year, document="〔2025〕7号")
    for day in off:
        WorkCalendarDay.objects.create(date=day, kind="off", name="元旦", source="〔2025〕7号")
    calendar.reread()


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_staff_read_it_and_two_roles_keep_it(county, enter, role):
    answer = enter(county.people[role]).get(page())

    assert answer.status_code == (200 if role in SEEN_BY else 404)
    if role in SEEN_BY:
        keeps = role in ("system_admin", "province_office")
        assert answer.context["keeps"] is keeps
        assert ('name="days"' in answer.content.decode()) is keeps


def test_who_reads_it_does_not_write_it(county, enter):
    answer = enter(county.office).post(page(), {"days": LIST, "document": "x"})
    assert answer.status_code == 404


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_beyond_the_calendar_does_not_exist(county, enter, year):
    assert enter(county.office).get(page(year)).status_code == 404


def test_the_year_stands_as_months_with_words(county, enter):
    confirmed(2026, "2026-01-01")
    answer = enter(county.office).get(page(2026))

    days = [day for month in answer.context["months"] for week in month["weeks"]
            for day in week if day]  # fmt: skip
    assert len(days) == 365
    assert [day["date"].isoformat() for day in days if day["is_off"]] == ["2026-01-01"]
    assert "〔2025〕7号" in answer.content.decode()


def test_a_list_shows_what_moves_and_waits(county, enter, task):
    browser = enter(county.system_admin)
    shown = browser.post(page(), {"days": LIST, "document": "〔2026〕1号", "list": "1"})

    (line,) = shown.context["lines"]
    assert (line.move.old, line.move.new) == (dt.date(2027, 2, 22), dt.date(2027, 2, 23))
    assert line.subject is None  # the administrator sees no case
    assert task.title not in shown.content.decode()
    assert not WorkCalendarYear.objects.exists()

    sent = {"days": shown.context["text"], "document": "〔2026〕1号",
            "seen": shown.context["seen"], "confirm": "1"}  # fmt: skip
    assert browser.post(page(), sent).url == page()
    task.refresh_from_db()
    assert task.due_on == dt.date(2027, 2, 23)
    assert WorkCalendarDay.objects.filter(kind="worked").get().name == "试"


def test_who_sees_the_matter_sees_its_name_in_the_preview(county, enter, task):
    shown = enter(county.province_office).post(page(), {"days": LIST, "document": "x"})
    assert [line.subject for line in shown.context["lines"]] == [task]


def test_one_day_is_changed_in_the_same_way(county, enter, task):
    confirmed(2027, "2027-01-01")
    browser = enter(county.system_admin)
    shown = browser.post(page(), {"date": "2027-02-22", "kind": "off", "document": "x",
                                  "one_day": "1"})  # fmt: skip

    assert shown.context["count"] == 1
    assert shown.context["text"].splitlines() == ["2027-01-01 休 元旦", "2027-02-22 休"]


def test_what_became_other_meanwhile_is_shown_once_more(county, enter, task):
    sent = {"days": LIST, "document": "x", "seen": "of yesterday", "confirm": "1"}
    shown = enter(county.system_admin).post(page(), sent)

    assert shown.status_code == 200
    assert shown.context["reasons"]
    assert shown.context["seen"] != "of yesterday"
    assert not Event.objects.filter(action="calendar_moved").exists()


@pytest.mark.parametrize("days", ["2027-13-01 休", "", "x" * 9000, "2027-01-01 休 班"])
def test_bad_lists_are_told_beside_the_field(county, enter, days):
    answer = enter(county.system_admin).post(page(), {"days": days, "document": "x", "list": "1"})

    assert answer.status_code == 200
    assert answer.context["of_year"].errors.keys() == {"days"}


def test_the_desk_warns_from_november_on(county, enter):
    confirmed(2026)
    for user in (county.office, county.system_admin):
        desk = enter(user).get(reverse("admin:index"))
        assert desk.context["standing"].warns
        assert page(2027) in desk.content.decode()
    confirmed(2027)
    assert not enter(county.office).get(reverse("admin:index")).context["standing"].warns


def test_due_dates_are_marked_and_explained(county, enter, task_record, task):
    confirmed(2026)
    pages = {
        task_record(task): county.office,
        reverse("admin:consultations_case_change", args=[task.case_id]): county.office,
        reverse("admin:consultations_task_changelist"): county.office,
        reverse("my:task", args=[task.pk]): county.officer,
        reverse("my:case", args=[task.case_id]): county.officer,
    }
    for address, user in pages.items():
        assert 'class="provisional"' in enter(user).get(address).content.decode(), address
    for address in (task_record(task), reverse("my:task", args=[task.pk])):
        user = pages[address]
        assert 'class="why-due"' in enter(user).get(address).content.decode(), address
    confirmed(2027)
    for address, user in pages.items():
        assert 'class="provisional"' not in enter(user).get(address).content.decode(), address


def test_a_page_of_due_dates_asks_no_more_for_their_calendar(county, enter, task_record, task):
    confirmed(2026)
    browser = enter(county.office)
    browser.get(task_record(task))
    with CaptureQueriesContext(connection) as seen:
        browser.get(task_record(task))
    assert not [query for query in seen if "workcalendar" in query["sql"]]
