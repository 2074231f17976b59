"""A year of the working calendar as it is pasted: a list of days, or the notice itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from consultations.calendar import Year
from consultations.forms.work_calendar import DayForm, YearForm, read_days, written

NOTICE = """各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件，要按规定及时报告。
国务院办公厅
2025年11月4日
"""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


def test_the_notice_is_read_as_it_was_published():
    found = read_days(NOTICE, year=2026)

    assert sorted(found.worked.items()) == [
        (day("01-04"), "元旦"), (day("02-14"), "春节"), (day("02-28"), "春节"),
        (day("09-20"), "国庆节"), (day("10-10"), "国庆节"),
    ]  # fmt: skip
    assert len(found.off) == 3 + 9 + 7
    assert found.off[day("02-23")] == "春节"


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01 休 元旦\n2026-01-04 班 元旦",
        "2026年1月1日 放假 元旦\n\n2026/1/4 上班 元旦",
        "元旦：1月1日放假；1月4日上班",
    ],
)
def test_a_list_is_read_in_the_ways_people_write_it(text):
    found = read_days(text, year=2026)

    assert list(found.off) == [day("01-01")]
    assert list(found.worked) == [day("01-04")]


def test_what_was_read_is_written_so_that_it_reads_the_same():
    found = read_days(NOTICE, year=2026)

    assert read_days(written(found), year=2026) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-01-01 休\n2026-02-30 休", "2026-02-30"),
        ("2026-01-01 休\n2026-01-05 班", "2026-01-05"),  # a Monday
        ("2026-01-01 休\n2026-01-04 休\n2026-01-04 班", "2026-01-04"),
        ("2027-01-01 休", "1"),
        ("2026-01-01", "1"),
        ("元旦放假", "1"),
        ("5日 休", "5日"),
        ("1月3日至1日放假", "2026-01-01"),
        ("1月1日至12月31日放假", "2026-12-31"),
        ("", ""),
    ],
)
def test_what_cannot_be_is_said_with_its_line(text, words):
    with pytest.raises(ValidationError) as refused:
        read_days(text, year=2026)
    assert any(words in message for message in refused.value.messages)


def test_nothing_typed_is_lost_where_a_line_is_wrong():
    form = YearForm({"days": "2026-13-01 休", "document": "x"}, year=2026)

    assert not form.is_valid()
    assert form["days"].value() == "2026-13-01 休"
    assert "days" in form.errors


@pytest.mark.parametrize(("kind", "off", "worked"), [
    ("off", ["01-01", "03-07"], []), ("worked", ["01-01"], ["03-07"]), ("plain", ["01-01"], []),
])  # fmt: skip
def test_one_day_becomes_otherwise(kind, off, worked):
    known = Year({day("01-01"): "元旦"}, {day("03-07"): "试"} if kind == "plain" else {})
    data = {"date": "2026-03-07", "kind": kind, "name": "试", "document": "x"}
    form = DayForm(data, year=2026, known=known)

    assert form.is_valid(), form.errors
    assert (sorted(form.read.off), sorted(form.read.worked)) == (
        [day(one) for one in off], [day(one) for one in worked]
    )  # fmt: skip


@pytest.mark.parametrize(("date", "kind"), [("2027-03-07", "off"), ("2026-03-09", "worked")])
def test_a_day_of_another_year_or_no_weekend_is_refused_beside_its_field(date, kind):
    form = DayForm({"date": date, "kind": kind, "document": "x"}, year=2026, known=Year())

    assert not form.is_valid()
    assert set(form.errors) <= {"date", "kind"}
