"""What may be put on record at which stage and by whom: written by hand from the specification.

Compared with `workflow/entries.py` for every combination of entry, stage and role; each condition
has its case below.
"""

from __future__ import annotations

import pytest

from committees.models import Role
from committees.partial_dates import PartialDate
from consultations.models import AgreedItem, Commitment
from consultations.permissions import asked, entries_for
from consultations.services import followups
from consultations.workflow import engine
from consultations.workflow.cases import Stage
from consultations.workflow.engine import Refused
from consultations.workflow.entries import ENTRIES
from tests.factories import case_at, grant

RECORDERS = "county_office studio_director liaison member village_clerk"
# entry | at the stages | who
MATRIX = f"""
follow_up        | handling supervision rating closed | {RECORDERS} prefecture_office province_office
check_commitment | deliberated party_review filing handling supervision rating | {RECORDERS}
settle           | deliberated party_review filing handling supervision rating | {RECORDERS}
look_again       | closed | county_office
rate             | rating | {RECORDERS}
"""


def rows() -> dict[str, tuple[set[str], set[str]]]:
    cells = [[cell.split() for cell in line.split("|")] for line in MATRIX.strip().splitlines()]
    return {action[0]: (set(stages), set(roles)) for action, stages, roles in cells}


def test_the_entries_are_those_of_the_specification():
    assert {row.action for row in ENTRIES} == set(rows())
    assert not any(row.targets or row.choose for row in ENTRIES)


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("action", rows())
def test_exactly_the_listed_roles_enter_at_the_listed_stages(action, stage):
    row = engine.find(ENTRIES, action, stage)
    stages, roles = rows()[action]

    allowed = {role for role in Role.values if row is not None and engine.allows(row, role)}

    assert allowed == (roles if stage in stages else set())


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["proposed", "research", "deliberated", "filing", "closed"])
def test_the_record_offers_what_the_table_says(county, stage):
    case = case_at(stage, county=county)

    for name in ("county_office", "member", "leader", "unit_officer", "prefecture_office"):
        wanted = {a for a, (stages, roles) in rows().items() if stage in stages and name in roles}
        assert entries_for(getattr(county, name), case) == wanted, name


def _follow(case, by, **fields):
    values = {"kind": "inspection", "done_on": PartialDate("2026-01"), "finding": "已通水。"}
    return followups.record_follow_up(case, by=by, **values | fields)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["draft", "approved", "scheduled", "filing", "terminated"])
def test_nothing_is_followed_up_before_it_was_handed_over(county, stage):
    case = case_at(stage, county=county)

    with pytest.raises(Refused):
        _follow(case, county.office)

    assert not case.follow_ups.exists()
    assert not case.events.filter(action="follow_up").exists()


@pytest.mark.django_db
def test_a_follow_up_lies_in_the_past_and_on_a_task_of_the_case(county):
    case, other = case_at("supervision", county=county), case_at("handling", county=county)

    for wrong in ({"done_on": PartialDate("2999-01")}, {"task": other.tasks.get()}):
        with pytest.raises(Refused) as refused:
            _follow(case, county.office, **wrong)
        assert len(refused.value.reasons) == 1
    _follow(case, county.office, task=case.tasks.get())


@pytest.mark.django_db
def test_those_above_the_county_say_what_they_found(county):
    case = case_at("closed", county=county)

    _follow(case, county.prefecture_office)

    assert case.events.get(action="follow_up").role == "prefecture_office"


@pytest.mark.django_db
def test_only_an_item_for_the_spot_that_was_read_back_is_settled(county):
    items = [{}, {"route": "on_the_spot"}, {"route": "on_the_spot", "dropped_reason": "并入第一条"}]
    case = case_at("deliberated", county=county, items=items)
    first, second, dropped = case.items.order_by("number")
    AgreedItem.objects.filter(pk=second.pk).update(confirmed_at=None)

    for item in (first, second, dropped):
        with pytest.raises(Refused) as refused:
            followups.settle_on_the_spot(item, by=county.office)
        assert len(refused.value.reasons) == 1
    assert not case.items.exclude(settled_on=None).exists()


@pytest.mark.django_db
def test_a_promise_is_checked_once(county):
    case = case_at("handling", county=county, items=[{"commitments": 1}])
    promise = Commitment.objects.get()
    checked = {"by": county.clerk, "finding": "已让水三天。"}
    followups.check_commitment(promise, state="kept", **checked)

    with pytest.raises(Refused):
        followups.check_commitment(promise, state="broken", **checked)

    promise.refresh_from_db()
    assert (promise.state, case.events.filter(action="check_commitment").count()) == ("kept", 1)


@pytest.mark.django_db
def test_nobody_enters_what_people_say_of_the_own_unit(county):
    case = case_at("rating", county=county)
    grant(county.member, "unit_officer", county.unit)
    row = engine.find(ENTRIES, "rate", "rating")

    assert len(engine.refusals(row, asked(case, county.member, "member"))) == 1
    assert engine.refusals(row, asked(case, county.office, "county_office")) == []
