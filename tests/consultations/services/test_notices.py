"""Who is told of a step: in its transaction, once, only those who may see it, never who took it."""

from __future__ import annotations

import pytest
from django.db import transaction

from consultations.models import Notice
from consultations.services import cases, notices, tasks
from consultations.services.records import assign
from consultations.workflow.cases import CASES
from consultations.workflow.engine import Refused
from consultations.workflow.hearing import OF_CASES, OF_TASKS, NoticeKind, Party, hears_of
from consultations.workflow.tasks import TASKS
from tests.factories import a_case, a_county, case_at, step, task_at, task_step

pytestmark = pytest.mark.django_db
# Steps that nobody needs to be told of: who has the record in hand takes them alone.
UNTOLD_CASE = {"log_visit"}
UNTOLD_TASK = {"sign_for", "draft_reply", "record_contact"}


def told(action: str, **where) -> set[tuple[str, str]]:
    """(user name, kind) of everybody told of the latest step of this name."""
    latest = Notice.objects.filter(action=action, **where).order_by("-pk").first()
    if latest is None:
        return set()
    rows = Notice.objects.filter(key=latest.key).values_list("recipient__username", "kind")
    return set(rows)


def test_every_step_of_the_tables_is_heard_of_or_left_out_by_name():
    assert {row.action for row in CASES} - set(OF_CASES) == UNTOLD_CASE
    assert {row.action for row in TASKS} - set(OF_TASKS) == UNTOLD_TASK
    known = {row.action for row in (*CASES, *TASKS)} | {"assign", "take_words_out"}
    assert {*OF_CASES, *OF_TASKS} - known == set()


def test_a_submitted_topic_is_told_to_the_office_and_to_who_decides(county):
    case_at("proposed", county=county)

    assert told("submit") == {
        (county.office.username, "case_waits"),
        (county.leader.username, "case_waits"),
    }


def test_a_task_is_told_to_its_unit_alone(county):
    task_at("dispatched", county=county)

    people = (county.officer, county.unit_leader, county.double_leader)
    assert told("dispatch") == {(person.username, "task_new") for person in people}


@pytest.mark.parametrize(
    ("state", "action"), [("return_requested", "reassign"), ("handling", "move_unit")]
)
def test_a_task_handed_on_is_told_to_both_units(county, state, action):
    task = task_at(state, county=county)
    former = task.unit
    task_step(task, action, county=county)

    assert task.unit != former
    new = {grant.user.username for grant in task.unit.grants.all()}
    old = {grant.user.username for grant in former.grants.all()} - new
    assert old
    heard = {row for row in told(action) if row[1] != "case_moved"}
    assert heard == {
        *((name, "task_new") for name in new),
        *((name, "task_decided") for name in old),
    }


def test_nobody_is_told_of_the_own_step(county):
    """The clerk schedules the meeting, logged the case, and is of those whom meetings concern."""
    case_at("scheduled", county=county)

    people = (county.director, county.member)
    assert told("schedule") == {(person.username, "meeting") for person in people}


def test_who_logged_a_case_hears_how_it_moves(county):
    case = case_at("approved", county=county)
    cases.advance(case, "terminate", by=county.leader, data={"reason": "无法继续"})

    assert told("terminate") == {(county.clerk.username, "case_moved")}


def test_who_is_put_in_charge_hears_of_it(county):
    case = a_case(county=county)
    assign(case, by=county.clerk, owner=county.director)

    assert told("assign") == {(county.director.username, "assigned")}


def test_the_unit_does_not_hear_of_a_restricted_case(county):
    task = task_at("replied", county=county)
    case = task.case
    step(case, "restrict", county=county)
    task_step(task, "return_reply", county=county)

    assert told("return_reply") == set()


def test_a_step_that_is_undone_tells_nobody(county):
    case = a_case(county=county)

    def changes_mind():
        with transaction.atomic():
            step(case, "submit", county=county)
            assert Notice.objects.filter(action="submit").exists()
            raise Refused(["changed my mind"])

    with pytest.raises(Refused):
        changes_mind()

    assert not Notice.objects.filter(action="submit").exists()


def test_the_same_thing_is_told_once(county):
    case = case_at("proposed", county=county)
    event = case.events.get(action="submit")
    before = Notice.objects.count()
    assert before

    notices.tell_of(event)

    assert Notice.objects.count() == before


def test_an_account_switched_off_and_a_grant_that_ended_are_not_told(county):
    county.leader.is_active = False
    county.leader.save()
    county.office.grants.update(valid_until="2020-01-01", valid_from="2019-01-01")
    case_at("proposed", county=county)

    assert told("submit") == set()


def test_another_county_hears_nothing(county):
    other = a_county("539922", name="另一县")
    task_at("replied", county=other)
    assert Notice.objects.filter(recipient=other.office).exists()

    here = {person.pk for person in county.people.values()}
    there = {person.pk for person in other.people.values()}
    assert not Notice.objects.filter(recipient__in=here - there).exists()


def test_answers_are_looked_at_only_when_there_is_something_to_see():
    reached = {row.kind for row in hears_of("accept_reply", reached="answered", is_task=True)}
    explained = {row.kind for row in hears_of("accept_reply", reached="explained", is_task=True)}

    assert reached - explained == {NoticeKind.TO_VERIFY}
    assert Party.UNIT in hears_of("accept_reply", reached="explained", is_task=True)[0].to


def test_reading_one_or_all(county):
    case_at("proposed", county=county)
    task_at("dispatched", county=county)
    unread = Notice.objects.filter(recipient=county.office, read_at=None)
    first, many = unread.first(), unread.count()
    assert many > 1

    assert notices.mark_read(county.officer, only=first.pk) == 0
    assert notices.mark_read(county.office, only=first.pk) == 1
    assert notices.mark_read(county.office, only=first.pk) == 0
    assert notices.mark_read(county.office) == many - 1
    assert not unread.exists()


def test_a_step_costs_the_same_whoever_hears_of_it(county, django_assert_max_num_queries):
    task = task_at("replied", county=county)
    with django_assert_max_num_queries(12):
        notices.tell_of(task.events.latest("pk"))


@pytest.mark.parametrize("action", ["verify_partly", "verify_false"])
def test_what_was_not_done_comes_back_to_the_unit_and_to_who_raised_it(county, action):
    task_step(task_at("answered", county=county), action, county=county)

    unit = (county.officer, county.unit_leader, county.double_leader)
    back = {(person.username, "task_back") for person in unit}
    assert told(action) == back | {(county.clerk.username, "case_moved")}


def test_steps_still_stand_when_tasks_move_their_case(county):
    """The automatic step has no actor and is told as well."""
    task = task_at("answered", county=county)
    tasks.advance(
        task, "verify_true", by=county.office,
        data={"method": "site", "finding": "水已到田"},
    )  # fmt: skip

    assert (county.office.username, "case_waits") in told("complete")
