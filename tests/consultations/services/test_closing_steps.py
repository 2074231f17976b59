"""How a case ends: completed by itself, rated, closed, reopened, ended for good."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from committees.partial_dates import PartialDate
from consultations import calendar
from consultations.models import Commitment, Event, ItemState
from consultations.selectors.items import item_state
from consultations.services import followups
from consultations.workflow.engine import Refused
from tests.factories import case_at, step, task_step, walk_task

pytestmark = pytest.mark.django_db


def today(days: int = 0) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def check(promise, county, state="kept", **fields):
    followups.check_commitment(
        promise, by=fields.pop("by", county.clerk), state=state, finding="已查看。", **fields
    )


def test_the_last_ended_task_completes_the_case(county):
    two = [{"units": (county.unit, county.other_unit)}]
    case = case_at("handling", county=county, items=two)
    first, second = case.tasks.order_by("pk")

    walk_task(first, "verified", county=county)
    case.refresh_from_db()
    assert case.stage == "handling"
    walk_task(second, "explained", county=county)

    case.refresh_from_db()
    event = case.events.get(action="complete")
    assert case.stage == "supervision"
    assert (event.actor, event.role, event.is_public) == (None, "", True)


def test_an_unchecked_promise_holds_the_case_and_the_last_check_completes_it(county):
    case = case_at("handling", county=county, items=[{"commitments": 2}])
    walk_task(case.tasks.get(), "verified", county=county)
    case.refresh_from_db()
    assert case.stage == "handling"
    kept, broken = Commitment.objects.order_by("pk")

    check(kept, county)
    case.refresh_from_db()
    assert case.stage == "handling"
    check(broken, county, "broken", on=PartialDate("2026-05"))

    case.refresh_from_db()
    broken.refresh_from_db()
    assert case.stage == "supervision"
    assert (broken.state, broken.checked_on, broken.checked_by) == (
        "broken", PartialDate("2026-05"), county.clerk,
    )  # fmt: skip
    assert Event.objects.filter(action="check_commitment", is_public=True).count() == 2


def test_a_cancelled_task_holds_nothing(county):
    case = case_at("handling", county=county)

    walk_task(case.tasks.get(), "cancelled", county=county)

    case.refresh_from_db()
    assert case.stage == "supervision"


def test_opening_the_rating_starts_its_window(county):
    case = case_at("rating", county=county)

    assert case.stage_due_on == calendar.add_working_days(today(), 15)


def test_closing_keeps_the_note_and_the_exemption(county):
    case = case_at("rating", county=county)

    event = step(
        case, "close", county=county, closing_note="归档完毕。", exemption="涉及个人隐私。"
    )

    assert (case.stage, case.exemption, case.stage_due_on) == ("closed", "涉及个人隐私。", None)
    assert event.data == {"note": "归档完毕。"}


def test_reopening_takes_up_the_chosen_tasks_again(county):
    two = [{"units": (county.unit, county.other_unit)}]
    case = case_at("closed", county=county, items=two)
    first, second = case.tasks.order_by("pk")

    event = step(case, "reopen", county=county, tasks=[first], ground="relapse", reason="再次渗漏")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (case.stage, case.rounds) == ("handling", 2)
    assert (first.state, first.round, second.state, second.round) == ("handling", 2, "verified", 1)
    assert first.due_on == calendar.add_months(today(), 1)
    assert (first.verified_on, first.answered_on, first.percent) == (None, None, None)
    assert (event.reason, event.data) == ("再次渗漏", {"tasks": [first.pk], "ground": "relapse"})
    assert first.events.get(action="reopen").reason == "再次渗漏"


def settled_without_tasks(county, stage="supervision"):
    """Two promises kept, one item settled on the spot; no unit had anything to do."""
    items = [{"route": "parties", "commitments": 2}, {"route": "on_the_spot"}]
    case = case_at("deliberated", county=county, items=items)
    followups.settle_on_the_spot(case.items.get(number=2), by=county.clerk)
    for action in ("submit_outcome", "approve_outcome", "file"):
        step(case, action, county=county)
    for promise in Commitment.objects.filter(item__case=case):
        check(promise, county)
    case.refresh_from_db()
    assert (case.stage, case.tasks.count()) == ("supervision", 0)
    return case


def state_of(item):
    return item_state(item, tasks=item.tasks.all(), commitments=item.commitments.all())


def test_a_case_without_tasks_is_reopened_by_the_promise_that_did_not_hold(county):
    case = settled_without_tasks(county)
    item = case.items.get(number=1)
    first, second = item.commitments.order_by("pk")
    assert state_of(item) == ItemState.SOLVED

    event = step(case, "reopen", county=county, commitments=[first], ground="relapse",
                 reason="又不让水了")  # fmt: skip

    first.refresh_from_db()
    assert (case.stage, case.rounds) == ("handling", 2)
    assert (first.state, first.checked_on, first.checked_by) == ("open", None, None)
    assert state_of(item) == ItemState.HANDLING
    assert (event.reason, event.data["ground"]) == ("又不让水了", "relapse")
    assert (event.data["commitments"], event.data["tasks"]) == ([first.pk], [])
    assert first.history.latest().history_user == county.office

    check(first, county, "broken")
    case.refresh_from_db()
    assert case.stage == "supervision"
    second.refresh_from_db()
    assert second.state == "kept"


def test_an_item_settled_on_the_spot_is_open_again_until_it_is_confirmed_anew(county):
    case = settled_without_tasks(county)
    item, promise = case.items.get(number=2), Commitment.objects.filter(item__case=case).first()
    step(case, "reopen", county=county, agreed_items=[item], commitments=[promise])
    item.refresh_from_db()
    assert (case.stage, item.settled_on, item.settled_by) == ("handling", None, None)
    assert state_of(item) == ItemState.OPEN

    check(promise, county)
    case.refresh_from_db()
    assert case.stage == "handling"
    followups.settle_on_the_spot(item, by=county.clerk)

    case.refresh_from_db()
    assert case.stage == "supervision"


def test_what_is_named_as_not_holding_has_ended_and_is_of_this_case(county):
    case, other = settled_without_tasks(county), settled_without_tasks(county)
    foreign = Commitment.objects.filter(item__case=other).first()
    own = Commitment.objects.filter(item__case=case).first()
    wrong = [
        {}, {"commitments": [foreign]}, {"agreed_items": [other.items.get(number=2)]},
        {"commitments": [own, foreign]},
    ]  # fmt: skip

    for data in wrong:
        with pytest.raises(Refused) as refused:
            step(case, "reopen", county=county, **data)
        assert len(refused.value.reasons) == 1
    own.state = "open"
    with pytest.raises(Refused):
        step(case, "reopen", county=county, commitments=[own])


def test_a_reopening_that_fails_for_one_task_changes_none(county):
    two = [{"units": (county.unit, county.other_unit)}]
    case = case_at("closed", county=county, items=two)
    first, second = case.tasks.order_by("pk")
    type(second).objects.filter(pk=second.pk).update(round=2)  # its leader has to decide

    with pytest.raises(Refused):
        step(case, "reopen", county=county, tasks=[first, second])

    case.refresh_from_db()
    first.refresh_from_db()
    assert (case.stage, first.state, first.round) == ("closed", "verified", 1)
    assert not Event.objects.filter(action="reopen").exists()


def test_tasks_of_another_case_are_not_reopened_with_this_one(county):
    case, other = case_at("closed", county=county), case_at("closed", county=county)

    with pytest.raises(Refused):
        step(case, "reopen", county=county, tasks=list(other.tasks.all()))

    other.refresh_from_db()
    assert (other.stage, other.tasks.get().state) == ("closed", "verified")


def test_a_relapse_counts_for_two_years(county):
    case = case_at("closed", county=county)

    with time_machine.travel(timezone.now() + dt.timedelta(days=729)):
        step(case, "reopen", county=county)
    assert case.stage == "handling"

    late = case_at("closed", county=county)
    with time_machine.travel(timezone.now() + dt.timedelta(days=740)), pytest.raises(Refused):
        step(late, "reopen", county=county)
    assert late.stage == "closed"


def test_a_task_that_comes_back_to_life_takes_the_closed_case_along(county):
    case = case_at("closed", county=county)

    task_step(case.tasks.get(), "reopen", county=county, reason="批示要求重办")

    case.refresh_from_db()
    event = case.events.get(action="reopen", task=None)
    assert (case.stage, case.rounds) == ("handling", 2)
    assert (event.actor, event.role, event.reason) == (None, "", "批示要求重办")
    assert (event.from_stage, event.to_stage) == ("closed", "handling")


def test_a_promise_found_broken_after_the_end_takes_the_case_along(county):
    case = case_at("handling", county=county)
    task = walk_task(case.tasks.get(), "tracked", county=county)
    case.refresh_from_db()
    assert case.stage == "supervision", "a tracked promise does not hold the case"

    task_step(task, "look_back", county=county)
    task_step(task, "verify_false", county=county)

    case.refresh_from_db()
    assert (task.state, case.stage, case.rounds) == ("handling", "handling", 2)


def test_while_a_kept_promise_is_unverified_no_rating_opens(county):
    case = case_at("handling", county=county)
    task = walk_task(case.tasks.get(), "tracked", county=county)
    task_step(task, "look_back", county=county)
    case.refresh_from_db()
    step(case, "(write public text)", county=county)

    with pytest.raises(Refused):
        step(case, "open_rating", county=county)
    task_step(task, "verify_true", county=county)
    step(case, "open_rating", county=county)

    assert case.stage == "rating"


@pytest.mark.parametrize("state", ["dispatched", "return_requested", "suspended", "replied"])
def test_terminating_leaves_no_task_with_anybody(county, state):
    two = [{"units": (county.unit, county.unit)}]
    case = case_at("handling", county=county, items=two)
    running, done = case.tasks.order_by("pk")
    walk_task(done, "verified", county=county)
    walk_task(running, state, county=county)
    case.refresh_from_db()

    step(case, "terminate", county=county, reason="该地块已列入征收。")

    running.refresh_from_db()
    done.refresh_from_db()
    line = running.events.get(action="cancel")
    assert (case.stage, running.state, done.state) == ("terminated", "cancelled", "verified")
    assert (line.actor, line.reason) == (None, "该地块已列入征收。")
    assert not running.suspensions.filter(ended_on=None).exists()


def test_the_tasks_of_an_ended_case_rest(county):
    case = case_at("handling", county=county, items=[{"units": (county.unit, county.unit)}])
    tracked, _other = case.tasks.order_by("pk")
    walk_task(tracked, "tracked", county=county)
    case.refresh_from_db()
    step(case, "terminate", county=county)

    for action in ("reopen", "look_back"):
        with pytest.raises(Refused):
            task_step(tracked, action, county=county)

    assert tracked.state == "tracked"
