"""Part of a case becomes a linked draft of its own."""

from __future__ import annotations

import pytest

from consultations.models import AgreedItem, Case, CaseLink
from consultations.selectors.items import items_to_split_off
from consultations.workflow.engine import Refused
from tests.factories import case_at, step, walk_task

pytestmark = pytest.mark.django_db

ITEMS = [{}, {"commitments": 1}, {"route": "village"}]


def split(case, county, **typed):
    typed = {"title": "机耕桥破损", "problem": "桥面破损，过不了车。"} | typed
    event = step(case, "split", county=county, split=typed)
    return Case.objects.get(pk=event.data["case"]), event


def test_the_new_topic_is_a_linked_draft_of_the_clerk(county):
    case = case_at("research", county=county)
    before = case.stage

    draft, event = split(case, county, sides=[case.sides.get(name="下游村民")])

    assert (draft.stage, draft.title, draft.created_by) == ("draft", "机耕桥破损", county.clerk)
    assert (draft.studio, draft.region, draft.source) == (case.studio, case.region, case.source)
    assert [side.name for side in draft.sides.all()] == ["下游村民"]
    assert case.sides.count() == 2
    link = CaseLink.objects.get()
    assert (link.case, link.other, link.kind) == (draft, case, "split")
    assert (event.from_stage, event.to_stage, case.stage) == (before, before, before)
    assert event.data == {"case": draft.pk, "code": draft.code, "items": []}
    assert event.is_public is False


def test_agreed_items_go_along_with_tasks_and_promises(county):
    case = case_at("deliberated", county=county, items=ITEMS)
    going = case.items.get(number=2)

    draft, _event = split(case, county, items=[going])

    assert list(case.items.values_list("number", flat=True)) == [1, 3]
    moved = draft.items.get()
    assert (moved.pk, moved.number, moved.meeting, moved.confirmed_at) == (going.pk, 1, None, None)
    assert [task.case for task in moved.tasks.all()] == [draft]
    assert case.tasks.count() == 1
    promise = moved.commitments.get()
    assert (promise.side.case, promise.side.name) == (draft, "上游村民")
    assert moved.history.first().history_user == county.clerk


def test_what_was_decided_upon_stays(county):
    offered = {
        stage: items_to_split_off(case_at(stage, county=county)).count()
        for stage in ("research", "deliberated", "party_review", "handling")
    }
    assert offered == {"research": 0, "deliberated": 1, "party_review": 0, "handling": 0}


def test_what_is_settled_or_dropped_is_not_offered(county):
    case = case_at("deliberated", county=county, items=ITEMS)
    assert items_to_split_off(case).count() == 3
    AgreedItem.objects.filter(case=case, number=1).update(settled_on="2026-03-01")
    AgreedItem.objects.filter(case=case, number=2).update(dropped_reason="不再需要")

    assert [item.number for item in items_to_split_off(case)] == [3]


def test_an_item_of_somebody_else_or_handed_over_is_refused_whole(county):
    case, other = (case_at("deliberated", county=county) for _ in range(2))
    number = Case.objects.count()

    with pytest.raises(Refused):
        split(case, county, items=[other.items.get()])

    assert (Case.objects.count(), other.items.count()) == (number, 1)


def test_after_the_hand_over_only_the_rest_of_the_problem_leaves(county):
    case = case_at("handling", county=county)
    walk_task(case.tasks.get(), "handling", county=county)

    with pytest.raises(Refused):
        split(case, county, items=[case.items.get()])
    draft, _event = split(case, county)

    assert (draft.items.count(), case.items.count()) == (0, 1)
