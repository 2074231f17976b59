"""Every step writes one line: who, acting as what, from where to where, why, for whom to see."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction

from consultations.models import Case, Event, Task
from consultations.services import cases, steps, tasks
from consultations.services.steps import JustChanged, take
from consultations.workflow.cases import CASES
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import TASKS
from tests.factories import CASE_ACTORS, case_at, grant, step, task_at, task_step

pytestmark = pytest.mark.django_db

OPINION = {"opinion": "同意立题。"}
# The steps of which the public timeline tells; everything else stays inside.
PUBLIC_CASE_STEPS = {
    "reject", "refer", "merge", "unmerge", "reconsider", "approve", "log_visit", "schedule",
    "postpone", "cancel", "conclude", "conclude_without_consensus", "convert", "approve_outcome", "file",
    "complete", "open_rating", "close", "reopen", "withdraw", "terminate",
}  # fmt: skip
PUBLIC_TASK_STEPS = {
    "dispatch", "reassign", "move_unit", "report_progress", "grant_extension", "suspend", "resume",
    "reply", "accept_reply", "verify_true", "verify_partly", "verify_false", "look_back", "reopen",
    "cancel",
}  # fmt: skip


def test_the_public_steps_are_those_and_no_others():
    assert {row.action for row in CASES if row.public} == PUBLIC_CASE_STEPS
    assert {row.action for row in TASKS if row.public} == PUBLIC_TASK_STEPS


def test_a_whole_life_is_one_unbroken_path(county):
    case = case_at("closed", county=county)

    lines = list(case.events.filter(task=None).order_by("pk"))
    moves = [line for line in lines if line.from_stage != line.to_stage]

    assert [line.to_stage for line in moves] == [
        "draft", "proposed", "approved", "research", "scheduled", "deliberated", "party_review",
        "filing", "handling", "supervision", "rating", "closed",
    ]  # fmt: skip
    assert all(a.to_stage == b.from_stage for a, b in pairwise(lines))
    assert all(line.actor_id is not None for line in lines if line.action != "complete")
    assert all(line.role for line in lines if line.actor_id)
    assert [line.at for line in lines] == sorted(line.at for line in lines)


def test_each_line_names_the_person_and_the_role_acted_in(county):
    case = case_at("closed", county=county)

    for line in case.events.filter(task=None).exclude(actor=None):
        name = CASE_ACTORS.get(line.action)
        if name:
            assert line.actor == getattr(county, name), line.action
            assert line.role in {g.role for g in line.actor.grants.all()}
        assert line.on_behalf_of == ""


def test_who_wears_several_hats_chooses_one_and_it_is_kept(county):
    grant(county.office, "studio_director", county.studio)
    case, other = case_at("proposed", county=county), case_at("proposed", county=county)

    cases.advance(
        case, "send_back", by=county.office, role="county_office", data={"reason": "补充"}
    )
    cases.advance(other, "send_back", by=county.office, data={"reason": "补充"})

    roles = [c.events.order_by("-pk").first().role for c in (case, other)]
    assert roles == ["county_office", "studio_director"]


def test_a_hat_not_owned_is_refused(county):
    case = case_at("proposed", county=county)

    for role in ("leader", "system", "nonsense"):
        with pytest.raises(Refused):
            cases.advance(case, "approve", by=county.office, role=role, data=OPINION)
    with pytest.raises(Refused):
        cases.advance(case, "approve", by=None, data=OPINION)

    assert case.stage == "proposed"


def test_every_step_raises_the_version_by_one(county):
    case = case_at("proposed", county=county)

    for number in range(2, 5):
        step(case, "defer", county=county)
        assert case.version == number * 2 - 2
        step(case, "resume_review", county=county)
        assert case.version == number * 2 - 1


def test_looking_at_an_older_version_is_told_politely(county):
    case = case_at("proposed", county=county)
    seen = case.version
    step(case, "send_back", county=county)
    step(case, "submit", county=county)

    with pytest.raises(JustChanged) as told:
        cases.advance(case, "approve", by=county.leader, data=OPINION, version=seen)

    assert isinstance(told.value, Refused)
    assert len(told.value.reasons) == 1
    assert case.stage == "proposed"


def test_a_step_that_the_stage_does_not_know_is_refused(county):
    case, task = case_at("draft", county=county), task_at("dispatched", county=county)

    with pytest.raises(Refused):
        step(case, "file", county=county)
    with pytest.raises(Refused):
        cases.advance(case, "nonsense", by=county.office)
    with pytest.raises(Refused):
        task_step(task, "verify_true", county=county)


@pytest.mark.parametrize("error", [RuntimeError, IntegrityError, Refused])
def test_an_effect_that_fails_leaves_no_trace(county, error):
    case = case_at("proposed", county=county)
    before = list(Event.objects.values_list("pk", flat=True))

    def effect(ask):
        ask.subject.sides.create(name="第三方")
        raise error("x")

    with pytest.raises(error):
        take(case, "approve", by=county.leader, data=OPINION, effects={"approve": effect})

    case.refresh_from_db()
    assert (case.stage, case.version, case.sides.count()) == ("proposed", 1, 2)
    assert list(Event.objects.values_list("pk", flat=True)) == before


def test_a_history_that_cannot_be_written_takes_the_step_back(county, monkeypatch):
    case = case_at("proposed", county=county)

    def no_history(*args, **kwargs):
        raise RuntimeError("no room for history")

    monkeypatch.setattr(steps, "_write_history", no_history)
    with pytest.raises(RuntimeError):
        step(case, "approve", county=county)

    case.refresh_from_db()
    assert (case.stage, case.version, case.approvals.count()) == ("proposed", 1, 0)


def test_refusals_come_all_at_once_and_change_nothing(county):
    case = case_at("draft", county=county)
    Case.objects.filter(pk=case.pk).update(sensitivity="", source="")

    with pytest.raises(Refused) as refused:
        step(case, "submit", county=county, by=county.director)

    case.refresh_from_db()
    assert len(refused.value.reasons) == 3
    assert (case.stage, case.version, case.events.count()) == ("draft", 0, 1)


def test_nothing_of_a_task_is_stored_twice(county):
    """The case of a task follows its item; the stage since follows the line of history."""
    task = task_at("handling", county=county)
    task.case_id = None
    task.save()

    assert Task.objects.get(pk=task.pk).case_id == task.item.case_id


def test_a_step_inside_a_failing_transaction_is_gone_with_it(county):
    case = case_at("proposed", county=county)

    @transaction.atomic
    def approve_and_fail():
        step(case, "approve", county=county)
        raise RuntimeError("later trouble")

    with pytest.raises(RuntimeError):
        approve_and_fail()

    case.refresh_from_db()
    assert (case.stage, case.events.filter(action="approve").exists()) == ("proposed", False)


def test_the_reason_is_kept_as_far_as_it_has_room(county):
    case = case_at("proposed", county=county)

    event = step(case, "send_back", county=county, reason="补" * 600)

    assert event.reason == "补" * 500


def test_an_automatic_step_has_no_person_and_no_role(county):
    task = task_at("dispatched", county=county)
    event = task.events.get(action="dispatch")

    assert (event.actor, event.role, event.on_behalf_of) == (None, "", "")
    with pytest.raises(Refused):
        tasks.advance(task, "sign_for", by=None)


def test_what_a_step_changes_in_a_record_has_its_author(county):
    """Also where no request tells who is there: a command, an import, a job."""
    case = case_at("party_review", county=county)
    meeting, item = case.meetings.get(), case.items.get()
    step(case, "return_outcome", county=county, item_reasons={str(item.pk): "缺期限"})

    held = meeting.history.exclude(held_on=None).earliest("history_date")
    returned = item.history.exclude(return_reason="").earliest("history_date")
    assert (held.history_user, returned.history_user) == (county.clerk, county.approver)
