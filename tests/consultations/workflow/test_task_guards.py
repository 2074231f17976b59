"""Every condition of the task table, met and not met; see `test_case_guards`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from consultations import calendar
from consultations.models import AssistingOpinion, Case, Conference, SupervisorLink, Task
from consultations.workflow import engine
from consultations.workflow.engine import SUPERVISOR, SYSTEM, Ask
from consultations.workflow.tasks import TASKS
from tests.entries import a_conference, task_data
from tests.factories import a_case, a_task, grant, task_at, task_step, walk_task

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Wednesday


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@dataclass(frozen=True)
class Situation:
    """`prepare` makes the step possible, `data` and `spoil` take one thing away."""

    action: str
    state: str
    guard: str
    data: dict[str, Any] = field(default_factory=dict)
    spoil: Callable[..., Any] | None = None
    by: str = ""


def today(days: int = 0) -> dt.date:
    return NOW.date() + dt.timedelta(days=days)


def workdays_ago(count: int) -> dt.date:
    """A day from which `count` working days have gone by."""
    day = today()
    while calendar.working_days_between(day, today()) < count:
        day -= dt.timedelta(days=1)
    return day


def change(**fields):
    return lambda task, county: Task.objects.filter(pk=task.pk).update(**fields)


def assisting(task, county):
    Task.objects.filter(pk=task.pk).update(role="assist")


def with_case(**fields):
    return lambda task, county: Case.objects.filter(pk=task.case_id).update(**fields)


def returned_before(task, county):
    task_step(task, "request_return", county=county)
    task_step(task, "keep", county=county)


def silent_assistant(task, county):
    Task.objects.filter(pk=task.pk).update(role="lead")
    a_task(task.item, unit=county.other_unit, role="assist", lead=task)


def disagreeing_assistant(task, county):
    silent_assistant(task, county)
    AssistingOpinion.objects.create(
        task=task.assistants.get(), text="不同意先修东沟。", stance="disagrees"
    )


def bound_by_conference(task, county):
    Task.objects.filter(pk=task.pk).update(bounces=1)
    Conference.objects.create(
        task=task, unit=task.unit, recorded_by=county.office, **a_conference()
    )


def hold_of_unit(name: str):
    return lambda task, county: grant(getattr(county, name), "unit_officer", task.unit)


def in_one_hand(deputy: str, principal: str):
    """One acts for the other as a member of the studio; the unit's officer is one of the two."""

    def spoil(task, county):
        other = getattr(county, principal)
        grant(other, "member", county.studio)
        grant(getattr(county, deputy), "member", county.studio, deputy_of=other)

    return spoil


def revoked(task, county):
    task.case.supervisor_links.update(revoked_at=NOW, revoked_by=county.office)


def expired(task, county):
    link = task.case.supervisor_links.get()
    task.case.supervisor_links.update(
        issued_at=link.issued_at - dt.timedelta(days=91), expires_at=NOW
    )


def of_another_case(task, county):
    SupervisorLink.objects.update(case=a_case(county=county))


def dispatched(days: int):
    """Handed over so many working days ago."""
    return lambda task, county: Task.objects.filter(pk=task.pk).update(
        dispatched_on=workdays_ago(days)
    )


def due_in(days: int):
    return lambda task, county: Task.objects.filter(pk=task.pk).update(
        due_on=calendar.add_working_days(today(), days)
    )


