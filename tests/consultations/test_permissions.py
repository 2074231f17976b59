"""What real people, with their dated grants, are offered at each stage."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from committees.grants import grants_of
from committees.models import User
from consultations.models import Task
from consultations.offers import actions_for, steps_of
from consultations.permissions import may_create, may_edit, roles_in, roles_on, sees_inside
from consultations.selectors.cases import cases_for, tasks_for
from consultations.selectors.todo import todo_for
from consultations.workflow.cases import CASES, Stage
from consultations.workflow.engine import Refused, open_to
from consultations.workflow.tasks import TaskState
from tests.consultations.workflow import test_case_matrix as case_matrix
from tests.consultations.workflow import test_task_matrix as task_matrix
from tests.factories import a_case, a_committee, a_county, a_person, case_at, grant, step, task_at
from tests.offered import offer_for

pytestmark = pytest.mark.django_db

# Which grants reach a case of the village that belongs to the studio, and a task of `county.unit`.
ON_CASE = {
    "county_office", "leader", "party_approver", "studio_director", "liaison", "member",
    "dispatch_office", "village_clerk", "prefecture_office", "province_office", "system_admin",
    "security_admin", "audit_admin",
}  # fmt: skip
ON_TASK = ON_CASE | {"unit_officer", "unit_leader"}
PEOPLE = [*sorted(ON_TASK), "other_officer", "other_leader", "outsider", "nobody"]
# What the stage knows but this very case or task has no use for, so that it is not offered.
# Of the cases of `case_at` one has a public text that nobody has released yet.
UNFIT_CASE = {"rating": {"lift_restriction"}}
HIDDEN_AND_UNWRITTEN = {"publish", "lift_restriction"}
# Nobody assists in it, and no conference bound its unit.
UNFIT_TASK = {
    "dispatched": {"note_dissent"}, "handling": {"give_opinion", "note_dissent", "settle_dispute"},
}  # fmt: skip
ROLE = {"other_officer": "unit_officer", "other_leader": "unit_leader", "outsider": "county_office"}


def offered(user, subject) -> set[str]:
    return {offer.row.action for offer in actions_for(user, subject)}


@pytest.mark.parametrize("stage", Stage.values)
def test_on_a_case_each_person_is_offered_what_the_matrix_says(county, stage):
    case = case_at(stage, county=county)
    wanted = {
        name: {
            action
            for action in set(case_matrix.ACTIONS) - UNFIT_CASE.get(stage, HIDDEN_AND_UNWRITTEN)
            if (row := case_matrix.expected(action, stage)) and name in ON_CASE & row[1]
        }
        for name in PEOPLE
    }

    assert {name: offered(getattr(county, name), case) for name in PEOPLE} == wanted


@pytest.mark.parametrize("state", TaskState.values)
def test_on_a_task_each_person_is_offered_what_the_matrix_says(county, state):
    task = task_at(state, county=county)
    wanted = {
        name: {
            action
            for action in set(task_matrix.ACTIONS) - UNFIT_TASK.get(state, set())
            if (row := task_matrix.expected(action, state)) and name in ON_TASK & (row[3] | row[4])
        }
        for name in PEOPLE
    }

    assert {name: offered(getattr(county, name), task) for name in PEOPLE} == wanted


def test_roles_on_a_case_are_those_whose_scope_reaches_it(county):
    case, task = case_at("handling", county=county), task_at("handling", county=county)

    for name in PEOPLE:
        role = ROLE.get(name, name)
        on_case = {role} if name in ON_CASE else set()
        on_task = {role} if name in ON_TASK else set()
        assert roles_on(getattr(county, name), case) == on_case, name
        assert roles_on(getattr(county, name), task) == on_task, name
    assert roles_on(AnonymousUser(), case) == set()


ROLES = [role for role in case_matrix.Role.values if not role.endswith("_admin")]


@pytest.fixture
def upper(county) -> dict[str, User]:
    """Everybody whose grant lies above the county, by role and level."""
    above = {"prefecture": county.region.parent, "province": county.region.parent.parent}
    return {
        f"{role}@{level}": a_person(f"{role}@{level}", (role, region))
        for role in ROLES
        for level, region in above.items()
    }


@pytest.mark.parametrize("stage", Stage.values)
def test_whoever_sits_above_the_county_sees_its_case_and_moves_nothing(county, upper, stage):
    case = case_at(stage, county=county)

    for name, person in upper.items():
        level = name.split("@")[1]
        assert case in cases_for(person), name
        assert roles_on(person, case) == {f"{level}_office"}, name
        assert sees_inside(person, case, grants=grants_of(person)), name
        assert offered(person, case) == set(), name
        assert steps_of(person, case) == [], name
        assert may_edit(person, case) is None, name


@pytest.mark.parametrize("state", TaskState.values)
def test_whoever_sits_above_the_county_moves_no_task_of_it(county, upper, state):
    task = task_at(state, county=county)

    for name, person in upper.items():
        assert task in tasks_for(person), name
        assert offered(person, task) == set(), name


def test_no_step_is_taken_from_above_even_by_hand(county, upper):
    for stage in ("proposed", "party_review", "filing", "supervision"):
        case = case_at(stage, county=county)
        for row in open_to(CASES, stage):
            for role in row.roles:
                for level in ("prefecture", "province"):
                    person = upper.get(f"{role}@{level}")
                    with pytest.raises(Refused):
                        step(case, row.action, county=county, by=person or county.nobody)
        case.refresh_from_db()
        assert case.stage == stage


def test_a_grant_above_the_county_holds_in_matters_of_its_own_level(county, upper):
    prefecture, province = county.region.parent, county.region.parent.parent
    a_committee(prefecture)
    office = upper["county_office@prefecture"]
    own = a_case(county=county, by=office, region=prefecture, studio=None)

    assert roles_on(office, own) == {"county_office"}
    assert roles_on(upper["county_office@province"], own) == {"province_office"}
    assert "submit" in offered(office, own)
    assert may_create(office, prefecture) == "county_office"
    assert may_create(office, county.village) is None
    assert may_create(office, province) is None


def test_sensitive_matters_of_a_county_are_not_seen_from_above(county, upper):
    case = case_at("handling", county=county, sensitivity="sensitive")
    assert case in cases_for(county.office)

    for name, person in upper.items():
        assert case not in cases_for(person), name
        assert not tasks_for(person).exists(), name


def test_nothing_of_a_county_waits_for_those_above_it(county, upper):
    case_at("proposed", county=county)
    task_at("answered", county=county)
    mine = {
        "cases",
        "tasks",
        "unreported",
        "deferred",
        "suspended",
        "look_back",
        "closed_look_back",
        "asleep",
        "suggestions",
    }
    assert {"cases", "tasks"} <= {group.key for group in todo_for(county.office)}

    for name, person in upper.items():
        assert not mine & {group.key for group in todo_for(person)}, name


def test_roles_in_a_place_count_the_studio_that_lies_in_it(county):
    assert roles_in(county.clerk, county.village) == {"liaison"}
    assert roles_in(county.clerk, county.region) == set()
    assert roles_in(county.office, county.village) == {"county_office"}
    assert roles_in(county.outsider, county.village) == set()
    assert roles_in(county.nobody, county.village) == set()


def test_a_grant_of_yesterday_gives_no_right_today(county):
    case = case_at("proposed", county=county)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    former = a_person("former")
    grant(former, "leader", county.region, valid_until=yesterday)

    assert roles_on(former, case) == set()
    assert offered(former, case) == set()


def test_an_answer_is_never_remembered(county):
    case = case_at("proposed", county=county)
    person = a_person("new")
    assert offered(person, case) == set()
    held = grant(person, "leader", county.region)
    assert "approve" in offered(person, case)
    held.delete()

    assert offered(person, case) == set()


def test_an_offer_says_the_role_and_why_not(county):
    case = case_at("draft", county=county)

    open_offer = offer_for(county.clerk, case, "submit")
    barred = offer_for(county.director, case, "submit")

    assert (open_offer.role, open_offer.is_open, open_offer.reasons) == ("liaison", True, [])
    assert (barred.role, barred.is_open, len(barred.reasons)) == ("studio_director", False, 1)
    assert offer_for(county.leader, case, "submit") is None
    assert offer_for(county.clerk, case, "file") is None


def test_of_several_hats_the_one_with_the_fewest_objections_is_offered(county):
    """Leader and township committee in one person, under the gate of the leader."""
    case = case_at("proposed", county=county)
    person = a_person("both", ("party_approver", county.township), ("leader", county.region))

    offer = offer_for(person, case, "approve")

    assert (offer.role, offer.is_open) == ("leader", True)


def test_what_does_not_fit_the_very_case_or_task_is_not_offered(county):
    case = case_at("handling", county=county)
    step(case, "restrict", county=county)
    assert "lift_restriction" in offered(county.leader, case)
    assert "restrict" not in offered(county.office, case)

    task = task_at("handling", county=county)
    Task.objects.filter(pk=task.pk).update(role="assist")
    task.refresh_from_db()
    assert offered(county.officer, task) == {"report_progress", "give_opinion", "record_contact"}
    assert "reply" not in offered(county.unit_leader, task)


def test_what_ended_without_an_agreement_is_not_offered_to_be_taken_up_again(county):
    agreed, converted = (
        case_at("supervision", county=county),
        case_at("no_consensus", county=county),
    )
    step(converted, "convert", county=county)
    assert converted.stage == "supervision"

    assert "reopen" in offered(county.office, agreed)
    assert "reopen" not in offered(county.office, converted)


def test_a_release_is_offered_once_there_is_a_text_that_may_be_published(county):
    case = case_at("handling", county=county)
    assert "publish" not in offered(county.office, case)

    step(case, "(write public text)", county=county)
    assert offer_for(county.office, case, "publish").is_open
    step(case, "restrict", county=county)
    assert "publish" not in offered(county.office, case)
    step(case, "lift_restriction", county=county)
    step(case, "publish", county=county)
    assert "publish" not in offered(county.office, case)

    sensitive = case_at("rating", county=county, sensitivity="sensitive")
    assert sensitive.public_summary
    assert "publish" not in offered(county.office, sensitive)


def test_a_step_on_paper_is_offered_as_such(county):
    task = task_at("dispatched", county=county)

    assert offer_for(county.office, task, "sign_for").is_proxy
    assert not offer_for(county.officer, task, "sign_for").is_proxy


def test_long_lists_are_offered_the_same_steps_without_asking_the_guards(county):
    for stage in ("draft", "proposed", "handling", "closed"):
        case = case_at(stage, county=county)
        for name in PEOPLE:
            person = getattr(county, name)
            assert {row.action for row in steps_of(person, case)} == offered(person, case)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("county_office", "county_office"), ("studio_director", "studio_director"),
        ("liaison", "liaison"), ("member", "member"), ("village_clerk", "village_clerk"),
        ("leader", None), ("party_approver", None), ("unit_officer", None), ("outsider", None),
        ("prefecture_office", None), ("system_admin", None), ("nobody", None),
    ],
)  # fmt: skip
def test_who_logs_a_case_in_the_village(county, name, role):
    assert may_create(getattr(county, name), county.village) == role


def test_a_record_is_edited_by_clerks_while_it_is_open_and_by_its_author_as_a_draft(county):
    draft = a_case(county=county, by=county.member)
    going, ended = case_at("handling", county=county), case_at("closed", county=county)

    editors = {
        name: [may_edit(getattr(county, name), case) is not None for case in (draft, going, ended)]
        for name in PEOPLE
    }

    clerks = {"county_office", "studio_director", "liaison"}
    assert {n for n, (_, may, _) in editors.items() if may} == clerks
    assert {n for n, (may, _, _) in editors.items() if may} == clerks | {"member"}
    assert not any(may for *_, may in editors.values())


def test_a_neighbour_with_the_same_role_has_no_part(county):
    elsewhere = a_county("539941")
    case = case_at("proposed", county=county)

    for name in PEOPLE[:-2]:
        if name != "prefecture_office" and name != "province_office":
            assert roles_on(getattr(elsewhere, name), case) == set(), name
