"""Where the office has had a task handled as often as it may, the leader judges bad answers."""

from __future__ import annotations

import pytest
from django.test import Client

from consultations.models import Rating
from consultations.selectors.todo import todo_for
from consultations.services import judging, tasks
from consultations.services.followups import record_rating
from consultations.workflow.engine import Refused
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db
AGAIN = ("reopen", "(handle all)", "open_rating")


@pytest.fixture
def case(county):
    return case_at("rating", county=county)


def bad_answer(case, county) -> Rating:
    return record_rating(case, by=county.office, rater="resident", channel="call",
                         result="dissatisfied", reason="沟里还是没有水。", count=1)  # fmt: skip


def second_round(case, county) -> Rating:
    for action in AGAIN:
        step(case, action, county=county)
    return bad_answer(case, county)


def judge(bad, by):
    case = bad.case
    case.refresh_from_db()
    judging.judge(bad, by=by, version=case.version, justified=True, reason="去看过，确实没有水。",
                  named={"tasks": list(case.tasks.all())})  # fmt: skip


def desk(person) -> dict[str, list]:
    return {group.key: group for group in todo_for(person)}


def test_after_the_second_round_the_leader_judges_and_it_is_handled_once_more(case, county):
    bad = second_round(case, county)
    with pytest.raises(Refused):
        judge(bad, county.office)
    bad.refresh_from_db()
    assert bad.justified is None

    judge(bad, county.leader)

    for row in (bad, case):
        row.refresh_from_db()
    assert (bad.justified, bad.judged_by) == (True, county.leader)
    assert (case.stage, case.rounds, case.tasks.get().round) == ("handling", 3, 3)
    assert case.events.get(action="judge_rating").role == "leader"


def test_both_desks_are_told_until_it_is_judged(case, county):
    step(case, "(rate)", county=county)
    assert not {"unhappy", "unhappy_leader"} & {*desk(county.office), *desk(county.leader)}
    bad = bad_answer(case, county)
    assert desk(county.office)["unhappy"].rows == [case]
    assert "unhappy_leader" not in desk(county.leader)  # the office takes it up itself
    judge(bad, county.office)
    for action in AGAIN[1:]:
        step(case, action, county=county)
    assert "unhappy" not in desk(county.office)

    bad = bad_answer(case, county)

    (matter,) = desk(county.office)["unhappy"].matters
    assert matter.row == case
    assert len(matter.marks) == 2  # that the leader judges; that it waits
    assert desk(county.leader)["unhappy_leader"].rows == [case]
    judge(bad, county.leader)
    assert not {"unhappy", "unhappy_leader"} & {*desk(county.office), *desk(county.leader)}


@pytest.mark.parametrize("name", ["leader", "member", "director", "dispatch_office"])
def test_the_record_offers_it_to_the_leader_and_nobody_else_besides_the_office(case, county, name):
    bad = second_round(case, county)
    url = f"/admin/consultations/case/{case.pk}/rating/{bad.pk}/judge/"
    client = Client()
    client.force_login(getattr(county, name))

    record = client.get(f"/admin/consultations/case/{case.pk}/change/")

    assert record.status_code == 200
    assert (url in record.content.decode()) == (name == "leader")
    assert client.get(url).status_code == (200 if name == "leader" else 404)


def test_a_task_that_the_leader_takes_up_after_the_end_is_a_relapse(county):
    case = case_at("closed", county=county)
    task = case.tasks.get()

    tasks.advance(task, "reopen", by=county.leader, role="leader", data={"reason": "沟又渗了。"})

    case.refresh_from_db()
    assert (case.stage, case.relapses, case.rounds) == ("handling", 1, 2)
    line = case.events.get(action="reopen", task=None)
    assert (line.data["ground"], line.is_public) == ("relapse", True)


def test_what_is_taken_up_before_the_end_is_none(case, county):
    task = case.tasks.get()

    tasks.advance(task, "reopen", by=county.office, data={"reason": "还有一段没有修。"})

    case.refresh_from_db()
    assert (case.stage, case.relapses) == ("handling", 0)
