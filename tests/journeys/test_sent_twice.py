"""A form sent twice, by an impatient finger or a slow line, is kept once, and leads to the record."""

from __future__ import annotations

import pytest

from consultations.models import Case, FollowUp, Rating
from tests.factories import case_at
from tests.journeys import way
from tests.journeys.office import part_of
from tests.journeys.pages import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

LOG = "/admin/consultations/case/add/"


def send_twice(by, url: str, **typed) -> Page:
    """The answer to the second of two equal requests from one page."""
    by.open(url)
    form = by.page.form(next(iter(typed)))
    for box, value in typed.items():
        form.put(box, value)
    sent = form.data("save")
    assert by.post(url, sent).path != url, by.page.complaints
    return by.post(url, sent)


def test_a_topic_is_logged_once(town):
    typed = {"title": way.TITLE, "problem": way.PROBLEM, "region": "柳树村", "source": "residents"}

    send_twice(town.clerk, LOG, **typed)

    case = Case.objects.get()
    assert town.clerk.page.path == part_of(case, "change/")
    send_twice(town.clerk, LOG, **typed | {"title": "另一件事"})
    assert Case.objects.count() == 2


def test_a_follow_up_is_kept_once(town):
    case = case_at("handling", county=town.county)

    page = send_twice(town.office, part_of(case, "follow-up/"), kind="inspection", finding="看过了")

    assert page.path == part_of(case, "change/")
    assert FollowUp.objects.count() == 1


def test_answers_are_counted_once(town):
    case = case_at("rating", county=town.county)
    typed = {"rater": "affected", "channel": "paper", "result": "satisfied", "count": "9"}

    page = send_twice(town.clerk, part_of(case, "rating/"), **typed)

    assert page.path == part_of(case, "change/")
    assert Rating.objects.get().count == 9
