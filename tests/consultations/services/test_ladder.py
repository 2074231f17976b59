"""The ladder: each rung once in each term; notes and reminders go out, slips wait for a person."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from committees.models import AuditEntry, Parameter
from consultations import calendar
from consultations.models import Event, Urging
from consultations.selectors.urgings import UNANSWERED, WAITING, urgings_for
from consultations.services import ladder, urging
from consultations.workflow.engine import Refused
from tests.factories import task_at, task_step

pytestmark = pytest.mark.django_db


def on(day: dt.date):
    return time_machine.travel(dt.datetime.combine(day, dt.time(4)), tick=False)


def after(task, days: int) -> dt.date:
    return calendar.add_working_days(task.due_on, days)


def climb() -> list[str]:
    return [row.rung for part in ladder.climb() for row in part]


def near(county):
    """A task whose unit wrote of its progress a short time before the date."""
    task = task_at("handling", county=county)
    with on(task.due_on - dt.timedelta(days=20)):
        task_step(task, "report_progress", county=county)
    task.refresh_from_db()
    return task


def at_slip(county) -> Urging:
    task = near(county)
    with on(after(task, 5)):
        climb()
    return Urging.objects.select_related("task__case").get(rung="slip")


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(1, ["reminder"]), (4, ["reminder"]), (5, ["reminder", "slip"]),
     (9, ["reminder", "slip"]), (10, ["reminder", "slip", "leader"])],
)  # fmt: skip
def test_the_rungs_after_the_date(county, days, wanted):
    task = near(county)

    with on(after(task, days)):
        assert climb() == wanted


def test_before_the_date_a_gentle_note_goes_out_once(county):
    task = near(county)
    day = task.due_on
    while calendar.working_days_between(day, task.due_on) < 5:
        day -= dt.timedelta(days=1)

    with on(day - dt.timedelta(days=10)):
        assert climb() == []
    with on(day):
        assert (climb(), climb()) == (["note"], [])

    note = Urging.objects.get()
    assert (note.level, note.sent_on, note.sent_by) == ("blue", day, None)
    assert note.number.endswith(f"协催〔{day.year}〕1号")


def test_without_progress_a_question_goes_out(county):
    task = task_at("handling", county=county)

    with on(task.signed_on + dt.timedelta(days=30)):
        assert climb() == ["quiet"]

    assert Urging.objects.get().level == "yellow"


def test_each_rung_is_written_once_and_dated_with_its_own_day(county):
    task = near(county)

    with on(after(task, 30)):
        assert (climb(), climb()) == (["reminder", "slip", "leader"], [])

    rows = {row.rung: row for row in Urging.objects.all()}
    assert {rung: row.raised_on for rung, row in rows.items()} == {
        "reminder": after(task, 1), "slip": after(task, 5), "leader": after(task, 10),
    }  # fmt: skip
    assert {row.level for row in rows.values()} == {"red"}


def test_a_slip_is_only_a_draft(county):
    slip = at_slip(county)

    assert (slip.is_draft, slip.number, slip.sent_on) == (True, "", None)
    assert not Event.objects.filter(action="urge", data__rung="slip").exists()
    assert AuditEntry.objects.filter(about=f"urging:{slip.pk}").exists()


def test_the_days_are_those_of_the_place(county):
    task = near(county)
    for key, value in (("urge_reminder_days", 3), ("urge_slip_days", 4)):
        Parameter.objects.create(region=county.region, key=key, value=value)

    with on(after(task, 2)):
        assert climb() == []
    with on(after(task, 4)):
        assert climb() == ["reminder", "slip"]


def test_a_unit_that_asked_to_return_a_task_is_not_urged(county):
    task = task_at("return_requested", county=county)

    with on(after(task, 20)):
        assert climb() == []


def test_another_unit_gets_a_ladder_of_its_own(county):
    task = near(county)
    Parameter.objects.create(region=county.region, key="return_window_days", value=250)
    with on(after(task, 1)):
        climb()
        task_step(task, "request_return", county=county)
        task_step(task, "reassign", county=county)
    task.refresh_from_db()

    with on(after(task, 1)):
        assert "reminder" in climb()

    rows = Urging.objects.filter(rung="reminder").order_by("pk")
    assert [(row.unit, row.spell) for row in rows] == [(county.unit, 0), (county.other_unit, 1)]


# --- what people do with a slip -----------------------------------------------------------------


def test_a_person_of_the_office_sends_it_and_it_gets_its_number(county):
    slip = at_slip(county)

    with on(after(slip.task, 6)):
        urging.send(slip, by=county.office, note="请说明原因。")
    slip.refresh_from_db()

    assert slip.number == f"{county.region.code[:6]}协督〔{slip.sent_on.year}〕1号"
    assert (slip.sent_by, slip.note) == (county.office, "请说明原因。")
    assert slip.answer_due_on == calendar.add_working_days(slip.sent_on, 3)
    line = Event.objects.get(action="urge", data__rung="slip")
    assert (line.actor, line.role, line.data["number"]) == (
        county.office, "county_office", slip.number,
    )  # fmt: skip


def test_it_is_sent_once(county):
    slip = at_slip(county)
    with on(after(slip.task, 6)):
        urging.send(slip, by=county.office)
        with pytest.raises(Refused):
            urging.send(slip, by=county.office)


@pytest.mark.parametrize(
    "name", ["officer", "unit_leader", "clerk", "member", "leader", "outsider"]
)
def test_others_do_not_send_it(county, name):
    slip = at_slip(county)

    with on(after(slip.task, 6)), pytest.raises(Refused):
        urging.send(slip, by=getattr(county, name))


def test_a_slip_that_the_unit_forestalled_is_not_sent(county):
    slip = at_slip(county)
    with on(after(slip.task, 6)):
        task_step(slip.task, "draft_reply", county=county)
        task_step(slip.task, "reply", county=county)

        assert not Urging.objects.filter(WAITING).exists()
        with pytest.raises(Refused):
            urging.send(slip, by=county.office)


def test_a_dropped_slip_has_a_reason_and_does_not_come_back(county):
    slip = at_slip(county)
    with on(after(slip.task, 6)):
        urging.drop(slip, by=county.office, reason="单位已电话说明，下周答复。")
        assert climb() == []
        with pytest.raises(Refused):
            urging.send(slip, by=county.office)
    slip.refresh_from_db()

    assert slip.drop_reason
    assert Event.objects.filter(action="urge_drop").count() == 1


def sent(county) -> Urging:
    slip = at_slip(county)
    with on(after(slip.task, 6)):
        urging.send(slip, by=county.office)
    slip.refresh_from_db()
    return slip


def test_the_unit_answers_with_a_day(county):
    slip = sent(county)
    day = slip.sent_on + dt.timedelta(days=7)

    with on(slip.sent_on):
        urging.answer(slip, by=county.officer, expected_on=day, text="等材料。")
        with pytest.raises(Refused):
            urging.answer(slip, by=county.officer, expected_on=day)
    slip.refresh_from_db()

    assert (slip.answered_by, slip.answered_on, slip.expected_on) == (
        county.officer, slip.sent_on, day,
    )  # fmt: skip
    assert not Urging.objects.filter(UNANSWERED).exists()
    assert Event.objects.get(action="urge_answer").role == "unit_officer"


def test_the_office_enters_an_answer_from_paper_only(county):
    slip = sent(county)

    with on(slip.sent_on):
        with pytest.raises(Refused):
            urging.answer(slip, by=county.office, expected_on=slip.sent_on)
        urging.answer(slip, by=county.office, expected_on=slip.sent_on, paper_note="来函第3号")

    line = Event.objects.get(action="urge_answer")
    assert line.on_behalf_of == str(county.unit)


@pytest.mark.parametrize("name", ["other_officer", "outsider", "member"])
def test_others_do_not_answer_it(county, name):
    slip = sent(county)

    with on(slip.sent_on), pytest.raises(Refused):
        urging.answer(slip, by=getattr(county, name), expected_on=slip.sent_on, paper_note="函")


def test_drafts_are_the_office_s_and_a_unit_sees_what_reached_it(county):
    slip = at_slip(county)

    def seen(name):
        user = getattr(county, name)
        return slip in urgings_for(user, grants=user.grants.all())

    assert [name for name in ("office", "officer", "clerk", "outsider") if seen(name)] == ["office"]
    with on(after(slip.task, 6)):
        urging.send(slip, by=county.office)
    assert [n for n in ("office", "officer", "clerk", "outsider", "other_officer") if seen(n)] == [
        "office", "officer", "clerk",
    ]  # fmt: skip


def test_what_was_written_is_handed_back(county):
    task = near(county)
    with on(after(task, 1)):
        (part,) = ladder.climb()
        assert [row.pk for row in part] == [Urging.objects.get().pk]
