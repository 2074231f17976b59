"""A meeting is announced ahead, its papers go out, its record is due: by the days of the place."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from committees.models import Parameter
from consultations.models import Notice, Overdue
from consultations.selectors.due_dates import why
from consultations.selectors.meeting_days import papers_by
from consultations.services import overdue, reminders
from tests.entries import at_nine
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db
JULY = dt.datetime(2026, 7, 1, 4, tzinfo=dt.UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(JULY, tick=False) as moving:
        yield moving


def put(region, key, value):
    Parameter.objects.create(
        region=region, key=key, value=value, effective_from=dt.date(2020, 1, 1)
    )


def scheduled(county, day: int):
    case = case_at("research", county=county)
    step(case, "log_visit", county=county)
    meeting = {"starts_at": at_nine(dt.date(2026, 7, day)), "room": county.room}
    return case, step(case, "schedule", county=county, meeting=meeting)


@pytest.mark.parametrize(("day", "told"), [(8, None), (7, (4, 5)), (2, (1, 5)), (1, (0, 5))])
def test_a_short_notice_stands_in_the_history(county, day, told):
    """Five working days ahead of Wednesday 8 July is 1 July."""
    _case, event = scheduled(county, day)

    found = (event.data["ahead"], event.data["usual"]) if "ahead" in event.data else None
    assert found == told


def test_a_place_may_want_more_time(county):
    put(county.region, "meeting_notice_days", 15)
    _case, event = scheduled(county, 20)

    assert (event.data["ahead"], event.data["usual"]) == (13, 15)


def test_moving_the_meeting_further_takes_the_short_notice_away(county, client):
    case, _event = scheduled(county, 2)
    client.force_login(county.office)
    url = reverse("admin:consultations_case_change", args=[case.pk])
    (meeting,) = client.get(url).context["meetings"]
    assert (meeting.notice.days, meeting.notice.usual) == (1, 5)

    step(case, "postpone", county=county, starts_at=at_nine(dt.date(2026, 7, 20)))
    (meeting,) = client.get(url).context["meetings"]
    assert meeting.notice is None
    assert meeting.papers_by == dt.date(2026, 7, 15)


def test_the_form_says_which_day_is_early_enough(county, client):
    put(county.region, "meeting_formula", "1+2+N")
    case = case_at("research", county=county)
    client.force_login(county.clerk)

    shown = client.get(reverse("admin:case_step", args=[case.pk, "schedule"])).content.decode()

    assert "2026-07-08" in shown
    assert "1+2+N" in shown


@pytest.mark.parametrize(
    ("held", "by"), [("2026-07-08", "2026-07-03"), ("2026-10-09", "2026-09-29")]
)
def test_the_papers_go_out_three_working_days_before(held, by):
    """Across a weekend, and across the week of the National Day."""
    assert papers_by(dt.date.fromisoformat(held), 3) == dt.date.fromisoformat(by)


def test_on_that_day_the_studio_is_told_once(county, clock):
    case, _event = scheduled(county, 15)

    clock.move_to(dt.datetime(2026, 7, 9, 4, tzinfo=dt.UTC))
    list(reminders.remind())
    assert not Notice.objects.filter(action="papers").exists()
    clock.move_to(dt.datetime(2026, 7, 10, 4, tzinfo=dt.UTC))
    for _run in range(2):
        list(reminders.remind())

    told = Notice.objects.filter(action="papers")
    assert {(row.case, row.day) for row in told} == {(case, dt.date(2026, 7, 10))}
    assert sorted(row.recipient.username for row in told) == sorted(
        {county.clerk.username, county.director.username}
    )


def test_the_record_is_due_seven_working_days_after_the_meeting(county):
    case, _event = scheduled(county, 8)

    assert case.stage_due_on == dt.date(2026, 7, 17)
    told = why(case)
    assert (told.basis.rule, told.basis.start) == ("minutes_days", dt.date(2026, 7, 8))


def test_a_record_that_does_not_come_is_written_as_overdue_once(county, clock):
    case, _event = scheduled(county, 8)

    clock.move_to(dt.datetime(2026, 7, 17, 4, tzinfo=dt.UTC))
    assert sum(overdue.write()) == 0
    clock.move_to(dt.datetime(2026, 7, 18, 4, tzinfo=dt.UTC))
    assert (sum(overdue.write()), sum(overdue.write())) == (1, 0)

    found = Overdue.objects.get()
    assert (found.kind, found.case, found.due_on) == ("record", case, dt.date(2026, 7, 17))
    list(reminders.remind())
    people = {row.recipient for row in Notice.objects.filter(kind="overdue")}
    assert {county.clerk, county.director, county.office} <= people
