"""What a box takes from what was typed."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest
from django import forms
from django.core.exceptions import ValidationError

import consultations.forms
from consultations.forms.fields import TextField, seen

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
        plain = [n for n, f in form.base_fields.items() if type(f) is forms.CharField]
        assert plain == [], form
