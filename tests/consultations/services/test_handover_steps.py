"""What the steps between office and unit write: sign, return, extend, suspend; fair clocks."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from consultations import calendar
from consultations.models import Event, ExtensionRequest, ReturnRequest, Suspension
from consultations.selectors.lights import Light, Limits, light_of
from consultations.services import tasks
from consultations.workflow.engine import Refused
from tests.entries import a_conference
from tests.factories import a_task, case_at, step, task_at, task_step

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Wednesday
USUAL = Limits(blue_days=5, yellow_days=2, quiet_days=30, first_contact_days=10)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def go_to(clock, date: dt.date) -> None:
    clock.move_to(dt.datetime.combine(date, dt.time(10), tzinfo=ZoneInfo("Asia/Shanghai")))


def test_the_date_agreed_holds_for_the_task_unless_it_has_its_own(county):
    case = case_at("filing", county=county, items=[{"due_on": day(12, 31)}])
    own = a_task(case.items.get(), unit=county.other_unit, due_on=day(9, 30))

    step(case, "file", county=county)

    own.refresh_from_db()
    assert own.due_on == day(9, 30)
    assert case.tasks.exclude(pk=own.pk).get().due_on == day(12, 31)


def test_an_assisting_unit_has_a_month_and_its_own_light(county, clock):
    case = case_at("filing", county=county, items=[{"due_on": day(12, 31)}])
    lead = case.tasks.get()
    type(lead).objects.filter(pk=lead.pk).update(role="lead")
    assist = a_task(case.items.get(), unit=county.other_unit, role="assist", lead=lead)

    step(case, "file", county=county)
    assist.refresh_from_db()
    lead.refresh_from_db()
    assert (assist.due_on, lead.due_on) == (day(7, 10), day(12, 31))

    go_to(clock, day(7, 13))
    assert (light_of(assist, limits=USUAL), light_of(lead, limits=USUAL)) == (
        Light.RED,
        Light.GREEN,
    )


def test_signing_for_names_the_handler(county):
    task = task_at("dispatched", county=county)

    event = task_step(task, "sign_for", county=county, handler="陈工")

    assert (task.state, task.signed_on, task.handler) == ("handling", day(6, 10), "陈工")
    assert (event.role, event.on_behalf_of, event.is_public) == ("unit_officer", "", False)


@pytest.mark.parametrize(("name", "role"), [("office", "county_office"), ("clerk", "liaison")])
def test_on_behalf_of_the_unit_the_paper_is_on_record(county, name, role):
    task = task_at("dispatched", county=county)
    person = getattr(county, name)

    with pytest.raises(Refused):
        task_step(task, "sign_for", county=county, by=person, paper_note="")
    event = task_step(task, "sign_for", county=county, by=person, paper_note="传真2026-06-10")

    assert (event.actor, event.role) == (person, role)
    assert event.on_behalf_of == "县水务局"
    assert event.data["paper_note"] == "传真2026-06-10"


def test_the_units_own_word_is_no_proxy(county):
    event = task_step(task_at("dispatched", county=county), "sign_for", county=county)

    assert "paper_note" not in event.data


def test_unsigned_for_seven_working_days_counts_as_accepted_and_is_marked(county, clock):
    task = task_at("dispatched", county=county)
    go_to(clock, day(6, 22))  # 19 June is the Dragon Boat holiday
    with pytest.raises(Refused):
        tasks.advance(task, "accept_by_lapse", by=None)

    go_to(clock, day(6, 23))
    event = tasks.advance(task, "accept_by_lapse", by=None)

    assert (task.state, task.accepted_by_lapse, task.signed_on) == ("handling", True, day(6, 23))
    assert (event.actor, event.role) == (None, "")


def test_nobody_lets_a_task_lapse_by_hand(county, clock):
    task = task_at("dispatched", county=county)
    go_to(clock, day(7, 31))

    for person in (county.office, county.officer, county.dispatch_office):
        with pytest.raises(Refused):
            tasks.advance(task, "accept_by_lapse", by=person)


def test_a_new_unit_gets_a_fresh_clock_and_the_total_clock_runs_on(county, clock):
    task = task_at("return_requested", county=county)
    go_to(clock, day(6, 17))

    event = task_step(task, "reassign", county=county, by=county.dispatch_office)

    request = ReturnRequest.objects.get()
    assert (task.state, task.unit, task.bounces) == ("dispatched", county.other_unit, 1)
    assert (task.first_dispatched_on, task.dispatched_on) == (day(6, 10), day(6, 17))
    assert task.due_on == calendar.add_months(day(6, 17), 3)
    assert (task.signed_on, task.handler) == (None, "")
    assert (request.unit, request.granted, request.decided_on) == (county.unit, True, day(6, 17))
    assert request.decided_by == county.dispatch_office
    assert (request.basis, request.suggested_unit) == ("部门职责清单第三条", "县交通运输局")
    letter = task.handovers.get(ended_on=None).letter.number
    assert event.data == {
        "from": "县水务局",
        "unit": "县交通运输局",
        "bounces": 1,
        "letter": letter,
    }


def test_a_second_bounce_takes_a_conference_and_each_unit_returns_once(county):
    task = task_at("return_requested", county=county)
    task_step(task, "reassign", county=county)
    task_step(task, "request_return", county=county)

    with pytest.raises(Refused):
        task_step(task, "reassign", county=county, unit=county.third_unit)
    held = a_conference(minutes="会商定由农业农村局办理。")
    task_step(task, "reassign", county=county, unit=county.third_unit, conference=held)

    assert (task.unit, task.bounces) == (county.third_unit, 2)
    conference = task.conferences.get()
    assert (conference.unit, conference.minutes) == (county.third_unit, held["minutes"])
    assert (conference.participants, conference.held_on) == (held["participants"], held["held_on"])
    assert ReturnRequest.objects.count() == 2


def test_a_unit_that_returned_once_does_not_return_again(county):
    task = task_at("return_requested", county=county)

    task_step(task, "keep", county=county, reason="属水务局职责。")
    with pytest.raises(Refused):
        task_step(task, "request_return", county=county)

    request = ReturnRequest.objects.get()
    assert (task.state, task.signed_on, task.bounces) == ("handling", day(6, 10), 0)
    assert (request.granted, request.decision_note) == (False, "属水务局职责。")


def test_an_extension_is_asked_for_in_time_once_and_at_most_a_month(county, clock):
    task = task_at("handling", county=county, items=[{"due_on": day(9, 30)}])

    event = task_step(task, "request_extension", county=county, new_due_on=day(10, 31))
    assert event.data["new_due_on"] == "2026-10-31"
    assert (task.state, task.due_on) == ("handling", day(9, 30))

    granted = task_step(task, "grant_extension", county=county, by=county.dispatch_office)
    request = ExtensionRequest.objects.get()
    assert task.due_on == day(10, 31)
    assert (request.granted, request.decided_by) == (True, county.dispatch_office)
    assert granted.data == {"from": "2026-09-30", "to": "2026-10-31"}
    assert granted.is_public
    with pytest.raises(Refused):
        task_step(task, "request_extension", county=county, new_due_on=day(11, 10))


def test_a_new_unit_has_its_own_chance_of_an_extension_and_one_only(county, clock):
    task = task_at("handling", county=county, items=[{"due_on": day(9, 30)}])
    task_step(task, "request_extension", county=county)
    task_step(task, "request_return", county=county)
    task_step(task, "reassign", county=county)
    task_step(task, "sign_for", county=county)

    task_step(task, "request_extension", county=county)
    task_step(task, "refuse_extension", county=county)

    units = [request.unit for request in ExtensionRequest.objects.order_by("pk")]
    assert units == [county.unit, county.other_unit]
    with pytest.raises(Refused, match="一次"):
        task_step(task, "request_extension", county=county)


def test_a_refused_extension_leaves_the_date(county):
    task = task_at("handling", county=county, items=[{"due_on": day(9, 30)}])
    task_step(task, "request_extension", county=county)

    task_step(task, "refuse_extension", county=county, reason="汛期前必须完成。")

    assert (task.due_on, ExtensionRequest.objects.get().granted) == (day(9, 30), False)


def test_an_undecided_extension_of_an_earlier_round_is_out_of_play(county):
    task = task_at("handling", county=county, items=[{"due_on": day(9, 30)}])
    task_step(task, "request_extension", county=county)
    for action in ("draft_reply", "reply", "accept_reply", "verify_true", "reopen"):
        task_step(task, action, county=county)

    with pytest.raises(Refused):
        task_step(task, "grant_extension", county=county)
    task_step(task, "request_extension", county=county)
    task_step(task, "grant_extension", county=county)

    assert list(ExtensionRequest.objects.order_by("pk").values_list("round", "granted")) == [
        (1, None), (2, True),
    ]  # fmt: skip


def test_a_suspension_stops_the_clock_and_moves_the_due_date(county, clock):
    task = task_at("handling", county=county, items=[{"due_on": day(9, 30)}])

    event = task_step(task, "suspend", county=county, cause="season", until=day(8, 31))
    assert (task.state, task.suspended_until) == ("suspended", day(8, 31))
    assert light_of(task, limits=USUAL, on=day(8, 1)) == Light.NONE
    assert event.data == {"cause": "season", "until": "2026-08-31"}
    assert event.is_public

    go_to(clock, day(7, 10))
    task_step(task, "resume", county=county)
    suspension = Suspension.objects.get()
    assert (suspension.began_on, suspension.ended_on) == (day(6, 10), day(7, 10))
    assert (task.state, task.suspended_until, task.due_on) == ("handling", None, day(10, 30))


def test_after_a_suspension_the_due_date_falls_on_a_working_day(county, clock):
    task = task_at("handling", county=county, items=[{"due_on": day(9, 30)}])
    task_step(task, "suspend", county=county)

    go_to(clock, day(6, 13))
    task_step(task, "resume", county=county)

    assert task.due_on == day(10, 8)  # 3 October lies in the National Day holiday


def test_a_suspension_that_ran_out_is_red_until_somebody_resumes(county, clock):
    task = task_at("handling", county=county, items=[{"due_on": day(12, 31)}])
    task_step(task, "suspend", county=county, until=day(8, 31))

    assert light_of(task, limits=USUAL, on=day(8, 31)) == Light.NONE
    assert light_of(task, limits=USUAL, on=day(9, 1)) == Light.RED


def test_an_extension_never_takes_back_what_a_suspension_gave(county, clock):
    task = task_at("handling", county=county, items=[{"due_on": day(9, 30)}])
    task_step(task, "request_extension", county=county, new_due_on=day(10, 15))
    task_step(task, "suspend", county=county)
    go_to(clock, day(7, 22))
    task_step(task, "resume", county=county)
    moved = task.due_on

    task_step(task, "grant_extension", county=county)

    assert task.due_on == moved == day(11, 11)


@pytest.mark.parametrize("action", ["sign_for", "request_return"])
@pytest.mark.parametrize("name", ["other_officer", "other_leader", "director", "outsider"])
def test_another_unit_has_no_part_in_the_task(county, action, name):
    task = task_at("dispatched", county=county)

    with pytest.raises(Refused):
        task_step(task, action, county=county, by=getattr(county, name))

    assert (task.state, Event.objects.filter(task=task).count()) == ("dispatched", 1)


def test_after_the_reassignment_only_the_new_unit_works_on_it(county):
    task = task_at("return_requested", county=county)
    task_step(task, "reassign", county=county)

    with pytest.raises(Refused):
        task_step(task, "sign_for", county=county, by=county.officer)
    task_step(task, "sign_for", county=county, by=county.other_officer)

    assert task.state == "handling"


def test_the_leader_of_two_units_acts_for_each(county):
    task = task_at("return_requested", county=county)
    task_step(task, "reassign", county=county)
    task_step(task, "sign_for", county=county)
    task_step(task, "draft_reply", county=county)

    task_step(task, "reply", county=county, by=county.double_leader)

    assert task.replies.get().signed_by == county.double_leader


@pytest.mark.parametrize("action", ["reassign", "cancel"])
def test_no_request_stays_open_on_a_task_taken_away(county, action):
    task = task_at("handling", county=county, items=[{"due_on": day(9, 30)}])
    task_step(task, "request_extension", county=county)
    task_step(task, "request_return", county=county)

    task_step(task, action, county=county)

    assert not ReturnRequest.objects.filter(granted=None).exists()
    assert ExtensionRequest.objects.get().granted is False
