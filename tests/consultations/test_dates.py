"""One way of writing a day on the pages of the staff."""

from __future__ import annotations

import datetime as dt

import time_machine
from django.utils import translation

from committees.partial_dates import PartialDate
from consultations.templatetags.dates import day, moment, short_day

LATE_IN_UTC = dt.datetime(2026, 11, 20, 17, 5, tzinfo=dt.UTC)  # 01:05 of the next day here


def test_a_day_reads_like_a_partial_date():
    with translation.override("zh-hans"):
        assert day(dt.date(2026, 11, 21)) == "2026年11月21日"
        assert day(PartialDate.parse("2026-11-21")) == "2026年11月21日"
        assert day(PartialDate.parse("2020-10-mid")) == "2020年10月中旬"
        assert day(LATE_IN_UTC) == "2026年11月21日"
        assert moment(LATE_IN_UTC) == "2026年11月21日 01:05"


def test_nothing_stays_nothing():
    assert (day(None), moment(None), short_day(None), day("")) == ("", "", "", "")


@time_machine.travel(dt.datetime(2026, 11, 21, 2, tzinfo=dt.UTC), tick=False)
def test_a_narrow_cell_leaves_out_the_year_it_is_in():
    assert short_day(dt.date(2026, 3, 9)) == "03-09"
    assert short_day(dt.date(2025, 12, 31)) == "2025-12-31"
    assert short_day(LATE_IN_UTC) == "11-21"
