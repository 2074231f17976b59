"""What the record page hands to the guards is what they would have looked up themselves."""

from __future__ import annotations

import pytest

from consultations.offers import actions_for
from consultations.selectors import record
from consultations.selectors.timeline import timeline
from tests.factories import CASE_WAYS, a_case, case_at, record_meeting, step

pytestmark = pytest.mark.django_db
PEOPLE = ("office", "director", "clerk", "leader", "approver", "member")


def known(case):
    events = [line.event for line in timeline(case, public=False)]
    items = record.item_lines(case, grants=[], inside=True, steps=lambda task: [])
    return record.known_of(record.sections(case, events), items)


def offers_alike(case, county) -> None:
    facts = known(case)
    for who in PEOPLE:
        person = getattr(county, who)
        assert actions_for(person, case, known=dict(facts)) == actions_for(person, case), who


@pytest.mark.parametrize("stage", CASE_WAYS)
def test_the_steps_are_the_same_with_what_is_known(county, stage):
    offers_alike(case_at(stage, county=county), county)


def test_also_where_something_is_missing(county):
    bare = case_at("research", county=county)
    bare.sides.first().delete()
    offers_alike(bare, county)

    held = case_at("scheduled", county=county)
    record_meeting(held, county=county)
    offers_alike(held, county)
    held.meetings.get().participants.update(attended=False)
    offers_alike(held, county)

    open_items = case_at("deliberated", county=county)
    open_items.items.update(route="")
    offers_alike(open_items, county)
    open_items.items.update(dropped_reason="并入另一条")
    offers_alike(open_items, county)

    offers_alike(a_case(county=county, sides=()), county)


def test_also_after_a_return_of_the_substance_and_after_three_rounds(county):
    returned = case_at("party_review", county=county)
    step(returned, "return_outcome", county=county, substance=False)
    offers_alike(returned, county)
    step(returned, "submit_outcome", county=county)
    step(returned, "return_outcome", county=county, substance=True)
    offers_alike(returned, county)
    assert known(returned)["last_outcome"].is_substantial

    rounds = case_at("no_consensus", county=county)
    for _round in range(2):
        step(rounds, "schedule", county=county)
        step(rounds, "conclude_without_consensus", county=county)
    offers_alike(rounds, county)
    assert known(rounds)["rounds"] == 3