S = Situation
LATER = today(400)
SITUATIONS = [
    S("dispatch", "drafted", "case_is_handling", spoil=with_case(stage="filing")),
    S("dispatch", "drafted", "case_is_handling", spoil=change(unit=None)),
    S("accept_by_lapse", "dispatched", "sign_for_time_lapsed", spoil=dispatched(7)),
    S("request_return", "dispatched", "be_inside_return_window", spoil=dispatched(6)),
    S("request_return", "handling", "be_inside_return_window", spoil=dispatched(6)),
    S("request_return", "handling", "be_first_return_of_unit", spoil=returned_before),
    S("request_return", "dispatched", "have_basis", {"basis": ""}),
    S("request_return", "dispatched", "name_suggested_unit", {"suggested_unit": ""}),
    S("reassign", "return_requested", "name_other_unit", {"unit": None}),
    S("reassign", "return_requested", "have_conference_from_second_bounce",
      spoil=change(bounces=1)),
    S("reassign", "return_requested", "have_conference_from_second_bounce",
      {"conference": a_conference(participants="")}),
    S("keep", "return_requested", "conference_is_complete",
      {"conference": a_conference(held_on=today(1))}),
    S("request_return", "dispatched", "not_be_bound_by_conference", spoil=bound_by_conference),
    S("note_dissent", "handling", "be_bound_by_conference",
      spoil=lambda task, _: task.conferences.all().delete()),
    S("note_dissent", "handling", "have_text", {"text": ""}),
    S("move_unit", "handling", "name_other_unit", {"unit": None}),
    S("move_unit", "dispatched", "name_ground", {"ground": " "}),
    S("record_contact", "handling", "talk_is_complete", {"text": ""}),
    S("record_contact", "handling", "talk_is_complete", {"talked_on": today(1)}),
    S("settle_dispute", "handling", "have_open_dispute",
      spoil=lambda task, _: AssistingOpinion.objects.update(stance="agrees")),
    S("settle_dispute", "handling", "settlement_is_complete", {"position": ""}),
    S("settle_dispute", "handling", "settlement_is_complete", {"settled_on": today(1)}),
    S("extension_lapse", "handling", "have_open_extension",
      spoil=lambda task, county: task_step(task, "refuse_extension", county=county)),
    S("extension_lapse", "handling", "time_for_decision_is_over",
      spoil=lambda task, _: task.extension_requests.update(requested_on=workdays_ago(3))),
    S("reply", "handling", "have_settled_disputes",
      spoil=lambda task, county: disagreeing_assistant(task, county)),
    S("report_progress", "handling", "have_text", {"text": " "}),
    S("give_opinion", "handling", "be_assistant", spoil=change(role="sole")),
    S("give_opinion", "handling", "have_text", {"text": ""}),
    S("request_extension", "handling", "be_in_time_for_extension", spoil=due_in(4)),
    S("request_extension", "handling", "be_first_extension",
      spoil=lambda task, county: task_step(task, "request_extension", county=county)),
    S("request_extension", "handling", "name_new_due", {"new_due_on": None}),
    S("request_extension", "handling", "name_new_due", {"new_due_on": today(1)}),
    S("request_extension", "handling", "name_new_due", {"new_due_on": LATER}),
    S("grant_extension", "handling", "have_open_extension",
      spoil=lambda task, county: task_step(task, "refuse_extension", county=county)),
    S("refuse_extension", "handling", "have_open_extension",
      spoil=lambda task, county: task_step(task, "grant_extension", county=county)),
    S("suspend", "handling", "name_cause_and_end", {"cause": ""}),
    S("suspend", "handling", "name_cause_and_end", {"until": None}),
    S("suspend", "handling", "name_cause_and_end", {"until": today()}),
    S("suspend", "handling", "name_cause_and_end", {"until": today(181)}),
    S("draft_reply", "handling", "not_be_assistant", spoil=assisting),
    S("draft_reply", "handling", "reply_is_complete", {"body": ""}),
    S("draft_reply", "handling", "reply_is_complete", {"meaning": ""}),
    S("draft_reply", "handling", "reply_is_complete", {"meaning": "in_plan", "promise_on": None}),
    S("draft_reply", "handling", "reply_is_complete",
      {"meaning": "in_plan", "promise_on": today()}),
    S("draft_reply", "handling", "reply_is_complete", {"meaning": "deferred"}),
    S("draft_reply", "handling", "reply_is_complete", {"meaning": "reference"}),
    S("reply", "handling", "not_be_assistant", spoil=assisting),
    S("reply", "handling", "have_reply_draft", spoil=lambda task, _: task.replies.all().delete()),
    S("reply", "handling", "have_reply_draft",
      spoil=lambda task, _: task.replies.update(accepted=False)),
    S("reply", "handling", "have_opinions_or_decision", spoil=silent_assistant),
    S("reply", "handling", "confirm_what_is_flagged", {"flags_confirmed": False},
      spoil=lambda task, _: task.replies.update(body="我们高度重视。")),
    S("verify_true", "answered", "case_goes_on", spoil=with_case(stage="terminated")),
    S("verify_true", "answered", "not_be_of_unit", spoil=hold_of_unit("member")),
    S("verify_true", "answered", "not_be_of_unit", spoil=in_one_hand("member", "officer")),
    S("verify_true", "answered", "not_be_of_unit", spoil=in_one_hand("officer", "member")),
    S("verify_true", "answered", "not_be_assistant", spoil=assisting),
    S("cancel", "answered", "be_running", spoil=assisting),
    S("verify_true", "answered", "have_method", {"method": ""}),
    S("verify_partly", "answered", "case_goes_on", spoil=with_case(stage="terminated")),
    S("verify_partly", "answered", "not_be_of_unit", spoil=hold_of_unit("member")),
    S("verify_partly", "answered", "not_be_assistant", spoil=assisting),
    S("verify_partly", "answered", "have_method", {"method": ""}),
    S("verify_partly", "answered", "hold_open_link", by="supervisor", spoil=of_another_case),
    S("verify_false", "answered", "case_goes_on", spoil=with_case(stage="terminated")),
    S("verify_false", "answered", "not_be_of_unit", spoil=hold_of_unit("member")),
    S("verify_false", "answered", "not_be_of_unit", spoil=in_one_hand("member", "officer")),
    S("verify_false", "answered", "not_be_of_unit", spoil=in_one_hand("officer", "member")),
    S("verify_false", "answered", "not_be_assistant", spoil=assisting),
    S("verify_false", "answered", "have_method", {"method": ""}),
    S("verify_true", "answered", "hold_open_link", {"link": None}, by="supervisor"),
    S("verify_true", "answered", "hold_open_link", by="supervisor", spoil=revoked),
    S("verify_true", "answered", "hold_open_link", by="supervisor", spoil=expired),
    S("verify_true", "answered", "hold_open_link", by="supervisor",
      spoil=with_case(restricted_at=NOW)),
    S("verify_false", "answered", "hold_open_link", by="supervisor", spoil=of_another_case),
    S("look_back", "tracked", "case_goes_on", spoil=with_case(stage="terminated")),
    S("look_back", "tracked", "name_outcome", {"outcome": "handling"}),
    S("look_back", "tracked", "name_outcome", {"finding": ""}),
    S("look_back", "tracked", "name_later_promise", {"outcome": "slipped"}),
    S("look_back", "tracked", "name_later_promise", {"outcome": "slipped", "promise_on": today()}),
    S("look_back", "tracked", "name_later_promise",
      {"outcome": "on_plan", "promise_on": today(200)}),
    S("reopen", "verified", "case_goes_on", spoil=with_case(stage="terminated")),
    S("reopen", "explained", "have_rounds_left_or_leader", spoil=change(round=2)),
]  # fmt: skip
ACTORS = {
    "sign_for": "officer", "request_return": "unit_leader", "report_progress": "officer",
    "note_dissent": "unit_leader", "record_contact": "officer", "settle_dispute": "unit_leader",
    "give_opinion": "officer", "request_extension": "unit_leader", "draft_reply": "officer",
    "reply": "unit_leader", "verify_true": "member", "verify_partly": "member",
    "verify_false": "member",
}  # fmt: skip


