"""Who sees which cases, tasks and suggestions: a table written by hand, and nothing beyond it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from consultations.selectors import cases as selectors
from consultations.selectors.cases import cases_for, public_cases, suggestions_for, tasks_for
from consultations.services import suggestions
from tests.factories import a_case, a_county, a_person, a_region, case_at, grant, step

pytestmark = pytest.mark.django_db

ALL = "village studioless township county sibling abroad sensitive offline unanswered restricted"
# Which of the cases below each person sees.
SEES = {
    "county_office": "village studioless township county sensitive offline unanswered restricted",
    "leader": "village studioless township county sensitive offline unanswered restricted",
    "dispatch_office": "village studioless township county sensitive offline unanswered restricted",
    "party_approver": "village studioless township sensitive offline unanswered restricted",
    "studio_director": "village sensitive offline unanswered restricted",
    "liaison": "village sensitive offline unanswered restricted",
    "member": "village sensitive offline unanswered restricted",
    "village_clerk": "village studioless sensitive offline unanswered restricted",
    "unit_officer": "village sensitive",
    "unit_leader": "village sensitive",
    "double_leader": "village sensitive",
    "other_officer": "",
    "prefecture_office": "village studioless township county sibling",
    "province_office": "village studioless township county sibling abroad",
    "system_admin": "",
    "security_admin": "",
    "audit_admin": "",
    "nobody": "",
    "outsider": "",
}


@pytest.fixture
def scene(county):
    """Cases inside and outside of the county, by name. Those with tasks went to `county.unit`."""
    sibling, abroad = a_county("539941", name="邻河县"), a_county("539821", name="远山县")
    offices = {"by": county.office}
    made = {
        "village": case_at("handling", county=county),
        "studioless": a_case(county=county, studio=None, **offices),
        "township": a_case(county=county, studio=None, region=county.township, **offices),
        "county": a_case(county=county, studio=None, region=county.region, **offices),
        "sibling": case_at("handling", county=sibling),
        "abroad": case_at("handling", county=abroad),
        "sensitive": case_at("handling", county=county, sensitivity="sensitive"),
        "offline": a_case(county=county, sensitivity="offline"),
        "unanswered": a_case(county=county, sensitivity=""),
        "restricted": case_at("handling", county=county),
    }
    step(made["restricted"], "restrict", county=county)
    return made


def names(scene, found) -> set[str]:
    return {name for name, case in scene.items() if case in set(found)}


def test_each_person_sees_exactly_what_the_table_says(county, scene):
    assert set(scene) == set(ALL.split())

    seen = {name: names(scene, cases_for(getattr(county, name))) for name in SEES}

    assert seen == {name: set(words.split()) for name, words in SEES.items()}


def test_everybody_of_the_county_has_a_row():
    people = set(a_county().people) - {"clerk", "office", "director", "approver", "officer"}

    assert people - {"other_leader"} == set(SEES)


def test_tasks_follow_their_cases_and_units_see_only_their_own(county, scene):
    for name, words in SEES.items():
        found = {task.case for task in tasks_for(getattr(county, name))}
        with_tasks = {"village", "sensitive", "restricted", "sibling", "abroad"}
        assert names(scene, found) == set(words.split()) & with_tasks, name


def test_a_unit_sees_a_task_only_once_it_was_handed_over(county):
    case = case_at("filing", county=county)
    assert not cases_for(county.officer).exists()
    assert not tasks_for(county.officer).exists()

    step(case, "file", county=county)

    assert list(cases_for(county.officer)) == [case]
    assert list(tasks_for(county.officer)) == list(case.tasks.all())
    assert not tasks_for(county.other_officer).exists()


def test_a_case_is_listed_once_however_many_grants_reach_it(county):
    case = case_at("handling", county=county)
    grant(county.office, "liaison", county.studio)
    grant(county.office, "unit_officer", county.unit)

    assert list(cases_for(county.office)) == [case]
    assert cases_for(county.office).count() == 1


def test_grants_count_from_their_first_to_their_last_day(county):
    case = a_case(county=county)
    today, day = timezone.localdate(), dt.timedelta(days=1)
    for username, dates, sees in (
        ("begins-today", {"valid_from": today}, True),
        ("ends-today", {"valid_until": today}, True),
        ("ended", {"valid_until": today - day}, False),
        ("not-yet", {"valid_from": today + day}, False),
    ):
        person = a_person(username)
        grant(person, "county_office", county.region, **dates)
        assert cases_for(person).filter(pk=case.pk).exists() is sees, username


def test_whoever_is_switched_off_or_unknown_sees_nothing(county):
    a_case(county=county)
    county.office.is_active = False

    assert not cases_for(county.office).exists()
    assert not cases_for(AnonymousUser()).exists()
    assert not tasks_for(AnonymousUser()).exists()
    assert not suggestions_for(AnonymousUser()).exists()


def test_a_superuser_is_no_reader_of_cases(county):
    a_case(county=county)

    assert not cases_for(a_person("root", is_superuser=True, is_staff=True)).exists()


def test_similar_codes_are_no_neighbours(county):
    """53992110 begins like 5399211…: scope goes by level, not by the look of a number."""
    near = a_county("539911", name="近名县")
    case = a_case(county=near)

    assert case not in cases_for(county.office)
    assert case in cases_for(near.office)
    assert case not in cases_for(a_person("t", ("party_approver", a_region("539911101"))))


def test_the_public_sees_what_was_released_and_nothing_else(county, scene):
    assert not public_cases().exists()
    step(scene["village"], "(write public text)", county=county)
    step(scene["village"], "publish", county=county)

    assert names(scene, public_cases()) == {"village"}


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("county_office", {"here", "county"}),
        ("studio_director", {"here"}),
        ("liaison", {"here"}),
        ("member", set()),
        ("leader", set()),
        ("outsider", set()),
        ("unit_officer", set()),
        ("prefecture_office", set()),
    ],
)
def test_the_inbox_is_that_of_the_place_one_screens_for(county, name, sees):
    places = {"here": county.village, "county": county.region, "away": a_county("539941").village}
    for token, region in places.items():
        suggestions.receive(title="灯", problem="暗", region=region, form_token=token)

    found = {s.form_token for s in suggestions_for(getattr(county, name))}

    assert found == sees


# --- sabotage: with a scope widened, the table above does not hold ---------------------------------


def everything(*args, **kwargs):
    return Q()


SABOTAGE = {
    "a region shows everything": ("_below", everything, "outsider"),
    "a grant shows everything": ("case_scope", everything, "liaison"),
    "upper offices see sensitive cases": ("SHOWN_ABOVE", Q(), "prefecture_office"),
    "administrators see cases": ("BUSINESS_ROLES", ("system_admin",), "system_admin"),
}


@pytest.mark.parametrize("name", SABOTAGE)
def test_control_a_widened_scope_is_noticed(county, scene, name, monkeypatch):
    what, value, person = SABOTAGE[name]
    monkeypatch.setattr(selectors, what, value)

    assert names(scene, cases_for(getattr(county, person))) != set(SEES[person].split())


def test_scope_costs_one_query_more_than_the_grants(county, scene, django_assert_num_queries):
    with django_assert_num_queries(3):  # the grants, the studio they point to, the cases
        assert len(list(cases_for(county.liaison))) == 5
