"""Returned, not agreed, not ours, not true: each way through pages, with the wrong people first."""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import calendar
from consultations.workflow.cases import PublicStage, Stage
from consultations.workflow.tasks import TaskState
from tests.journeys import way
from tests.journeys.office import hidden_from, mistake, record_of, refuse, take, write
from tests.journeys.visitors import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture
def reviewed(town):
    """A case whose outcome lies before the township Party committee."""
    case = way.log(town)
    way.to_research(town, case)
    way.to_agreement(town, case)
    way.split(town, case)
    take(case, "submit_outcome", town.director)
    return case


def test_a_returned_outcome_is_mended_and_approved(town, elsewhere, reviewed):
    case = reviewed
    box = f"item_{case.items.get().pk}"
    reason = "请写明经费从哪里来。"
    take(case, "return_outcome", town.approver, **{box: reason},
         wrong=[town.director, town.leader, town.other_approver, elsewhere.approver])  # fmt: skip

    page = town.clerk.open(record_of(case))
    assert case.stage == Stage.DELIBERATED
    assert f"{_('Returned by the Party committee: ')}{reason}" in page.text
    assert not page.has_link("/step/schedule/")
    why = refuse(case, "schedule", town.clerk, starts_at=f"{way.day(3)}T09:30", place="东沟")
    assert _("Another round follows only when the Party committee returned the substance.") in (
        why.complaints
    )

    write(case, "outcome/", town.clerk, i__0__funds="县级水利维修资金")
    take(case, "submit_outcome", town.director, wrong=[town.clerk, elsewhere.director])
    assert _("Returned by the Party committee: ") not in town.clerk.open(record_of(case)).text
    take(case, "approve_outcome", town.approver, opinion="同意。")
    assert case.stage == Stage.FILING


def test_a_changed_substance_goes_back_to_a_meeting(town, reviewed):
    case = reviewed
    box = f"item_{case.items.get().pk}"
    take(case, "return_outcome", town.approver, **{box: "改成只修一处，要重新商量。"},
         substance=True)  # fmt: skip

    way.call(town, case, ahead=1, wrong=[town.member, town.leader])
    with time_machine.travel(timezone.now() + timezone.timedelta(days=2), tick=True):
        way.note_down(town, case)
        way.conclude(town, case)

    assert case.stage == Stage.DELIBERATED
    assert case.meetings.filter(status="held").count() == 2


def test_without_consensus_a_second_round_finds_it(town, elsewhere):
    case = way.log(town)
    way.to_research(town, case)
    way.call(town, case)
    way.note_down(town, case)
    open_ended = {"held_on": way.day(), "dissent": "先修哪一处没有谈拢。", "reason": "分歧较大。"}
    why = refuse(case, "conclude", town.clerk, held_on=way.day(), read_back="on",
                 host_confirmed="on")  # fmt: skip
    assert _("Write at least one agreed item.") in why.complaints
    take(case, "conclude_without_consensus", town.clerk, **open_ended,
         wrong=[town.member, town.leader, elsewhere.clerk])  # fmt: skip
    assert case.stage == Stage.NO_CONSENSUS
    assert open_ended["dissent"] in town.office.open(record_of(case)).text

    way.call(town, case, wrong=[town.member, elsewhere.clerk])
    way.note_down(town, case, items=("先修坝口，再修另外两处",))
    way.conclude(town, case)

    assert case.stage == Stage.DELIBERATED
    assert [m.round for m in case.meetings.order_by("pk")] == [1, 2]


def test_without_consensus_the_office_turns_it_into_a_proposal(town, elsewhere):
    case = way.log(town)
    way.to_research(town, case)
    way.call(town, case)
    way.note_down(town, case)
    take(case, "conclude_without_consensus", town.clerk, held_on=way.day(),
         dissent="经费定不下来。", reason="超出权限。")  # fmt: skip

    take(case, "convert", town.office, kind="proposal", title="关于整修东沟的提案",
         reason="需要上级经费。", wrong=[town.clerk, town.leader, elsewhere.office])  # fmt: skip

    assert case.stage == Stage.SUPERVISION
    assert "关于整修东沟的提案" in town.office.open(record_of(case)).text


