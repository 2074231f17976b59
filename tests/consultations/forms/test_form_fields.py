"""What a box takes from what was typed."""

from __future__ import annotations

import datetime as dt
import pkgutil
from importlib import import_module

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

import consultations.forms
from committees.partial_dates import PartialDateFormField
from consultations.forms.fields import DayField, MeetingMomentField, TextField, TokenField, seen

MODULES = [
    *(f"consultations.forms.{module.name}" for module in pkgutil.iter_modules(consultations.forms.__path__)),
    "consultations.public.forms",
]  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["\u200b\u200b", "\u202e", " \ufeff ", "\u2066\u2069", "\u2060", "\u200e\u200f"]
)
def test_what_nobody_can_see_is_no_answer(typed):
    with pytest.raises(ValidationError):
        TextField().clean(typed)
    assert TextField(required=False).clean(typed) == ""


def test_the_words_stay_and_only_what_is_unseen_goes():
    assert TextField().clean(" \ufeff修\u200b东\u202e沟 第一段\u200d ") == "修东沟 第一段"
    assert seen("修\n沟") == "修\n沟"


@pytest.mark.parametrize("name", MODULES)
def test_every_box_for_words_is_such_a_field(name):
    found = vars(import_module(name)).values()
    for form in (f for f in found if isinstance(f, type) and issubclass(f, forms.BaseForm)):
        if issubclass(form, forms.BaseModelForm):  # its boxes follow from the model
            continue
        typed = {n: f for n, f in form.base_fields.items() if not f.widget.is_hidden}
        plain = [n for n, f in typed.items() if type(f) is forms.CharField]
        assert plain == [], form


@pytest.mark.parametrize("name", MODULES)
def test_a_key_that_the_page_wrote_is_not_searched_for_numbers(name):
    found = vars(import_module(name)).values()
    for form in (f for f in found if isinstance(f, type) and issubclass(f, forms.BaseForm)):
        hidden = [n for n, f in form.base_fields.items() if f.widget.is_hidden]
        searched = [n for n in hidden if isinstance(form.base_fields[n], TextField)]
        assert searched == [], form


def test_a_key_with_the_digits_of_a_phone_number_is_taken():
    assert TokenField().clean("b55bf94b2fb3a5c14286198930f3f682")


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2026-06-30", (2026, 6, 30)), ("2026年6月3日", (2026, 6, 3)), ("２０２６/6/3", (2026, 6, 3)),
     ("11月20日", (timezone.localdate().year, 11, 20)), ("2026. 6. 3", (2026, 6, 3))],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(typed, day):
    assert DayField().clean(typed) == dt.date(*day)


@pytest.mark.parametrize("typed", ["2026年2月30日", "2月30日", "2026-13-01"])
def test_a_day_that_the_calendar_has_not_is_told(typed):
    with pytest.raises(ValidationError) as wrong:
        DayField().clean(typed)
    assert wrong.value.code == "no_such_day"


@pytest.mark.parametrize("typed", ["明天", "6-30", "2026"])
def test_what_is_no_day_is_told_otherwise(typed):
    with pytest.raises(ValidationError) as wrong:
        DayField().clean(typed)
    assert wrong.value.code == "invalid"


def test_a_meeting_is_at_most_two_years_ahead():
    soon = timezone.localtime() + dt.timedelta(days=700)
    assert MeetingMomentField().clean(f"{soon:%Y-%m-%dT%H:%M}")
    with pytest.raises(ValidationError) as wrong:
        MeetingMomentField().clean("9999-01-01T09:00")
    assert wrong.value.code == "too_far"


def test_partial_dates_take_a_day_of_this_year():
    field = PartialDateFormField()
    assert field.clean("11月20日").text == f"{timezone.localdate().year}-11-20"
    for typed, code in (
        ("2月30日", "no_such_day"),
        ("2026-02-30", "no_such_day"),
        ("昨天", "invalid"),
    ):
        with pytest.raises(ValidationError) as wrong:
            field.clean(typed)
        assert wrong.value.code == code
