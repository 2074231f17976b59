"""What the CPPCC side puts on record after the answer: promises, follow-ups, ratings."""

from __future__ import annotations

import pytest
from django.utils import timezone

from committees.partial_dates import PartialDate
from consultations.models import Commitment, Rating
from consultations.services import followups
from consultations.workflow.engine import Refused
from tests.factories import case_at, grant

pytestmark = pytest.mark.django_db


def check(promise, county, state="kept", **fields):
    followups.check_commitment(
        promise, by=fields.pop("by", county.clerk), state=state, finding="已查看。", **fields
    )


def test_a_promise_is_checked_with_a_finding_and_by_the_right_people(county):
    case = case_at("handling", county=county, items=[{"commitments": 1}])
    promise = Commitment.objects.get()

    for person in (county.officer, county.outsider, county.approver, county.nobody):
        with pytest.raises(Refused):
            check(promise, county, by=person)
    with pytest.raises(Refused):
        followups.check_commitment(promise, by=county.clerk, state="kept", finding="")
    with pytest.raises(Refused):
        check(promise, county, "open")

    promise.refresh_from_db()
    assert (promise.state, case.events.filter(action="check_commitment").exists()) == (
        "open",
        False,
    )


def test_ratings_are_entered_by_the_cppcc_side_while_the_rating_is_open(county):
    case = case_at("rating", county=county)
    answer = {"rater": "affected", "channel": "call", "result": "fair", "count": 4}

    rating = followups.record_rating(case, by=county.village_clerk, **answer)

    event = case.events.get(action="rate")
    assert (rating.entered_by, rating.count, rating.collected_on) == (
        county.village_clerk, 4, timezone.localdate(),
    )  # fmt: skip
    assert (event.role, event.is_public) == ("village_clerk", False)
    assert event.data == {"rating": rating.pk, "count": 4}
    for person in (county.officer, county.unit_leader, county.outsider, county.nobody):
        with pytest.raises(Refused):
            followups.record_rating(case, by=person, **answer)
    with pytest.raises(Refused):
        followups.record_rating(case_at("supervision", county=county), by=county.office, **answer)
    assert Rating.objects.count() == 1


def test_nobody_enters_ratings_of_the_own_units_work(county):
    case = case_at("rating", county=county)
    grant(county.member, "unit_officer", county.unit)

    with pytest.raises(Refused):
        followups.record_rating(
            case, by=county.member, rater="resident", channel="paper", result="satisfied"
        )


def test_follow_ups_are_on_record_with_their_line(county):
    case = case_at("supervision", county=county)
    day = PartialDate("2026-05-mid")

    kept = followups.record_follow_up(
        case,
        by=county.member,
        kind="inspection",
        done_on=day,
        finding="通水正常。",
        is_public=False,
    )

    event = case.events.get(action="follow_up")
    assert (kept.recorded_by, kept.done_on, kept.task) == (county.member, day, None)
    assert (event.role, event.is_public) == ("member", False)
    assert event.data == {"follow_up": kept.pk, "kind": "inspection"}
    with pytest.raises(Refused):
        followups.record_follow_up(
            case, by=county.officer, kind="visit", done_on=day, finding="自查正常。"
        )


def test_settling_on_the_spot_names_day_and_person(county):
    case = case_at("handling", county=county, items=[{}, {"route": "on_the_spot"}])
    item = case.items.get(route="on_the_spot")

    followups.settle_on_the_spot(item, by=county.clerk)

    item.refresh_from_db()
    assert (item.settled_on, item.settled_by) == (timezone.localdate(), county.clerk)
    assert case.events.get(action="settle").data == {"item": item.pk}