def ready(s: Situation, county) -> Task:
    """A task in the state, with everything on record that the step asks for."""
    task = task_at("handling" if s.action == "dispatch" else s.state, county=county)
    if s.action == "dispatch":
        task = a_task(task.item, unit=county.other_unit)
    if s.action == "accept_by_lapse":
        dispatched(8)(task, county)
    if s.action == "give_opinion":
        assisting(task, county)
    if s.action in ("grant_extension", "refuse_extension", "extension_lapse"):
        task_step(task, "request_extension", county=county)
    if s.action == "extension_lapse":
        task.extension_requests.update(requested_on=workdays_ago(4))
    if s.action == "note_dissent":
        bound_by_conference(task, county)
    if s.action == "settle_dispute":
        disagreeing_assistant(task, county)
    if s.action == "reply":
        task_step(task, "draft_reply", county=county)
    if s.by == "supervisor":
        SupervisorLink.objects.create(
            case=task.case, called="王大姐", digest="0" * 64, issued_by=county.office,
            expires_at=NOW + dt.timedelta(days=30),
        )  # fmt: skip
    return task


def objections(s: Situation, task: Task, county, **data) -> list[str]:
    task = Task.objects.get(pk=task.pk)
    row = engine.find(TASKS, s.action, task.state)
    if s.by == "supervisor":
        typed = {"link": SupervisorLink.objects.get()} | task_data(task, s.action, county) | data
        return [rule for rule, _ in engine.objections(row, Ask(task, None, SUPERVISOR, typed))]
    person = getattr(county, s.by or ACTORS.get(s.action, "office"))
    role = (
        SYSTEM
        if s.action in ("accept_by_lapse", "extension_lapse")
        else person.grants.order_by("pk")[0].role
    )
    typed = task_data(task, s.action, county) | data
    return [rule for rule, _ in engine.objections(row, Ask(task, person, role, typed))]


