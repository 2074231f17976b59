"""Every condition of the case table, met and not met.

A situation starts from a step that nothing stands against, spoils one thing, and expects exactly
the one objection. Every pair of step and guard in the table has its situation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from committees.models import Parameter
from committees.partial_dates import PartialDate
from consultations.models import Case, Event, FollowUp, Participant, Statement
from consultations.permissions import asked
from consultations.services import followups
from consultations.workflow import engine
from consultations.workflow.cases import CASES
from consultations.workflow.engine import SYSTEM, Ask
from tests.entries import case_data, visit_fields
from tests.factories import a_case, an_item, case_at, grant, record_meeting, step

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Wednesday


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@dataclass(frozen=True)
class Situation:
    """`data` overrides what is typed; `spoil(case, county)` changes the record beforehand."""

    action: str
    stage: str
    guard: str
    data: dict[str, Any] = field(default_factory=dict)
    spoil: Callable[..., Any] | None = None
    by: str = ""
    role: str = ""


def today(days: int = 0) -> dt.date:
    return NOW.date() + dt.timedelta(days=days)


def partial(days: int = 0) -> PartialDate:
    return PartialDate.parse(today(days))


def change(**fields):
    return lambda case, county: Case.objects.filter(pk=case.pk).update(**fields)


def author(name: str, column: str = "created_by"):
    return lambda case, county: Case.objects.filter(pk=case.pk).update(
        **{column: getattr(county, name)}
    )


def people(**wanted):
    """Only the people of the planned meeting that fit stay present."""
    return lambda case, county: (
        Participant.objects.filter(meeting__case=case).exclude(**wanted).update(attended=False)
    )


def party_gate(case, county):
    Parameter.objects.create(region=county.region, key="topic_gate", value="party",
                             effective_from=today(-1))  # fmt: skip


def reconsidered(case, county):
    step(case, "reconsider", county=county)
    step(case, "reject", county=county)


def three_rounds(case, county):
    for _ in range(2):
        step(case, "schedule", county=county)
        step(case, "conclude_without_consensus", county=county)


def returned(*, substance: bool):
    def spoil(case, county):
        step(case, "submit_outcome", county=county)
        step(case, "return_outcome", county=county, substance=substance)

    return spoil


def wrote_the_items(case, county):
    Event.objects.create(case=case, action="save_outcome", actor=county.approver)


def deputy_of(name: str, principal: str, role: str = "studio_director"):
    """The account `name` acts for `principal`, in a role on the studio."""

    def spoil(case, county):
        person, other = getattr(county, name), getattr(county, principal)
        grant(other, role, county.studio)
        grant(person, role, county.studio, deputy_of=other)

    return spoil


def both(*spoils):
    return lambda case, county: [spoil(case, county) for spoil in spoils]


def running_task(case, county):
    an_item(case, county=county, number=7)


def unhappy(case, county):
    followups.record_rating(
        case, by=county.office, rater="resident", channel="paper", result="dissatisfied",
        reason="还是漏。",
    )  # fmt: skip


def moved_to(days: int):
    def spoil(case, county):
        case.meetings.update(starts_at=NOW + dt.timedelta(days=days))

    return spoil


def resident_in_text(case, county):
    Participant.objects.filter(meeting__case=case, capacity="party").update(name="王大娘")
    FollowUp.objects.create(case=case, kind="visit", done_on=partial(), finding="王大娘家已通水。")


def research_gate(case, county):
    Parameter.objects.create(region=county.region, key="research_gate", value="party",
                             effective_from=today(-1))  # fmt: skip


def gate_gone(case, county):
    Parameter.objects.filter(key="research_gate").delete()


def no_visit(case, county):
    case.visits.all().delete()


S = Situation
SITUATIONS = [
    S("submit", "draft", "be_creator_or_owner", by="director"),
    S("submit", "draft", "have_required_fields", spoil=change(title="")),
    S("submit", "draft", "have_required_fields", spoil=change(problem="")),
    S("submit", "draft", "have_required_fields", spoil=change(source="")),
    S("submit", "draft", "have_sensitivity", spoil=change(sensitivity="")),
    S("approve_research", "research", "be_research_gate", spoil=gate_gone),
    S("approve_research", "research", "have_visit_to_decide_on", spoil=no_visit),
    S("approve_research", "research", "not_be_author", spoil=author("approver")),
    S("approve_research", "research", "have_opinion", {"opinion": " "}),
    S("approve_research", "research", "research_is_undecided",
      spoil=lambda case, county: step(case, "approve_research", county=county)),
    S("return_research", "research", "be_research_gate", spoil=gate_gone),
    S("return_research", "research", "have_visit_to_decide_on", spoil=no_visit),
    S("return_research", "research", "research_is_undecided",
      spoil=lambda case, county: step(case, "approve_research", county=county)),
    S("schedule", "research", "pass_research_gate", spoil=research_gate),
    S("refer", "proposed", "name_channel", {"channel": ""}),
    S("merge", "proposed", "name_merge_target", {"target": None}),
    S("split", "research", "name_split", {"split": {"title": "另一件事", "problem": ""}}, by="clerk"),
    S("split", "handling", "name_split", {"split": {"title": "", "problem": "桥面破损"}}, by="clerk"),
    S("defer", "proposed", "name_review_date", {"review_on": None}),
    S("defer", "proposed", "name_review_date", {"review_on": today()}),
    S("defer", "proposed", "name_review_date", {"review_on": today(181)}),
    S("reconsider", "rejected", "be_first_reconsideration", spoil=reconsidered),
    S("approve", "proposed", "be_topic_gate", spoil=party_gate),
    S("approve", "proposed", "be_topic_gate", by="approver"),
    S("approve", "proposed", "not_be_author", spoil=author("leader")),
    S("approve", "proposed", "not_be_author",
      spoil=both(author("nobody"), deputy_of("leader", "nobody")), role="leader"),
    S("approve", "proposed", "have_opinion", {"opinion": " "}),
    S("start_research", "approved", "have_plan", {"plan": ""}),
    S("log_visit", "research", "visit_is_complete", {"visit": visit_fields(place="")}),
    S("log_visit", "research", "visit_is_complete", {"visit": visit_fields(findings="")}),
    S("log_visit", "research", "visit_is_complete", {"visit": visit_fields(method="")}),
    S("log_visit", "research", "visit_is_complete", {"visit": visit_fields(visited_on=None)}),
    S("log_visit", "research", "visit_is_complete",
      {"visit": visit_fields(visited_on=partial(1))}),
    S("log_visit", "research", "visit_is_complete", {"visit": None}),
    S("schedule", "research", "have_visit_or_reason", spoil=lambda c, _: c.visits.all().delete()),
    S("schedule", "research", "have_sides", spoil=lambda c, _: c.sides.first().delete()),
    S("schedule", "research", "have_place_and_date", {"meeting": {"place": "村委会"}}),
    S("schedule", "research", "have_place_and_date", {"meeting": {"starts_at": NOW}}),
    S("schedule", "no_consensus", "have_rounds_left", spoil=three_rounds),
    S("schedule", "deliberated", "be_returned_for_substance"),
    S("schedule", "deliberated", "be_returned_for_substance", spoil=returned(substance=False)),
    S("postpone", "scheduled", "have_new_date", {"starts_at": None}),
    S("postpone", "scheduled", "have_new_date",
      {"starts_at": NOW - dt.timedelta(days=1)}),
    S("conclude", "scheduled", "meeting_date_passed", {"held_on": None}),
    S("conclude", "scheduled", "meeting_date_passed", {"held_on": partial(1)}),
    S("conclude", "scheduled", "have_attendance", spoil=people(capacity__in=["party"])),
    S("conclude", "scheduled", "have_two_sides", spoil=people(capacity="host")),
    S("conclude", "scheduled", "have_statements", spoil=lambda c, _: Statement.objects.all().delete()),
    S("conclude", "scheduled", "have_items", spoil=lambda c, _: c.items.all().delete()),
    S("conclude", "scheduled", "items_read_back", {"read_back": False}),
    S("conclude", "scheduled", "host_confirms", {"host_confirmed": False}),
    S("conclude_without_consensus", "scheduled", "meeting_date_passed", {"held_on": partial(1)}),
    S("conclude_without_consensus", "scheduled", "have_attendance",
      spoil=lambda c, _: Participant.objects.all().update(attended=False)),
    S("conclude_without_consensus", "scheduled", "have_dissent", {"dissent": ""}),
    S("refer", "no_consensus", "name_channel", {"channel": None}),
    S("convert", "no_consensus", "name_conversion", {"conversion": {"kind": "proposal"}}),
    S("submit_outcome", "deliberated", "be_sender_of_outcome", by="office"),
    S("submit_outcome", "deliberated", "have_items", spoil=lambda c, _: c.items.all().delete()),
    S("submit_outcome", "deliberated", "items_are_complete",
      spoil=lambda c, _: c.items.update(route="")),
    S("submit_outcome", "deliberated", "items_are_complete",
      spoil=lambda c, _: c.items.update(owner="")),
    S("submit_outcome", "deliberated", "items_are_complete",
      spoil=lambda c, _: c.items.update(due_on=None)),
    S("approve_outcome", "party_review", "not_be_compiler",
      spoil=author("approver", "compiled_by")),
    S("approve_outcome", "party_review", "not_be_compiler", spoil=wrote_the_items),
    S("approve_outcome", "party_review", "not_be_compiler",
      spoil=deputy_of("approver", "director")),
    S("approve_outcome", "party_review", "not_be_compiler",
      spoil=deputy_of("director", "approver")),
    S("approve_outcome", "party_review", "not_be_compiler",
      spoil=both(deputy_of("approver", "nobody"), deputy_of("director", "nobody"))),
    S("approve_outcome", "party_review", "have_opinion", {"opinion": ""}),
    S("return_outcome", "party_review", "have_reason_per_item", {"item_reasons": {}}),
    S("return_outcome", "party_review", "have_reason_per_item", {"item_reasons": {1: ""}}),
    S("file", "filing", "have_tasks_where_needed", spoil=lambda c, _: c.tasks.all().delete()),
    S("file", "filing", "have_tasks_where_needed", spoil=lambda c, _: c.tasks.update(unit=None)),
    S("complete", "handling", "have_everything_ended", role=SYSTEM),
    S("open_rating", "supervision", "have_everything_ended", spoil=running_task),
    S("open_rating", "supervision", "have_public_summary", spoil=change(public_summary="")),
    S("open_rating", "supervision", "not_be_handling_unit",
      spoil=lambda _, county: grant(county.office, "unit_officer", county.unit)),
    S("open_rating", "supervision", "not_be_handling_unit",
      spoil=deputy_of("office", "officer", "member"), role="county_office"),
    S("close", "rating", "be_published_or_exempt", {"exemption": ""}),
    S("close", "rating", "have_rating_or_note", {"closing_note": ""}),
    S("close", "rating", "have_answered_the_unhappy", spoil=unhappy),
    S("close", "rating", "have_answered_the_unhappy", {"unhappy_answer": " "}, spoil=unhappy),
    S("close", "rating", "have_everything_ended", spoil=running_task),
    S("reopen", "closed", "be_within_relapse_time",
      spoil=change(stage_since=NOW - dt.timedelta(days=760))),
    S("reopen", "closed", "leave_it_to_office_at_first", by="leader"),
    S("reopen", "supervision", "name_what_did_not_hold", {"tasks": []}),
    S("withdraw", "proposed", "be_proposer_or_office", by="director"),
    S("publish", "supervision", "not_be_public_already",
      spoil=lambda case, county: step(case, "publish", county=county)),
    S("publish", "supervision", "not_be_restricted", spoil=change(restricted_at=NOW)),
    S("publish", "supervision", "not_be_sensitive", spoil=change(sensitivity="sensitive")),
    S("publish", "supervision", "not_be_sensitive", spoil=change(sensitivity="offline")),
    S("publish", "supervision", "not_be_sensitive", spoil=change(sensitivity="")),
    S("publish", "supervision", "have_public_summary", spoil=change(public_summary="")),
    S("publish", "supervision", "be_second_person", spoil=author("office", "summary_by")),
    S("publish", "supervision", "have_no_personal_data",
      spoil=change(problem="请联系13887654321。")),
    S("publish", "supervision", "have_no_personal_data", spoil=resident_in_text),
    S("restrict", "handling", "not_be_restricted", spoil=change(restricted_at=NOW)),
    S("lift_restriction", "handling", "be_restricted", spoil=change(restricted_at=None)),
]  # fmt: skip
ACTORS = {
    "submit": "clerk", "withdraw": "clerk", "approve": "leader", "reconsider": "leader",
    "start_research": "clerk", "log_visit": "clerk", "schedule": "clerk", "postpone": "clerk",
    "conclude": "clerk", "conclude_without_consensus": "clerk", "submit_outcome": "director",
    "approve_research": "approver", "return_research": "approver",
    "approve_outcome": "approver", "return_outcome": "approver", "lift_restriction": "leader",
}  # fmt: skip


def ready(s: Situation, county) -> Case:
    """A case at the stage, with everything on record that the step asks for."""
    case = case_at(s.stage, county=county)
    if s.action.startswith("conclude"):
        record_meeting(case, county=county)
    if s.stage == "research" and s.action in ("schedule", "approve_research", "return_research"):
        step(case, "log_visit", county=county)
    if s.action.endswith("_research"):
        research_gate(case, county)
    if s.action in ("open_rating", "publish"):
        step(case, "(write public text)", county=county)
    if s.action == "lift_restriction":
        step(case, "restrict", county=county)
    if s.action == "schedule" and s.stage == "deliberated":
        returned(substance=True)(case, county)
    return case


def objections(s: Situation, case: Case, county, *, by: str = "", **data) -> list[str]:
    case.refresh_from_db()
    row = engine.find(CASES, s.action, case.stage)
    person = getattr(county, by or ACTORS.get(s.action, "office"))
    held = {g.role for g in person.grants.all()} - {"unit_officer"}
    role = s.role or next((role for role in row.roles if role in held), min(held))
    typed = case_data(case, s.action, county) | data
    if s.action == "merge" and "target" not in data:
        typed["target"] = a_case(county=county)
    return [rule for rule, _ in engine.objections(row, asked(case, person, role, typed))]


@pytest.mark.parametrize("s", SITUATIONS, ids=lambda s: f"{s.action}-{s.stage}-{s.guard}")
def test_one_thing_missing_is_the_one_objection(s, county):
    case = ready(s, county)
    if s.action == "complete":  # happens by itself, so the step is only seen while it is barred
        assert objections(s, case, county) == [s.guard]
        return
    assert objections(s, case, county) == []

    if s.spoil:
        s.spoil(case, county)
    elif s.stage == "deliberated":
        case = case_at("deliberated", county=county)

    assert objections(s, case, county, by=s.by, **s.data) == [s.guard]


def test_every_condition_of_the_table_has_its_situation():
    wanted = {(row.action, guard.__name__) for row in CASES for guard in row.guards}

    assert {(s.action, s.guard) for s in SITUATIONS} == wanted


@pytest.mark.parametrize(
    "row", [row for row in CASES if row.needs_reason], ids=lambda r: f"{r.action}-{r.sources[0]}"
)
def test_a_step_that_needs_a_reason_refuses_without_one(row, county):
    bare, case = replace(row, guards=()), Case(stage=row.sources[0], region=county.village)

    def asked(data):
        return [rule for rule, _ in engine.objections(bare, Ask(case, None, row.roles[0], data))]

    assert asked({"reason": "  "}) == ["reason"]
    assert asked({"reason": "资料不全"}) == []
    assert asked(None) == [], "a step that is only offered is not scolded for an empty form"


def test_all_reasons_come_at_once(county):
    case = case_at("draft", county=county)
    Case.objects.filter(pk=case.pk).update(title="", sensitivity="")
    case.refresh_from_db()
    row = engine.find(CASES, "submit", "draft")

    found = engine.objections(row, Ask(case, county.director, "studio_director", {}))

    assert [rule for rule, _ in found] == [
        "be_creator_or_owner", "have_required_fields", "have_sensitivity",
    ]  # fmt: skip


@pytest.mark.parametrize("stage", sorted({s.stage for s in SITUATIONS}))
def test_an_offered_step_is_not_scolded_for_an_empty_form(stage, county):
    """Guards on typed data keep quiet while a step is only offered."""
    case = case_at(stage, county=county)
    typed = {
        "name_channel", "name_merge_target", "name_review_date", "have_plan", "visit_is_complete",
        "have_place_and_date", "have_new_date", "items_read_back", "host_confirms", "have_dissent",
        "name_conversion", "name_split", "have_opinion", "have_reason_per_item", "be_published_or_exempt",
        "have_rating_or_note", "name_what_did_not_hold", "reason",
    }  # fmt: skip

    for row in engine.open_to(CASES, stage):
        found = engine.objections(row, asked(case, county.office, row.roles[0]))
        assert not typed & {rule for rule, _ in found}, row.action
