"""What became of an agreed item: solved only if all of it is; a table written by hand."""

from __future__ import annotations

import pytest

from consultations.models import AgreedItem, Commitment, ItemState, Task
from consultations.selectors.items import item_progress, item_state

S = ItemState
# states of the tasks | states of the promises | what became of the item
TABLE = [
    ("", "", S.OPEN),
    ("drafted", "", S.OPEN),
    ("dispatched", "", S.HANDLING),
    ("handling", "", S.HANDLING),
    ("suspended", "", S.HANDLING),
    ("replied", "", S.HANDLING),
    ("answered", "", S.HANDLING),  # answered is not done
    ("verified", "", S.SOLVED),
    ("verified verified", "", S.SOLVED),
    ("verified answered", "", S.HANDLING),
    ("verified handling", "", S.HANDLING),
    ("verified drafted", "", S.HANDLING),
    ("verified cancelled", "", S.SOLVED),
    ("cancelled", "", S.DROPPED),
    ("tracked", "", S.IN_PLAN),
    ("tracked verified", "", S.IN_PLAN),
    ("tracked explained", "", S.IN_PLAN),
    ("tracked handling", "", S.HANDLING),
    ("explained", "", S.EXPLAINED),
    ("explained verified", "", S.EXPLAINED),
    ("explained handling", "", S.HANDLING),
    ("", "open", S.HANDLING),
    ("", "kept", S.SOLVED),
    ("", "kept kept", S.SOLVED),
    ("", "kept open", S.HANDLING),
    ("", "broken", S.HANDLING),
    ("", "waived", S.OPEN),
    ("", "kept waived", S.SOLVED),
    ("verified", "kept", S.SOLVED),
    ("verified", "open", S.HANDLING),
    ("verified", "broken", S.HANDLING),
    ("explained", "open", S.HANDLING),
    ("drafted", "open", S.HANDLING),
]


def tasks(words: str, **fields) -> list[Task]:
    return [Task(state=state, **fields) for state in words.split()]


def promises(words: str) -> list[Commitment]:
    return [Commitment(state=state) for state in words.split()]


@pytest.mark.parametrize(("task_words", "promise_words", "wanted"), TABLE)
def test_the_state_follows_from_tasks_and_promises(task_words, promise_words, wanted):
    item = AgreedItem(route="county")

    assert item_state(item, tasks=tasks(task_words), commitments=promises(promise_words)) == wanted
    assert (
        item_state(item, tasks=iter(tasks(task_words)), commitments=iter(promises(promise_words)))
        == wanted
    )


def test_the_opinion_of_an_assisting_unit_neither_solves_nor_holds_an_item():
    item, lead = AgreedItem(route="county"), tasks("verified", role="lead")
    for state in ("handling", "answered"):
        assert (
            item_state(item, tasks=[*lead, *tasks(state, role="assist")], commitments=[])
            == S.SOLVED
        )

    assert item_state(item, tasks=tasks("answered", role="assist"), commitments=[]) == S.OPEN


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"route": "on_the_spot"}, S.OPEN),
        ({"route": "on_the_spot", "settled_on": "2026-06-10"}, S.SOLVED),
        ({"route": "explain", "settled_on": "2026-06-10"}, S.SOLVED),
        ({"route": "proposal"}, S.CONVERTED),
        ({"route": "opinion"}, S.CONVERTED),
        ({"route": "higher"}, S.CONVERTED),
        ({"route": "village"}, S.OPEN),
        ({"route": "county", "dropped_reason": "并入另一项"}, S.DROPPED),
    ],
)
def test_without_tasks_and_promises_the_route_decides(fields, wanted):
    assert item_state(AgreedItem(**fields), tasks=[], commitments=[]) == wanted


def test_a_dropped_item_stays_dropped_whatever_its_tasks_say():
    dropped = AgreedItem(dropped_reason="并入另一项")

    assert item_state(dropped, tasks=tasks("verified"), commitments=[]) == S.DROPPED


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([], None),
        ([("handling", None, 1)], None),
        ([("handling", 40, 1)], 40),
        ([("handling", 40, 1), ("handling", None, 1)], 20),
        ([("handling", 40, 3), ("verified", None, 1)], 55),
        ([("verified", None, 1)], 100),
        ([("cancelled", 90, 5), ("handling", 10, 1)], 10),
    ],
)
def test_progress_is_rolled_up_by_weight_and_never_invented(parts, wanted):
    found = [Task(state=s, percent=p, weight=w) for s, p, w in parts]

    assert item_progress(found) == wanted


def test_an_assisting_unit_does_not_count_in_the_progress():
    assert (
        item_progress(
            [Task(state="handling", percent=50), *tasks("handling", role="assist", percent=90)]
        )
        == 50
    )