@pytest.mark.parametrize("s", SITUATIONS, ids=lambda s: f"{s.action}-{s.state}-{s.guard}")
def test_one_thing_missing_is_the_one_objection(s, county):
    task = ready(s, county)
    assert objections(s, task, county) == []

    if s.spoil:
        s.spoil(task, county)

    assert objections(s, task, county, **s.data) == [s.guard]


def test_every_condition_of_the_table_has_its_situation():
    wanted = {(row.action, guard.__name__) for row in TASKS for guard in row.guards}

    assert {(s.action, s.guard) for s in SITUATIONS} == wanted


def test_the_same_unit_is_no_other_unit(county):
    task = task_at("return_requested", county=county)
    s = S("reassign", "return_requested", "name_other_unit")

    assert objections(s, task, county, unit=task.unit) == ["name_other_unit"]


def test_a_second_bounce_goes_through_with_a_conference(county):
    task = task_at("return_requested", county=county)
    change(bounces=1)(task, county)
    s = S("reassign", "return_requested", "have_conference_from_second_bounce")

    assert objections(s, task, county, conference=a_conference()) == []


def test_a_missing_opinion_is_overruled_on_record(county):
    task = task_at("handling", county=county)
    task_step(task, "draft_reply", county=county)
    silent_assistant(task, county)
    s = S("reply", "handling", "have_opinions_or_decision")

    assert objections(s, task, county, opinion_decision="分管领导决定先行答复。") == []


def test_an_opinion_given_is_enough(county):
    task = task_at("handling", county=county)
    task_step(task, "draft_reply", county=county)
    silent_assistant(task, county)
    assistant = task.assistants.get()
    task_step(assistant, "dispatch", county=county)
    walk_task(assistant, "handling", county=county)
    task_step(assistant, "give_opinion", county=county)

    assert objections(S("reply", "handling", ""), task, county) == []


def test_the_leader_decides_on_a_third_round(county):
    task = task_at("verified", county=county)
    change(round=2)(task, county)
    s = S("reopen", "verified", "have_rounds_left_or_leader", by="leader")

    assert objections(s, task, county) == []


@pytest.mark.parametrize(
    "row", [row for row in TASKS if row.needs_reason], ids=lambda row: row.action
)
def test_a_step_that_needs_a_reason_refuses_without_one(row, county):
    bare, role = replace(row, guards=()), row.roles[0]

    def asked(data):
        return [rule for rule, _ in engine.objections(bare, Ask(Task(), None, role, data))]

    assert asked({"reason": "\n"}) == ["reason"]
    assert asked({"reason": "冬季不能施工"}) == []
    assert asked(None) == []


@pytest.mark.parametrize(
    "row", [row for row in TASKS if row.proxy_roles], ids=lambda row: row.action
)
@pytest.mark.parametrize("role", ["county_office", "liaison"])
def test_on_behalf_of_a_unit_a_paper_is_named(row, role, county):
    bare = replace(row, guards=(), needs_reason=False)

    def asked(as_role, data):
        return [rule for rule, _ in engine.objections(bare, Ask(Task(), None, as_role, data))]

    assert asked(role, {}) == ["paper_note"]
    assert asked(role, {"paper_note": "传真一份"}) == []
    assert asked(row.roles[0], {}) == []
    assert asked(role, None) == []
