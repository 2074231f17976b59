"""What a unit's answer writes, and what others find when they look."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from consultations import calendar
from consultations.models import LookBack, ProgressEntry, Reply, Task, Verification
from consultations.selectors.todo import todo_for
from consultations.workflow.engine import Refused
from tests.factories import a_task, case_at, grant, step, task_at, task_step, walk_task

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
LATER = dt.date(2026, 12, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


def test_progress_needs_words_and_nothing_else(county):
    task = task_at("handling", county=county)

    event = task_step(task, "report_progress", county=county, text="已勘测。", percent=None)
    task_step(task, "report_progress", county=county, percent=40)

    first, second = ProgressEntry.objects.order_by("pk")
    assert (first.text, first.percent, first.written_by) == ("已勘测。", None, county.officer)
    assert (second.percent, task.percent, task.last_progress_on) == (40, 40, TODAY)
    assert (event.from_stage, event.to_stage, event.is_public) == ("handling", "handling", True)


def test_progress_without_a_number_keeps_the_number(county):
    task = task_at("handling", county=county)
    task_step(task, "report_progress", county=county, percent=40)

    task_step(task, "report_progress", county=county, percent=None)

    assert task.percent == 40


def test_a_unit_says_what_comes_next_and_how_it_sees_the_date(county):
    task = task_at("handling", county=county)
    assert task.outlook_told == ""

    task_step(task, "report_progress", county=county, next_step="下周浇筑", outlook="at_risk")

    entry = task.progress.get()
    assert (entry.next_step, entry.outlook, task.outlook) == ("下周浇筑", "at_risk", "at_risk")
    assert task.outlook_told == entry.get_outlook_display()


def test_an_outlook_is_told_no_longer_once_the_unit_says_nothing_or_has_answered(county):
    task = task_at("handling", county=county)
    task_step(task, "report_progress", county=county, outlook="at_risk")
    task_step(task, "report_progress", county=county)
    assert task.outlook_told == ""

    task_step(task, "report_progress", county=county, outlook="delayed")
    walk_task(task, "replied", county=county)
    assert (task.outlook, task.outlook_told) == ("delayed", "")


def test_the_outlook_of_an_earlier_hand_is_not_the_present_one(county):
    task = task_at("handling", county=county)
    task_step(task, "report_progress", county=county, outlook="delayed")
    later = NOW + dt.timedelta(days=2)
    Task.objects.filter(pk=task.pk).update(state_since=later)  # handed on, and signed for anew
    task.refresh_from_db()
    assert task.outlook_told == ""


def test_an_officer_drafts_and_a_leader_signs(county):
    task = task_at("handling", county=county)
    task_step(task, "draft_reply", county=county, body="第一稿")
    task_step(task, "draft_reply", county=county, body="第二稿", result_class="A")

    with pytest.raises(Refused):
        task_step(task, "reply", county=county, by=county.officer)
    event = task_step(task, "reply", county=county)

    reply = Reply.objects.get()
    assert (reply.body, reply.drafted_by, reply.round) == ("第二稿", county.officer, 1)
    assert (reply.signed_by, reply.signed_on) == (county.unit_leader, TODAY)
    assert (reply.number, reply.accepted) == ("青水函〔2026〕3号", None)
    assert (task.state, event.data) == (
        "replied", {"reply": reply.pk, "meaning": "solved", "opinions": []},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("meaning", "extra", "state"),
    [
        ("solved", {}, "answered"),
        ("in_plan", {"promise_on": LATER}, "tracked"),
        ("deferred", {"explanation": "资金未落实。"}, "explained"),
        ("reference", {"explanation": "超出权限。"}, "explained"),
    ],
)
def test_an_accepted_reply_leads_where_its_class_says(county, meaning, extra, state):
    task = task_at("handling", county=county)
    task_step(task, "draft_reply", county=county, meaning=meaning, result_class="X", **extra)
    task_step(task, "reply", county=county)

    event = task_step(task, "accept_reply", county=county)

    reply = Reply.objects.get()
    assert (task.state, task.answered_on) == (state, TODAY)
    assert (reply.accepted, reply.decided_by, reply.decided_on) == (True, county.office, TODAY)
    assert (event.to_stage, event.data["meaning"]) == (state, meaning)
    planned = (LATER, TODAY + dt.timedelta(days=90)) if meaning == "in_plan" else (None, None)
    assert (task.promise_on, task.look_back_on) == planned


def test_a_returned_reply_stays_on_record_and_a_new_one_is_written(county):
    task = task_at("replied", county=county)

    task_step(task, "return_reply", county=county, reason="没有回答第二点。")
    with pytest.raises(Refused):
        task_step(task, "reply", county=county)
    task_step(task, "draft_reply", county=county, body="补充第二点。")
    task_step(task, "reply", county=county)

    first, second = Reply.objects.order_by("pk")
    assert (first.accepted, first.return_reason) == (False, "没有回答第二点。")
    assert (first.body, second.body) == ("两处渗漏已修复。", "补充第二点。")
    assert (second.accepted, task.latest_reply) == (None, second)


def test_answered_becomes_done_only_by_another_persons_look(county):
    task = task_at("answered", county=county)
    grant(county.member, "unit_officer", county.unit)

    for person in (county.member, county.officer, county.unit_leader, county.approver):
        with pytest.raises(Refused):
            task_step(task, "verify_true", county=county, by=person)
    event = task_step(task, "verify_true", county=county, by=county.village_clerk)

    look = Verification.objects.get()
    assert (task.state, task.verified_on, task.percent) == ("verified", TODAY, 100)
    assert (look.is_true, look.method, look.finding) == (True, "site", "已通水。")
    assert (look.verified_by, look.verified_on, look.round) == (county.village_clerk, TODAY, 1)
    assert event.data == {"verification": look.pk, "method": "site"}


def test_a_false_completion_is_counted_and_goes_back_for_a_month(county):
    task = task_at("answered", county=county)

    event = task_step(task, "verify_false", county=county, finding="", reason="仍在渗水。")

    look = Verification.objects.get()
    assert (task.state, task.false_completions, task.answered_on) == ("handling", 1, None)
    assert task.due_on == calendar.add_months(TODAY, 1)
    assert (look.is_true, look.finding, event.is_public) == (False, "仍在渗水。", True)


def test_a_promise_partly_kept_goes_back_and_is_no_false_completion(county):
    task = task_at("answered", county=county)

    event = task_step(task, "verify_partly", county=county, reason="还差一处。")

    look = Verification.objects.get()
    assert (task.state, task.false_completions, task.answered_on) == ("handling", 0, None)
    assert task.due_on == calendar.add_months(TODAY, 1)
    assert (look.is_true, look.is_partly, event.is_public) == (False, True, True)


def test_looking_back_keeps_on_asking_until_the_promise_is_kept(county, clock):
    task = task_at("tracked", county=county)
    promised = task.promise_on
    clock.move_to(NOW + dt.timedelta(days=90))

    task_step(task, "look_back", county=county, outcome="on_plan")
    assert (task.state, task.promise_on) == ("tracked", promised)
    assert task.look_back_on == TODAY + dt.timedelta(days=180)

    task_step(task, "look_back", county=county, outcome="slipped", promise_on=LATER)
    assert (task.state, task.promise_on) == ("tracked", LATER)

    event = task_step(task, "look_back", county=county, outcome="solved")
    assert (task.state, task.look_back_on) == ("answered", TODAY + dt.timedelta(days=90))
    seen = list(LookBack.objects.order_by("pk"))
    assert [row.outcome for row in seen] == ["on_plan", "slipped", "solved"]
    assert (seen[1].promise_before, seen[1].promise_on) == (promised, LATER)
    assert event.data == {
        "look_back": seen[2].pk, "outcome": "solved", "finding": "承诺已兑现。",
    }  # fmt: skip


def test_what_was_said_to_be_kept_waits_on_the_desk_until_somebody_verified_it(county):
    task = task_at("tracked", county=county)
    task_step(task, "look_back", county=county, outcome="solved")
    task.case.refresh_from_db()
    assert task.case.stage == "supervision"
    assert "look_back" in {group.key for group in todo_for(county.office)}

    task_step(task, "verify_true", county=county)

    assert (task.state, task.look_back_on) == ("verified", None)
    assert "look_back" not in {group.key for group in todo_for(county.office)}


def test_a_promise_given_up_ends_with_an_explanation(county):
    task = task_at("tracked", county=county)

    task_step(task, "look_back", county=county, outcome="given_up", finding="规划已调整。")

    assert (task.state, task.look_back_on) == ("explained", None)


def test_a_reopened_task_starts_a_second_round_with_its_own_reply(county):
    task = task_at("verified", county=county)

    task_step(task, "reopen", county=county)
    assert (task.round, task.verified_on, task.answered_on, task.percent) == (2, None, None, None)
    assert task.latest_reply is None
    task_step(task, "draft_reply", county=county, body="更换全段管道。")

    assert list(Reply.objects.order_by("pk").values_list("round", "accepted")) == [
        (1, True), (2, None),
    ]  # fmt: skip


def test_a_third_round_is_for_the_leader(county):
    task = task_at("verified", county=county)
    task_step(task, "reopen", county=county)
    walk_task(task, "explained", county=county)

    with pytest.raises(Refused):
        task_step(task, "reopen", county=county)
    task_step(task, "reopen", county=county, by=county.leader)

    assert (task.state, task.round) == ("handling", 3)


def test_a_cancelled_task_is_listed_with_its_reason(county):
    task = task_at("suspended", county=county)

    event = task_step(task, "cancel", county=county, reason="并入乡镇统一工程。")

    assert (task.state, task.suspended_until) == ("cancelled", None)
    assert (event.reason, event.is_public) == ("并入乡镇统一工程。", True)
    assert not task.suspensions.filter(ended_on=None).exists()


def joint(county):
    """A lead task and an assisting one, handed over and signed for."""
    case = case_at("filing", county=county)
    lead = case.tasks.get()
    type(lead).objects.filter(pk=lead.pk).update(role="lead")
    assist = a_task(case.items.get(), unit=county.other_unit, role="assist", lead=lead)
    step(case, "file", county=county)
    lead.refresh_from_db()
    assist.refresh_from_db()
    return walk_task(lead, "handling", county=county), walk_task(assist, "handling", county=county)


def test_the_lead_answers_once_after_the_opinions_are_in(county):
    lead, assist = joint(county)
    task_step(lead, "draft_reply", county=county)
    with pytest.raises(Refused):
        task_step(lead, "reply", county=county)
    with pytest.raises(Refused):
        task_step(assist, "draft_reply", county=county)

    event = task_step(assist, "give_opinion", county=county)
    task_step(lead, "reply", county=county)

    assert (assist.state, assist.answered_on) == ("answered", TODAY)
    assert assist.opinions.get().given_by == county.other_officer
    assert event.data == {"opinion": assist.opinions.get().pk, "stance": "agrees"}
    assert not assist.replies.exists()
    assert lead.state == "replied"


def test_the_lead_may_go_on_without_a_late_opinion_when_somebody_decides_so(county):
    lead, _assist = joint(county)
    task_step(lead, "draft_reply", county=county)

    task_step(lead, "reply", county=county, opinion_decision="分管副县长同意先行答复。")

    assert lead.replies.get().opinion_decision == "分管副县长同意先行答复。"


def test_an_assisting_task_is_not_verified_and_does_not_hold_the_case(county):
    lead, assist = joint(county)
    task_step(assist, "give_opinion", county=county)
    with pytest.raises(Refused):
        task_step(assist, "verify_true", county=county)

    walk_task(lead, "verified", county=county)

    lead.case.refresh_from_db()
    assert lead.case.stage == "supervision"