def test_a_unit_returns_a_task_and_another_one_takes_it(town, elsewhere):
    case = way.new_case_in_handling(town)
    task = way.task_of(case)
    words = {"reason": "这段沟由交通部门养护。", "basis": "权责清单第三项",
             "suggested_unit": town.county.third_unit.name}  # fmt: skip
    why = mistake(task, "request_return", town.unit_leader, reason=words["reason"])
    assert why.error_of("basis")
    assert why.error_of("suggested_unit")
    take(task, "request_return", town.unit_leader, **words,
         wrong=[town.officer, town.other_leader, elsewhere.unit_leader])  # fmt: skip

    assert task.state == TaskState.RETURN_REQUESTED
    third = town.county.third_unit
    take(task, "reassign", town.dispatch_office, unit=third.name, reason="核对属实。",
         wrong=[town.unit_leader, town.clerk, elsewhere.office])  # fmt: skip

    assert (task.state, task.unit, task.bounces) == (TaskState.DISPATCHED, third, 1)
    assert hidden_from(town.officer, task)
    refuse(task, "sign_for", town.other_officer)


def test_the_same_unit_does_not_return_a_task_twice(town):
    case = way.new_case_in_handling(town)
    task = way.task_of(case)
    words = {"reason": "不属于我们。", "basis": "权责清单", "suggested_unit": "县交通运输局"}
    take(task, "request_return", town.unit_leader, **words)
    take(task, "keep", town.office, reason="沟渠由水务管，请接着办。", wrong=[town.unit_leader])

    why = refuse(task, "request_return", town.unit_leader, **words)

    assert task.state == TaskState.HANDLING
    assert _("This unit asked once already.") in why.complaints


def test_what_was_said_to_be_done_and_is_not_goes_back_to_the_unit(town, elsewhere):
    case = way.new_case_in_handling(town)
    task = way.task_of(case)
    take(task, "sign_for", town.officer)
    way.answer(town, task)
    seen = {"method": "site", "finding": "坝口还在渗水。", "reason": "坝口还在渗水。"}
    take(task, "verify_false", town.member, **seen,
         wrong=[town.officer, town.unit_leader, town.both, elsewhere.member])  # fmt: skip

    assert (task.state, task.false_completions) == (TaskState.HANDLING, 1)
    assert "坝口还在渗水。" in town.officer.open(record_of(task)).text
    way.answer(town, task)
    take(task, "verify_true", town.village_clerk, method="household")
    assert task.state == TaskState.VERIFIED


def test_a_closed_case_whose_trouble_came_back_is_opened_again(town, elsewhere):
    case = way.new_case_in_handling(town)
    way.finish(town, way.task_of(case))
    way.finish(town, way.task_of(case, 2), officer=town.other_officer, leader=town.other_leader)
    way.publish(town, case)
    take(case, "open_rating", town.office)
    take(case, "close", town.office, closing_note="没有收到评价表。")
    again = {"ground": "relapse", "tasks": [str(way.task_of(case).pk)], "reason": "坝口又渗了。"}

    take(case, "reopen", town.office, **again,
         wrong=[town.clerk, town.leader, elsewhere.office])  # fmt: skip

    task = way.task_of(case)
    assert (case.stage, task.state, task.round) == (Stage.HANDLING, TaskState.HANDLING, 2)
    assert str(PublicStage.HANDLING.label) in Visitor().open(f"/cases/{case.pk}/").text
    with time_machine.travel(calendar.add_working_days(timezone.localdate(), 1), tick=True):
        way.answer(town, task)
        take(task, "verify_true", town.member, method="site")
    case.refresh_from_db()
    assert case.stage == Stage.SUPERVISION


def test_a_restricted_case_is_gone_for_everybody_outside_at_once(town, elsewhere):
    case = way.new_case_in_handling(town)
    way.publish(town, case)
    assert Visitor().open(f"/cases/{case.pk}/").status == 200
    task = way.task_of(case)
    assert not hidden_from(town.officer, task)

    take(case, "restrict", town.office, reason="涉及个人情况。",
         wrong=[town.clerk, town.leader, elsewhere.office])  # fmt: skip

    assert Visitor().open(f"/cases/{case.pk}/").status == 404
    assert way.TITLE not in Visitor().open("/cases/").text
    assert hidden_from(town.officer, task)
    assert hidden_from(town.prefecture_office, case)
    take(case, "lift_restriction", town.leader, reason="已处理。", wrong=[town.office])
    assert not hidden_from(town.officer, task)
