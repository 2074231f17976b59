"""Handling by unit and period: counted, in the order of names, each figure with its list."""

from __future__ import annotations

import datetime as dt
import json
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees.models import AuditEntry
from consultations.models import Case, Reply, Task
from consultations.selectors.unit_report import Figure, UnitRow
from tests.factories import a_county, a_person, a_task, task_at

pytestmark = pytest.mark.django_db
URL = "/admin/committees/handlingunit/report/"


@pytest.fixture
def days():
    today = timezone.localdate()
    return {"first": f"{today - dt.timedelta(days=400)}", "last": f"{today}"}


def enter(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rows(user, days) -> dict[str, UnitRow]:
    return {row.unit.name: row for row in enter(user).get(URL, days).context["rows"]}


def replied(county, *, signed: int, due: int, state: str = "answered") -> Task:
    """A task whose reply was signed and due so many days from now."""
    today = timezone.localdate()
    task = task_at(state, county=county)
    Reply.objects.filter(task=task).update(signed_on=today + dt.timedelta(days=signed))
    Task.objects.filter(pk=task.pk).update(due_on=today + dt.timedelta(days=due))
    return task


def test_a_reply_is_in_time_by_the_day_it_was_signed_not_accepted(county, days):
    replied(county, signed=-3, due=-3)
    replied(county, signed=-2, due=-3)
    row = rows(county.office, days)[county.unit.name]
    assert (row.of(Figure.RECEIVED), row.of(Figure.IN_TIME), row.of(Figure.LATE)) == (2, 1, 1)


def test_what_is_open_beyond_its_day_is_overdue_and_lowers_the_rate(county, days):
    replied(county, signed=-3, due=-3)
    late = task_at("handling", county=county)
    Task.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    task_at("handling", county=county)  # not due yet: in no rate
    row = rows(county.office, days)[county.unit.name]
    assert (row.of(Figure.OVERDUE), row.due, row.rate) == (1, 2, "1/2")


@pytest.mark.parametrize(
    ("in_time", "late", "rate"), [(0, 0, "—"), (3, 1, "3/4"), (4, 1, "80%"), (0, 5, "0%")]
)
def test_a_small_number_is_no_rate(in_time, late, rate):
    assert UnitRow(None, {Figure.IN_TIME: in_time, Figure.LATE: late}).rate == rate


@pytest.mark.parametrize(
    ("state", "figure"),
    [("verified", "verified"), ("tracked", "in_plan"), ("explained", "explained"),
     ("cancelled", "cancelled")],
)  # fmt: skip
def test_each_end_is_counted_apart_and_opens_its_list(county, days, state, figure):
    task = task_at(state, county=county)
    row = rows(county.office, days)[county.unit.name]
    assert row.of(figure) == 1
    assert row.of(Figure.RECEIVED) == (0 if state == "cancelled" else 1)
    page = enter(county.office).get(f"/admin/committees/handlingunit/{county.unit.pk}/report/{figure}/",
                                    days)  # fmt: skip
    assert [line[0].pk for line in page.context["lines"]] == [task.pk]


def test_an_assisting_unit_has_a_figure_of_its_own(county, days):
    task = task_at("handling", county=county)
    a_task(task.item, unit=county.other_unit, role="assist", lead=task, state="handling",
           dispatched_on=timezone.localdate())  # fmt: skip
    row = rows(county.office, days)[county.other_unit.name]
    assert (row.of(Figure.ASSISTING), row.of(Figure.RECEIVED)) == (1, 0)


def test_the_average_counts_working_days_to_the_signed_reply(county, days):
    first = replied(county, signed=0, due=30)
    Task.objects.filter(pk=first.pk).update(dispatched_on=dt.date(2026, 11, 6))
    Reply.objects.filter(task=first).update(signed_on=dt.date(2026, 11, 11))
    assert rows(county.office, days)[county.unit.name].average_days == 3


def test_what_was_handed_over_in_another_period_is_not_counted(county, days):
    task = task_at("handling", county=county)
    Task.objects.filter(pk=task.pk).update(dispatched_on=dt.date(2020, 1, 2))
    assert rows(county.office, days) == {}


def test_invented_cases_are_counted_nowhere_but_in_the_invented_county(county, days):
    task = task_at("handling", county=county)
    Case.objects.filter(pk=task.case_id).update(origin="demo")
    assert rows(county.office, days) == {}
    county.committee.is_demo = True
    county.committee.save()
    assert rows(county.office, days)[county.unit.name].of(Figure.RECEIVED) == 1


def test_in_the_order_of_names_and_never_of_figures(county, days):
    county.unit.name, county.other_unit.name = "乙局", "甲局"
    county.unit.save()
    county.other_unit.save()
    replied(county, signed=-3, due=-3)
    task = task_at("handling", county=county)
    Task.objects.filter(pk=task.pk).update(unit=county.other_unit)
    assert list(rows(county.office, days | {"o": "rate"})) == sorted(["乙局", "甲局"])


def test_a_neighbour_reads_nothing_of_it(county, days):
    task_at("handling", county=county)
    other = a_county("539922", name="邻水县")
    assert rows(other.office, days) == {}
    page = f"/admin/committees/handlingunit/{county.unit.pk}/report/received/"
    assert enter(other.office).get(page, days).status_code == 404


def test_units_and_members_have_no_such_page(county, days):
    for person in (county.officer, county.unit_leader, county.member, county.clerk):
        assert enter(person).get(URL, days).status_code == 404


def test_a_sensitive_matter_is_no_line_for_an_office_above(county, days):
    task = task_at("handling", county=county)
    above = a_person("above", ("prefecture_office", county.region.parent))
    assert rows(above, days)[county.unit.name].of(Figure.RECEIVED) == 1
    Case.objects.filter(pk=task.case_id).update(sensitivity="sensitive")
    assert rows(above, days) == {}


@pytest.mark.parametrize("name", ["nothing", "state-handling", "RECEIVED"])
def test_an_unknown_figure_has_no_page(county, days, name):
    task_at("handling", county=county)
    page = f"/admin/committees/handlingunit/{county.unit.pk}/report/{name}/"
    assert enter(county.office).get(page, days).status_code == 404


def test_a_period_that_makes_no_sense_is_told_beside_its_box(county):
    page = enter(county.office).get(URL, {"first": "2026-05-01", "last": "2026-04-01"})
    assert page.status_code == 200
    assert page.context["form"].errors["last"]


def test_as_a_spreadsheet_and_as_json_and_told_each_time(county, days):
    replied(county, signed=-3, due=-3)
    client = enter(county.office)
    sheet = client.get(URL, days | {"format": "xlsx"})
    table = openpyxl.load_workbook(BytesIO(b"".join(sheet.streaming_content))).active
    assert table.cell(2, 2).value == county.unit.name
    found = json.loads(client.get(URL, days | {"format": "json"}).content)["units"]
    assert [(one["name"], one["in_time"]) for one in found] == [(county.unit.name, 1)]
    told = AuditEntry.objects.filter(kind=AuditEntry.Kind.EXPORTED)
    assert told.count() == 2


def test_the_cost_does_not_grow_with_the_units(county, days):
    replied(county, signed=-3, due=-3)
    client = enter(county.office)
    client.get(URL, days)
    with CaptureQueriesContext(connection) as one:
        client.get(URL, days)
    for unit in (county.other_unit, county.third_unit):
        task = replied(county, signed=-3, due=-3)
        Task.objects.filter(pk=task.pk).update(unit=unit)
    with CaptureQueriesContext(connection) as more:
        client.get(URL, days)
    assert len(more) == len(one)
