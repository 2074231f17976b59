"""Dates as precise as their source: read, shown, stored, ordered, never rounded."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import ValidationError
from django.forms.models import modelform_factory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from committees.models import SourceReport, StudioSeat
from committees.partial_dates import (
    LONGEST,
    PartialDate,
    PartialDateField,
    PartialDateFormField,
    lasts,
    not_over,
)

WRITTEN = [
    # stored, as a person may write it, first day, last day
    ("2020", ["2020", "2020年", " 2020 ", "２０２０年"], (2020, 1, 1), (2020, 12, 31)),
    ("2020-early", ["2020年年初", "2020年初", "2020-early"], (2020, 1, 1), (2020, 3, 31)),
    ("2020-late", ["2020年底", "2020年年底", "2020年末"], (2020, 10, 1), (2020, 12, 31)),
    ("2020-H1", ["2020年上半年", "2020-H1"], (2020, 1, 1), (2020, 6, 30)),
    ("2020-H2", ["2020年下半年"], (2020, 7, 1), (2020, 12, 31)),
    ("2020-Q1", ["2020年第一季度", "2020年一季度", "2020年1季度"], (2020, 1, 1), (2020, 3, 31)),
    ("2020-Q4", ["2020年第四季度", "2020年第4季度"], (2020, 10, 1), (2020, 12, 31)),
    ("2020-02", ["2020年2月", "2020-02", "2020-2", "2020/2", "2020.2"], (2020, 2, 1), (2020, 2, 29)),
    ("2021-02", ["2021年02月"], (2021, 2, 1), (2021, 2, 28)),
    ("2020-06-early", ["2020年6月上旬"], (2020, 6, 1), (2020, 6, 10)),
    ("2020-06-mid", ["2020年6月中旬", "2020 年 6 月 中旬"], (2020, 6, 11), (2020, 6, 20)),
    ("2020-06-late", ["2020年6月下旬"], (2020, 6, 21), (2020, 6, 30)),
    ("2020-06-15", ["2020年6月15日", "2020年6月15号", "2020-06-15", "2020-6-15", "2020.6.15"],
     (2020, 6, 15), (2020, 6, 15)),
]  # fmt: skip
INVALID = [
    "", "昨天", "20", "20200", "2020-13", "2020-00", "2020-02-30", "2021年2月29日", "2020-06-",
    "2020年13月", "2020年6月32日", "2020-Q5", "2020-H3", "2020年第五季度", "0000", "2020-06-15-1",
    "2020-middle", "年初", "6月中旬", "2020年6月中旬左右", "2020-6/15-", "٢٠٢٠-x",
]  # fmt: skip


@pytest.mark.parametrize(("stored", "ways", "first", "last"), WRITTEN)
def test_reads_what_people_write_and_keeps_the_precision(stored, ways, first, last):
    for way in ways:
        found = PartialDate.parse(way)

        assert found.text == stored, way
        assert (found.earliest, found.latest) == (dt.date(*first), dt.date(*last))
        assert found.is_exact == (first == last)
        assert found.year == first[0]


@pytest.mark.parametrize("text", INVALID)
def test_what_is_no_date_is_not_read(text):
    with pytest.raises(ValueError):
        PartialDate.parse(text)


def stored_forms():
    years = st.integers(1900, 2099).map(str)
    months = st.integers(1, 12).map("{:02d}".format)
    spans = st.sampled_from(["H1", "H2", "Q1", "Q2", "Q3", "Q4", "early", "late"])
    parts = st.sampled_from(["early", "mid", "late"])
    days = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)).map(dt.date.isoformat)
    return st.one_of(
        years,
        st.tuples(years, spans).map("-".join),
        st.tuples(years, months).map("-".join),
        st.tuples(years, months, parts).map("-".join),
        days,
    )


@given(stored_forms())
def test_every_stored_form_survives_reading_and_showing_in_chinese(text):
    date = PartialDate.parse(text)
    with translation.override("zh-hans"):
        shown = str(date)

    assert date.text == text
    assert len(text) <= LONGEST
    assert PartialDate.parse(shown) == date
    assert date.earliest <= date.latest


@given(stored_forms(), stored_forms())
def test_dates_order_by_the_first_day_they_can_mean(one, other):
    first, second = PartialDate.parse(one), PartialDate.parse(other)

    if first.latest < second.earliest:
        assert first < second
    assert (first < second) + (second < first) + (first == second) == 1


def test_the_vaguer_of_two_that_begin_together_comes_first():
    texts = ["2020-01-01", "2020-01-early", "2020-01", "2020-early", "2020-H1", "2020"]

    ordered = sorted(PartialDate.parse(text) for text in texts)

    assert [date.text for date in ordered] == texts[::-1]


def test_the_text_in_the_database_sorts_in_time_as_far_as_days_go():
    texts = ["2019-12-31", "2020", "2020-01", "2020-01-01", "2020-06-15", "2021"]

    assert sorted(texts) == texts


@pytest.mark.parametrize(("stored", "ways", "_first", "_last"), WRITTEN)
def test_the_form_field_reads_and_shows_the_same(stored, ways, _first, _last):
    field = PartialDateFormField()

    for way in ways:
        assert field.clean(way) == PartialDate(stored)
    assert field.prepare_value(PartialDate(stored)) == stored
    assert not field.has_changed(PartialDate(stored), stored)
    assert field.has_changed(PartialDate(stored), "1999")


def test_the_form_field_says_how_to_write_a_date():
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        PartialDateFormField().clean("昨天")

    assert "2020-06-15" in caught.value.messages[0]
    assert caught.value.code == "invalid"


def test_an_empty_box_is_an_unknown_date():
    assert PartialDateFormField(required=False).clean("") is None
    assert not PartialDateFormField(required=False).has_changed(None, "")


ReportForm = modelform_factory(SourceReport, fields=["code", "title", "published_on"])


@pytest.mark.django_db
def test_a_model_form_takes_chinese_and_keeps_what_was_typed_when_it_is_wrong():
    good = ReportForm({"code": "r1", "title": "报道", "published_on": "2022年6月中旬"})
    bad = ReportForm({"code": "r1", "title": "报道", "published_on": "上个月"})

    assert good.is_valid(), good.errors
    assert good.cleaned_data["published_on"] == PartialDate("2022-06-mid")
    assert list(bad.errors) == ["published_on"]
    assert 'value="上个月"' in str(bad["published_on"])


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["2022-06-early", "2022", None])
def test_the_longest_and_the_unknown_date_survive_the_database(text):
    date = text and PartialDate(text)
    report = SourceReport.objects.create(code="r", title="报道", published_on=date)

    report.refresh_from_db()

    assert report.published_on == date
    assert SourceReport.objects.filter(published_on=date).exists()
    form = ReportForm(instance=report)
    assert form["published_on"].value() == text
    assert not ReportForm(
        {"code": "r", "title": "报道", "published_on": text or ""}, instance=report
    ).has_changed()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["2022-06-mid", None])
def test_fixtures_carry_the_stored_form(text):
    SourceReport.objects.create(code="r", title="报道", published_on=text and PartialDate(text))

    written = serializers.serialize("json", SourceReport.objects.all())
    SourceReport.objects.all().delete()
    for record in serializers.deserialize("json", written):
        record.save()

    assert SourceReport.objects.get().published_on == (text and PartialDate(text))


def test_a_fixture_with_nonsense_is_refused_with_a_message():
    field = PartialDateField()

    assert field.to_python(2020) == PartialDate("2020")
    for nonsense in ("soon", 20, "2020-02-30"):
        with pytest.raises(ValidationError):
            field.to_python(nonsense)


def test_the_form_field_of_a_model_field_leaves_room_for_chinese():
    field = PartialDateField("date").formfield()

    assert isinstance(field, PartialDateFormField)
    assert isinstance(field.widget, forms.TextInput)
    assert field.max_length >= len("2020年12月31日")


DAYS = [dt.date(2026, 1, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 10), dt.date(2026, 4, 11),
        dt.date(2026, 6, 30), dt.date(2026, 7, 1), dt.date(2026, 11, 21), dt.date(2026, 12, 31)]  # fmt: skip


def every_end() -> list[str]:
    """Each kind of date around the year 2026."""
    spans = ["early", "late", "H1", "H2", "Q1", "Q2", "Q3", "Q4"]
    months = [f"{month:02d}" for month in range(1, 13)]
    within = [
        f"{month}-{part}" for month in months for part in ("early", "mid", "late", "01", "21")
    ]
    return [
        text for year in (2025, 2026, 2027)
        for text in (f"{year}", *(f"{year}-{end}" for end in (*spans, *months, *within)))
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_database_knows_as_well_what_is_not_over(county, day):
    seats = [
        StudioSeat(studio=county.studio, kind="member", name=text, valid_until=PartialDate(text))
        for text in every_end()
    ]
    StudioSeat.objects.bulk_create(
        [*seats, StudioSeat(studio=county.studio, kind="member", name="")]
    )

    found = StudioSeat.objects.filter(not_over(on=day), studio=county.studio)

    names = set(found.values_list("name", flat=True))
    last = {text for text in every_end() if PartialDate(text).latest >= day}
    assert names == last | {""}
    assert lasts(None, on=day)
    assert {text for text in every_end() if lasts(PartialDate(text), on=day)} == last
