"""The desk by rule: what waits for whom, what is due, what is late."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone, translation

from consultations.models import Case, Task
from consultations.selectors.todo import todo_for
from consultations.selectors.todo_rows import SHOWN
from consultations.services import daily, suggestions
from tests.entries import at_nine
from tests.factories import (
    a_case,
    a_county,
    a_task,
    case_at,
    grant,
    step,
    task_at,
    task_step,
    walk_task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
NOW = dt.datetime(2026, 6, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))

CASE_WAITS_FOR = {
    "draft": {"liaison", "village_clerk"},
    "proposed": {"county_office", "leader"},
    "approved": {"county_office", "studio_director", "liaison"},
    "research": {"county_office", "studio_director", "liaison", "member"},
    "scheduled": {"studio_director", "liaison"},
    "deliberated": {"studio_director"},
    "no_consensus": {"county_office"},
    "party_review": {"party_approver"},
    "filing": {"county_office"},
    "handling": set(),
    "supervision": {"county_office"},
    "rating": {"county_office"},
    "closed": set(),
    "rejected": set(),
    "terminated": set(),
    "deferred": set(),
}
TASK_WAITS_FOR = {
    "drafted": set(),
    "dispatched": {"unit_officer"},
    "return_requested": {"county_office", "dispatch_office"},
    "handling": {"unit_officer", "unit_leader"},
    "suspended": set(),
    "replied": {"county_office"},
    "answered": {"county_office", "member", "village_clerk"},
    "verified": set(),
    "tracked": set(),
    "explained": set(),
    "cancelled": set(),
}
ROLES = [
    "county_office", "leader", "party_approver", "studio_director", "liaison", "member",
    "dispatch_office", "unit_officer", "unit_leader", "village_clerk", "prefecture_office",
    "province_office", "outsider", "other_officer", "nobody", "system_admin",
]  # fmt: skip


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


def desk(person, **kwargs) -> dict[str, list]:
    return {group.key: group.rows for group in todo_for(person, **kwargs)}


@pytest.mark.parametrize("stage", CASE_WAITS_FOR)
def test_a_case_waits_for_exactly_these(county, stage):
    case = case_at(stage, county=county)

    waiting = {name for name in ROLES if case in desk(getattr(county, name)).get("cases", [])}

    assert waiting == CASE_WAITS_FOR[stage]


@pytest.mark.parametrize("state", TASK_WAITS_FOR)
def test_a_task_waits_for_exactly_these(county, state):
    task = task_at(state, county=county)

    waiting = {name for name in ROLES if task in desk(getattr(county, name)).get("tasks", [])}

    assert waiting == TASK_WAITS_FOR[state]


def test_under_the_party_gate_topics_wait_for_the_party_committee(county):
    county.region.parameters.create(
        key="topic_gate", value="party", effective_from=dt.date(2026, 1, 1)
    )
    case = case_at("proposed", county=county)

    assert desk(county.approver)["cases"] == [case]
    assert "cases" not in desk(county.leader)


def test_an_outcome_without_a_studio_waits_for_the_office(county):
    case = case_at("deliberated", county=county)
    assert "cases" not in desk(county.office)

    Case.objects.filter(pk=case.pk).update(studio=None)

    assert desk(county.office)["cases"] == [case]
    assert "cases" not in desk(county.director)


def test_a_role_waits_within_its_own_grant_only(county):
    """Office in one county, member of a studio in another."""
    elsewhere = a_county("539941")
    grant(county.office, "member", elsewhere.studio)
    theirs, mine = case_at("proposed", county=elsewhere), case_at("proposed", county=county)

    assert desk(county.office)["cases"] == [mine]
    assert theirs not in desk(county.office)["cases"]


def test_the_opinion_of_an_assisting_unit_waits_for_nobody(county):
    case = case_at("filing", county=county)
    lead = case.tasks.get()
    Task.objects.filter(pk=lead.pk).update(role="lead")
    a_task(lead.item, unit=county.other_unit, role="assist", lead=lead)
    step(case, "file", county=county)
    assist = case.tasks.get(role="assist")
    walk_task(assist, "handling", county=county)
    task_step(assist, "give_opinion", county=county)

    for name in ROLES:
        assert assist not in desk(getattr(county, name)).get("tasks", []), name


def test_what_is_late_and_what_is_due_are_told_apart(county):
    case = case_at("party_review", county=county)  # waits for the Party committee, not the office
    Case.objects.filter(pk=case.pk).update(stage_due_on=dt.date(2026, 6, 25))
    case.refresh_from_db()
    task = task_at("handling", county=county, items=[{"due_on": dt.date(2026, 6, 30)}])
    due = case.stage_due_on

    def keys(person, on):
        return set(desk(person, on=on)) & {"late_cases", "late_tasks", "due_cases", "due_tasks"}

    assert due == dt.date(2026, 6, 25)
    assert keys(county.office, dt.date(2026, 6, 17)) == set()
    assert keys(county.office, dt.date(2026, 6, 18)) == {"due_cases"}
    assert keys(county.office, dt.date(2026, 6, 25)) == {"due_cases", "due_tasks"}
    assert keys(county.office, dt.date(2026, 6, 26)) == {"late_cases", "due_tasks"}
    assert keys(county.office, dt.date(2026, 7, 1)) == {"late_cases", "late_tasks"}
    assert keys(county.officer, dt.date(2026, 7, 1)) == {"late_tasks"}
    assert desk(county.officer, on=dt.date(2026, 7, 1))["late_tasks"] == [task]
    assert todo_for(county.office, on=dt.date(2026, 7, 1))[0].is_late


def marks(person, **kwargs) -> dict:
    """(group, marks) of every matter on the desk, by its record."""
    found = {}
    for group in todo_for(person, **kwargs):
        for matter in group.matters:
            assert matter.row not in found, "a matter stands once"
            found[matter.row] = (group.key, matter.marks)
    return found


def test_a_matter_stands_once_with_the_other_facts_as_marks(county):
    """Proposed on 10 June, to be decided by 25 June: it waits for the office all the time."""
    case = case_at("proposed", county=county)

    def on(day):
        return marks(county.office, on=dt.date(2026, 6, day))[case]

    assert on(17) == ("cases", [])
    assert on(18) == ("cases", ["due within a week"])
    assert on(26) == ("late_cases", ["waits for me"])
    assert marks(county.prefecture_office, on=dt.date(2026, 6, 26))[case] == ("late_cases", [])


def test_a_meeting_without_a_record_says_so_before_it_says_late(county):
    case = case_at("scheduled", county=county)
    step(case, "postpone", county=county, starts_at=at_nine(dt.date(2026, 6, 15)))
    held, over = dt.date(2026, 6, 16), dt.date(2026, 6, 26)  # seven working days, with a holiday

    assert marks(county.clerk, on=held)[case] == ("unreported", ["waits for me"])
    assert marks(county.clerk, on=over)[case] == ("unreported", ["late", "waits for me"])
    assert marks(county.office, on=over)[case] == ("unreported", ["late"])
    assert marks(county.leader, on=over)[case] == ("late_cases", [])


def test_a_late_task_that_waits_for_its_unit_stands_once(county):
    task = task_at("handling", county=county, items=[{"due_on": dt.date(2026, 6, 30)}])

    def on(month, day):
        return marks(county.officer, on=dt.date(2026, month, day))[task]

    assert on(6, 12) == ("tasks", [])
    assert on(6, 24) == ("tasks", ["due within a week"])
    assert on(7, 1) == ("late_tasks", ["waits for me"])


def test_a_block_is_full_although_some_of_its_rows_stand_higher_up(county):
    """What is late does not use up the places of what only waits."""
    late = [a_case(county=county) for _ in range(SHOWN + 2)]
    Case.objects.update(stage_due_on=dt.date(2026, 1, 1))
    waiting = [a_case(county=county) for _ in range(3)]

    found = desk(county.clerk)

    assert found["late_cases"] == late[:SHOWN]
    assert found["cases"] == waiting


def test_the_date_of_a_case_is_never_a_units(county):
    case = case_at("rating", county=county)
    late = case.stage_due_on + dt.timedelta(days=1)

    assert "late_cases" in desk(county.office, on=late)
    assert "late_cases" not in desk(county.officer, on=late)


def test_an_ended_case_is_never_late(county):
    case = case_at("closed", county=county)
    Case.objects.filter(pk=case.pk).update(stage_due_on=dt.date(2026, 1, 1))

    assert "late_cases" not in desk(county.office)


def test_a_meeting_whose_day_has_passed_asks_for_its_record(county):
    case = case_at("scheduled", county=county)
    step(case, "postpone", county=county, starts_at=at_nine(dt.date(2026, 6, 15)))

    assert "unreported" not in desk(county.clerk, on=dt.date(2026, 6, 15))
    assert desk(county.clerk, on=dt.date(2026, 6, 16))["unreported"] == [case]
    assert "unreported" not in desk(county.leader, on=dt.date(2026, 6, 16))


def test_a_deferred_topic_comes_back_to_the_office_alone(county):
    case = case_at("deferred", county=county)

    assert desk(county.office, on=case.review_on)["deferred"] == [case]
    for name in ("prefecture_office", "clerk", "leader"):
        assert "deferred" not in desk(getattr(county, name), on=case.review_on), name


def test_a_deferred_topic_is_late_for_nobody(county):
    case = case_at("deferred", county=county)
    assert case.stage_due_on == case.review_on

    for days in (-1, 0, 1):
        day = case.review_on + dt.timedelta(days=days)
        for name in ("office", "clerk", "leader", "prefecture_office"):
            found = set(desk(getattr(county, name), on=day))
            assert not found & {"late_cases", "due_cases"}, (name, days)
    assert desk(county.office, on=case.review_on + dt.timedelta(days=1))["deferred"] == [case]


def test_a_suspension_that_ran_out_asks_whoever_resumes(county):
    task = task_at("suspended", county=county)
    after = task.suspended_until + dt.timedelta(days=1)

    assert "suspended" not in desk(county.office, on=task.suspended_until)
    for name in ("office", "dispatch_office"):
        assert desk(getattr(county, name), on=after)["suspended"] == [task]
    assert "suspended" not in desk(county.officer, on=after)


def test_promises_are_looked_back_at_on_their_day_by_the_office(county):
    task = task_at("tracked", county=county)

    assert "look_back" not in desk(county.office, on=task.look_back_on - dt.timedelta(days=1))
    assert desk(county.office, on=task.look_back_on)["look_back"] == [task]
    assert "look_back" not in desk(county.member, on=task.look_back_on)


def test_suggestions_wait_for_whoever_screens(county):
    kept = suggestions.receive(title="灯", problem="暗", region=county.village, form_token="t")

    assert desk(county.clerk)["suggestions"] == [kept]
    assert "suggestions" not in desk(county.member)
    suggestions.decline(kept, by=county.office, state="answered", answer="已修。")
    assert "suggestions" not in desk(county.clerk)


def test_a_restricted_case_leaves_the_desks_of_the_units(county):
    task = task_at("dispatched", county=county)
    assert task in desk(county.officer)["tasks"]

    step(task.case, "restrict", county=county)

    assert desk(county.officer) == {}


def test_a_long_block_shows_its_first_rows_and_says_that_there_are_more(county):
    made = [a_case(county=county) for _ in range(SHOWN + 2)]

    group = next(g for g in todo_for(county.clerk) if g.key == "cases")

    assert group.rows == made[:SHOWN]
    assert group.more


def test_the_number_of_queries_does_not_grow_with_the_rows(county, django_assert_max_num_queries):
    def read(count):
        with django_assert_max_num_queries(9) as queries:
            for group in todo_for(county.office):
                for row in group.rows:
                    str(row)
                    str(row.region if isinstance(row, Case) else row.case.region)
        return len(queries.captured_queries)

    case_at("proposed", county=county)
    task_at("replied", county=county)
    once = read(1)
    for _ in range(2):
        case_at("proposed", county=county)
        task_at("replied", county=county)

    assert read(3) == once
    assert timezone.localdate() == NOW.date()


def test_a_return_that_nobody_decides_is_late_at_the_office_and_stays_with_the_unit(county):
    """Asked on 1 July 2026, five working days: until 8 July it waits, on the 9th it is late."""
    with time_machine.travel(dt.datetime(2026, 7, 1, 4, tzinfo=dt.UTC), tick=False):
        task = task_at("return_requested", county=county)

    in_time = {group.key for group in todo_for(county.office, on=dt.date(2026, 7, 8))}
    late = {g.key: g for g in todo_for(county.dispatch_office, on=dt.date(2026, 7, 9))}

    assert "late_returns" not in in_time
    assert "tasks" in in_time
    assert (late["late_returns"].rows, late["late_returns"].is_late) == ([task], True)
    task.refresh_from_db()
    assert (task.state, task.unit) == ("return_requested", county.unit)
    assert "late_returns" not in {g.key for g in todo_for(county.officer, on=dt.date(2026, 7, 9))}


def test_an_extension_waits_for_the_office_until_silence_refuses_it(county):
    task = task_at("handling", county=county)
    task_step(task, "request_extension", county=county)

    assert desk(county.office)["extensions"] == [task]
    assert "extensions" not in desk(county.unit_leader)

    days = dt.timedelta(days=20)
    with time_machine.travel(timezone.now() + days, tick=False):
        assert sum(daily.silent_extensions()) == 1
        assert sum(daily.silent_extensions()) == 0
        assert desk(county.office)["late_silence"] == [task]
        assert "extensions" not in desk(county.office)
    request = task.extension_requests.get()
    assert (request.granted, request.by_silence, request.decided_by) == (False, True, None)
