"""Letters of hand-over: numbered without gaps, one for a unit and a stroke; how each was taken up."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.base import ContentFile

from consultations.models import Handover, HandoverLetter
from consultations.services import cases, daily, handover_letters
from consultations.workflow.engine import Refused
from tests.entries import a_conference
from tests.factories import a_task, case_at, step, task_at, task_step, walk_task

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = NOW.date()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


def latest(task) -> Handover:
    return task.handovers.order_by("-pk")[0]


def test_filing_writes_one_letter_to_each_unit_numbered_in_order(county):
    units = (county.unit, county.other_unit, county.unit)
    case = case_at("filing", county=county, items=[{"units": units}, {"units": (county.unit,)}])

    step(case, "file", county=county)

    letters = HandoverLetter.objects.order_by("pk")
    assert [letter.number for letter in letters] == [
        "539921协转〔2026〕1号",
        "539921协转〔2026〕2号",
    ]
    assert [letter.unit for letter in letters] == [county.unit, county.other_unit]
    assert [letter.lines.count() for letter in letters] == [3, 1]
    lines = Handover.objects.select_related("task")
    assert all((one.handed_on, one.due_on) == (DAY, one.task.due_on) for one in lines)


def test_a_task_that_is_added_later_gets_a_letter_of_its_own(county):
    task = task_at("dispatched", county=county)
    added = a_task(task.item, unit=county.unit)

    event = task_step(added, "dispatch", county=county)

    letter = latest(added).letter
    assert letter != latest(task).letter
    assert event.data["letter"] == letter.number == "539921协转〔2026〕2号"
    assert letter.written_by == county.office


def test_a_refused_filing_leaves_no_gap_in_the_numbers(county):
    case = case_at("filing", county=county)
    case.items.get().tasks.all().delete()
    with pytest.raises(Refused):
        cases.advance(case, "file", by=county.office, data={})

    a_task(case.items.get(), unit=county.unit)
    step(case, "file", county=county)

    assert HandoverLetter.objects.get().number.endswith("〕1号")


def test_seen_by_the_unit_signed_for_and_by_lapse_are_told_apart(county, clock):
    task = task_at("dispatched", county=county)
    for stranger in (county.office, county.other_officer, county.member):
        handover_letters.seen(task, by=stranger)
    assert latest(task).seen_at is None

    handover_letters.seen(task, by=county.officer)
    handover_letters.seen(task, by=county.unit_leader)
    assert (latest(task).seen_by, latest(task).signed_on) == (county.officer, None)

    task_step(task, "sign_for", county=county)
    assert (latest(task).signed_on, latest(task).by_lapse) == (DAY, False)


def test_what_nobody_signs_for_is_marked_as_accepted_by_lapse(county, clock):
    task = task_at("dispatched", county=county)
    clock.move_to(NOW + dt.timedelta(days=20))

    assert sum(daily.lapse()) == 1

    assert (latest(task).by_lapse, latest(task).seen_at) == (True, None)


def test_each_change_of_unit_ends_one_hand_over_and_begins_the_next(county):
    task = task_at("return_requested", county=county)
    task_step(task, "reassign", county=county)
    task_step(task, "request_return", county=county)
    task_step(task, "reassign", county=county, unit=county.third_unit, conference=a_conference())
    task_step(task, "move_unit", county=county, unit=county.unit)

    rows = list(task.handovers.order_by("pk"))
    assert [row.kind for row in rows] == ["first", "returned", "conference", "changed"]
    assert [row.unit for row in rows] == [
        county.unit, county.other_unit, county.third_unit, county.unit,
    ]  # fmt: skip
    assert [row.ended_on for row in rows] == [DAY, DAY, DAY, None]
    assert len({row.letter_id for row in rows}) == 4
    assert rows[-1].ground == "县机构改革方案第四条"


def test_a_change_of_remit_is_no_bounce_and_starts_the_clock_afresh(county, clock):
    task = task_at("handling", county=county)
    task_step(task, "record_contact", county=county)
    clock.move_to(NOW + dt.timedelta(days=30))

    task_step(task, "move_unit", county=county)

    assert (task.state, task.unit, task.bounces) == ("dispatched", county.other_unit, 0)
    assert (task.first_dispatched_on, task.dispatched_on) == (DAY, DAY + dt.timedelta(days=30))
    assert (task.signed_on, task.contacted_on, task.handler) == (None, None, "")
    assert not task.return_requests.exists()


def test_a_unit_bound_by_a_conference_notes_its_dissent_and_works(county):
    task = task_at("return_requested", county=county)
    task_step(task, "keep", county=county)
    type(task).objects.filter(pk=task.pk).update(bounces=1)
    task.conferences.create(unit=county.unit, recorded_by=county.office, **a_conference())
    task.refresh_from_db()

    task_step(task, "note_dissent", county=county)

    held = task.conferences.get()
    assert (held.dissent_by, held.dissent_on) == (county.unit_leader, DAY)
    assert held.dissent == "本单位认为仍应由原单位办理。"
    with pytest.raises(Refused):
        task_step(task, "note_dissent", county=county)
    walk_task(task, "replied", county=county)
    assert task.state == "replied"


def test_a_file_of_the_conference_is_kept_among_those_of_the_case(county):
    task = task_at("return_requested", county=county)
    held = a_conference(file=ContentFile(b"%PDF-1.4", name="file.pdf"))

    task_step(task, "keep", county=county, conference=held)

    conference = task.conferences.get()
    assert (conference.file.case, conference.file.is_public) == (task.case, False)
    assert conference.unit == county.unit


def test_a_suggested_unit_of_the_directory_is_kept_as_such(county):
    task = task_at("dispatched", county=county)
    task_step(task, "request_return", county=county, suggested=county.other_unit)

    assert task.return_requests.get().suggested == county.other_unit
