"""Paper slips counted in one form: together or not at all, and never more than were handed out."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import Rating, RatingAsked
from consultations.selectors.ratings import by_rater
from consultations.workflow.engine import Refused
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db
NUMBERS = {"satisfied": "6", "fair": "2", "dissatisfied": "1", "unknown": ""}


@pytest.fixture
def case(county):
    return case_at("rating", county=county)


def send(case, person, **typed):
    client = Client()
    client.force_login(person)
    day = f"{timezone.localdate()}"
    same = {"version": case.version, "rater": "affected", "asked": "12", "collected_on": day}
    page = f"/admin/consultations/case/{case.pk}/rating/tally/"
    return client.post(page, same | NUMBERS | {"reason": "一处仍在渗水。"} | typed)


def test_a_tally_is_kept_whole(case, county):
    assert send(case, county.clerk).status_code == 302

    kept = case.ratings.order_by("pk").values_list("result", "count", "reason", "channel")
    assert list(kept) == [
        ("satisfied", 6, "", "paper"), ("fair", 2, "", "paper"),
        ("dissatisfied", 1, "一处仍在渗水。", "paper"),
    ]  # fmt: skip
    asked = RatingAsked.objects.get()
    assert (asked.count, asked.rater, asked.entered_by) == (12, "affected", county.clerk)
    assert case.events.get(action="rate").data == {"count": 9, "asked": 12}


def test_the_process_is_counted_apart_from_the_result(case, county):
    sheet = {"process_satisfied": "8", "process_dissatisfied": "1"}
    assert send(case, county.clerk, asked="9", **sheet, reason="一处仍在渗水。").status_code == 302

    asked = RatingAsked.objects.get()
    assert asked.of_process == {"satisfied": 8, "fair": 0, "dissatisfied": 1, "unknown": 0}
    ((_kind, result, process),) = by_rater(case.ratings.all(), [asked], [])
    assert (result.content, process.content, process.rate) == (8, 8, 88.9)
    many = send(case, county.clerk, asked="9", process_fair="10", version=case.version + 1)
    assert many.context["form"].errors["asked"]


def test_unhappy_slips_of_a_second_round_are_answered_before_the_end(case, county):
    for action in ("reopen", "(handle all)", "open_rating"):
        step(case, action, county=county)
    assert send(case, county.clerk).status_code == 302

    case.refresh_from_db()
    with pytest.raises(Refused):
        step(case, "close", county=county, unhappy_answer="")


def test_where_no_slip_came_back_it_is_known_how_many_were_asked(case, county):
    nothing = dict.fromkeys(NUMBERS, "")
    assert send(case, county.clerk, **nothing, reason="").status_code == 302
    assert (RatingAsked.objects.get().count, Rating.objects.exists()) == (12, False)


@pytest.mark.parametrize(
    ("box", "typed"),
    [("asked", {"asked": "8"}), ("asked", {"asked": ""}), ("reason", {"reason": ""}),
     ("fair", {"fair": "两张"}), ("satisfied", {"satisfied": "-1"}), ("rater", {"rater": ""})],
)  # fmt: skip
def test_a_mistake_is_told_beside_its_box_and_nothing_is_lost(case, county, box, typed):
    page = send(case, county.clerk, **typed)

    assert page.status_code == 200
    assert page.context["form"].errors[box]
    sent = NUMBERS | {"asked": "12", "reason": "一处仍在渗水。"} | typed
    assert all(page.context["form"][name].value() == value for name, value in sent.items())
    assert not Rating.objects.exists()
    assert not RatingAsked.objects.exists()


def test_all_that_were_handed_out_may_come_back(case, county):
    assert send(case, county.clerk, asked="9").status_code == 302


def test_the_same_slips_sent_twice_are_kept_once(case, county):
    assert send(case, county.clerk).status_code == 302
    assert send(case, county.clerk).status_code == 200
    assert RatingAsked.objects.count() == 1


def test_a_unit_has_no_such_form_and_a_case_not_rated_yet_takes_none(case, county):
    assert send(case, county.unit_leader).status_code == 404
    early = case_at("handling", county=county)
    assert send(early, county.clerk).status_code == 200
    assert not RatingAsked.objects.exists()
