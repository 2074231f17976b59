"""What the steps around a meeting write, one round and several."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from committees.models import Parameter
from committees.partial_dates import PartialDate
from consultations import calendar
from consultations.models import Meeting
from consultations.workflow.engine import Refused
from tests.entries import at_nine
from tests.factories import case_at, record_meeting, step

pytestmark = pytest.mark.django_db


def today(days: int = 0) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def recorded(held: dt.date) -> dt.date:
    """By when the record of a meeting on that day is due: seven working days later."""
    return calendar.add_working_days(held, 7)


def test_scheduling_makes_the_first_round(county):
    case = case_at("research", county=county)
    step(case, "log_visit", county=county)
    meeting = {"starts_at": at_nine(today(7)), "room": county.room, "form": "courtyard"}
    Parameter.objects.create(
        region=county.region, key="meeting_notice_days", value=0, effective_from=today()
    )

    event = step(case, "schedule", county=county, meeting=meeting)

    made = case.meetings.get()
    assert (made.round, made.status, made.room, made.form) == (
        1,
        "planned",
        county.room,
        "courtyard",
    )
    assert (case.stage, case.stage_due_on) == ("scheduled", recorded(today(7)))
    assert event.data == {
        "meeting": made.pk, "round": 1, "starts_at": at_nine(today(7)).isoformat(),
        "place": county.room.name,
    }  # fmt: skip
    assert event.is_public


def test_without_a_visit_the_reason_is_kept(county):
    case = case_at("research", county=county)
    meeting = {"starts_at": at_nine(today(7)), "place": "院坝", "no_visit_reason": "灾情紧急"}

    with pytest.raises(Refused):
        step(case, "schedule", county=county)
    step(case, "schedule", county=county, meeting=meeting)

    assert case.meetings.get().no_visit_reason == "灾情紧急"


def test_postponing_moves_the_meeting_and_is_counted(county):
    case = case_at("scheduled", county=county)

    event = step(case, "postpone", county=county, starts_at=at_nine(today(3)), reason="大雨")
    step(case, "postpone", county=county, starts_at=at_nine(today(9)), reason="一方未到")

    meeting = case.meetings.get()
    assert (meeting.starts_at, meeting.times_postponed) == (at_nine(today(9)), 2)
    assert (case.stage, case.stage_due_on) == ("scheduled", recorded(today(9)))
    assert event.data["to"] == at_nine(today(3)).isoformat()
    assert event.reason == "大雨"


def test_a_cancelled_meeting_is_no_round(county):
    case = case_at("scheduled", county=county)

    step(case, "cancel", county=county)
    assert (case.stage, case.meetings.get().status) == ("approved", "cancelled")
    step(case, "start_research", county=county)
    step(case, "schedule", county=county)

    assert list(case.meetings.order_by("pk").values_list("status", "round")) == [
        ("cancelled", 1), ("planned", 1),
    ]  # fmt: skip


def test_concluding_freezes_what_was_read_back(county):
    case = case_at("scheduled", county=county)
    record_meeting(case, county=county, items=[{}, {"route": "parties", "commitments": 1}])

    event = step(
        case, "conclude", county=county, held_on=PartialDate.parse(today(-1)), head_count=32
    )

    meeting = case.meetings.get()
    assert (meeting.status, meeting.held_on.text) == ("held", today(-1).isoformat())
    assert meeting.head_count == 32
    assert case.items.filter(confirmed_at__isnull=False, meeting=meeting).count() == 2
    assert event.data == {"meeting": meeting.pk, "round": 1, "items": 2}
    assert case.stage_due_on == calendar.add_working_days(today(), 5)


def test_a_second_round_keeps_the_first_items_with_their_meeting(county):
    case = case_at("deliberated", county=county)
    first = case.items.get()
    confirmed = first.confirmed_at
    step(case, "submit_outcome", county=county)
    step(case, "return_outcome", county=county, substance=True)
    step(case, "schedule", county=county)

    step(case, "conclude", county=county)

    first.refresh_from_db()
    assert case.stage == "deliberated"
    assert list(case.meetings.values_list("round", "status")) == [(1, "held"), (2, "held")]
    assert (first.meeting.round, first.confirmed_at) == (1, confirmed)


def test_no_consensus_keeps_dissent_and_leads_to_another_round(county):
    case = case_at("scheduled", county=county)

    event = step(case, "conclude_without_consensus", county=county, dissent="补偿标准相差一半。")

    meeting = case.meetings.get()
    dissent = meeting.statements.get(kind="dissent")
    assert (case.stage, meeting.status) == ("no_consensus", "held")
    assert dissent.text == "补偿标准相差一半。"
    assert event.data == {"meeting": meeting.pk, "round": 1}
    assert not case.items.exists()

    step(case, "schedule", county=county)
    step(case, "conclude", county=county)
    assert case.stage == "deliberated"
    assert case.items.get().meeting.round == 2


def test_after_three_rounds_the_matter_is_converted_instead(county):
    case = case_at("no_consensus", county=county)
    for _ in range(2):
        step(case, "schedule", county=county)
        step(case, "conclude_without_consensus", county=county)

    with pytest.raises(Refused):
        step(case, "schedule", county=county)
    event = step(case, "convert", county=county)

    conversion = case.conversions.get()
    assert case.stage == "supervision"
    assert (conversion.kind, conversion.title) == ("proposal", "关于整修东沟的提案")
    assert event.data == {"conversion": conversion.pk, "kind": "proposal"}


@pytest.mark.parametrize("name", ["leader", "office"])
def test_without_consensus_leader_or_office_may_end_it(county, name):
    case = case_at("no_consensus", county=county)

    step(case, "terminate", county=county, by=getattr(county, name))

    assert case.stage == "terminated"


def test_terminating_calls_off_the_planned_meeting(county):
    case = case_at("scheduled", county=county)

    step(case, "terminate", county=county, by=county.leader)

    assert case.stage == "terminated"
    assert not Meeting.objects.filter(status="planned").exists()


def test_a_meeting_of_tomorrow_cannot_be_concluded_today(county):
    case = case_at("research", county=county)
    step(case, "log_visit", county=county)
    meeting = {"starts_at": at_nine(today(1)), "room": county.room}
    step(case, "schedule", county=county, meeting=meeting)

    with pytest.raises(Refused):
        step(case, "conclude", county=county, held_on=PartialDate.parse(today(1)))

    assert case.stage == "scheduled"
    assert case.meetings.get().status == "planned"
