"""Pages by the place of their rows."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.models import Case
from consultations.selectors.jsonrows import as_models
from consultations.selectors.keyset import NEWEST, Order, page_of
from tests.public_cases import a_reported_case, listed

BY_REGION = Order("region_id", newest_first=False)


@given(st.text())
def test_any_text_is_a_place_or_none(text):
    place = NEWEST.read(text)

    assert place is None or isinstance(place[0], dt.datetime)


@given(
    st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2286, 1, 1), timezones=st.just(dt.UTC)),
    st.integers(1, 10**18 - 1),
)
def test_a_place_written_is_the_place_read(moment, pk):
    assert NEWEST.read(NEWEST.place_of(Case(pk=pk, listed_at=moment))) == (moment, pk)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("order", [NEWEST, BY_REGION])
def test_every_row_is_met_once_in_order_whatever_the_size(county, size, order):
    for n in range(7):
        listed(a_reported_case(f"r-{n}", county=county), minutes=n // 2)
    everything = list(order.sorted(Case.objects.all()))

    met, wanted = [], {}
    for _page in range(8):
        page = page_of(Case.objects.all(), wanted, size=size, order=order)
        met += page.rows
        if not page.after:
            break
        wanted = {"after": page.after}
    assert met == everything

    back = [page.rows]
    for _page in range(8):
        if not page.before:
            break
        page = page_of(Case.objects.all(), {"before": page.before}, size=size, order=order)
        back.append(page.rows)
    assert [row for rows in back[::-1] for row in rows] == everything


def test_a_row_that_came_in_between_does_not_shift_the_next_page(county):
    for n in range(4):
        listed(a_reported_case(f"r-{n}", county=county), minutes=n)
    first = page_of(Case.objects.all(), {}, size=2)
    listed(a_reported_case("new", county=county), minutes=99)
    second = page_of(Case.objects.all(), {"after": first.after}, size=2)

    assert [case.code for case in first] == ["r-3", "r-2"]
    assert [case.code for case in second] == ["r-1", "r-0"]


def test_values_of_json_become_dates_and_numbers_again():
    (case,) = as_models(Case, [{"id": 3, "raised_on": "2020-06-mid", "year": 2020, "extra": "x"}])

    assert (case.pk, str(case.raised_on.earliest), case.extra) == (3, "2020-06-11", "x")
