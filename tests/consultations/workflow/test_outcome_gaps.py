"""What a plan still lacks is told for each item by the name of the field."""

import datetime as dt

from consultations.models import AgreedItem
from consultations.workflow.outcome_guards import gaps_of

DUE = dt.date(2026, 12, 31)


def item(number, **fields):
    return AgreedItem(
        number=number, **{"route": "county", "owner": "水务局", "due_on": DUE} | fields
    )


def name_of(field):
    return str(AgreedItem._meta.get_field(field).verbose_name)


def test_a_complete_plan_lacks_nothing():
    assert gaps_of([item(1), item(2, due_on=None, settled_on=DUE)]) == {}


def test_items_that_lack_the_same_are_told_together():
    lacking = gaps_of(
        [item(1, owner=""), item(2), item(3, owner=""), item(4, route="", due_on=None)]
    )

    both = f"{name_of('route')}、{name_of('due_on')}"
    assert lacking == {name_of("owner"): ["1", "3"], both: ["4"]}


def test_a_dropped_item_lacks_nothing():
    assert gaps_of([item(1, owner="", dropped_reason="不办了")]) == {}
