"""What a list of cases can be narrowed by: the same for the public page and the API."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import lru_cache

import django_filters as filters
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from committees.models import HandlingUnit, Origin
from consultations.models import TopicSource
from consultations.selectors.cases import public_cases
from consultations.selectors.keyset import Among
from consultations.selectors.public import Choices, case_rows, choices_for
from consultations.selectors.public_units import cases_of_unit
from consultations.selectors.search import find_cases
from consultations.selectors.wording import kept_stage_names
from consultations.workflow.cases import PUBLIC_STAGE, PublicStage

SEARCH_LENGTH = 60
KEY_LENGTH = 19
STAGES_OF = {
    word: [stage for stage, public in PUBLIC_STAGE.items() if public == word]
    for word in PublicStage
}

# Demonstration cases stand apart: among the others they would look like real ones.
DEMO = (("1", _("Demonstration cases")),)
# What a figure of the home page opens.
RELAPSED = (("1", _("Came back after the end, and were taken up again")),)
KEPT_QUESTIONS = 200
# So few cases leave this way that collecting them costs less than looking along the whole list.
RARE = (PublicStage.NOT_ADOPTED, PublicStage.REFERRED)


class Choice(filters.ChoiceFilter):
    def __init__(self, *args, **kwargs):
        super().__init__(
            *args,
            empty_label=_("All of them"),
            widget=forms.Select(attrs={"class": "in"}),
            **kwargs,
        )


class UnitField(forms.CharField):
    """The key of a handling unit, as the links from its page carry it."""

    choices = ()

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        key = int(text) if text.isascii() and text.isdecimal() and len(text) < KEY_LENGTH else 0
        unit = HandlingUnit.objects.filter(pk=key).first()
        if unit is None:
            raise ValidationError(gettext("There is no such handling unit on record."))
        return unit


class OfUnit(filters.Filter):
    field_class = UnitField


class CaseFilter(filters.FilterSet):
    """Region (prefecture, county), field, year, public stage, source, brand, unit, words.

    A value that does not exist is an error of the form, said beside the field; the list is empty
    then, never wider than what was asked for. Demonstration cases are only found by asking for them.
    """

    q = filters.CharFilter(label=_("Words"), method="with_words", max_length=SEARCH_LENGTH)
    region = Choice(label=_("Prefecture or city"), method="in_region")
    county = Choice(label=_("County, city or district"), method="in_region")
    stage = Choice(label=_("How far it is"), choices=PublicStage.choices, method="at_stage")
    year = Choice(label=_("Year of the case"), field_name="year")
    field = Choice(label=_("What it is about"), method="in_field")
    source = Choice(label=_("Who raised it"), choices=TopicSource.choices)
    campaign = Choice(label=_("Brand or campaign"), field_name="campaign__code")
    unit = OfUnit(label=_("Handling unit"), method="with_part_of")
    relapsed = Choice(label=_("Came back"), choices=RELAPSED, method="came_back")
    demo = Choice(label=_("Demonstration cases"), choices=DEMO, method="apart")

    def __init__(self, data=None, queryset=None, *, choices: Choices | None = None, **kwargs):
        super().__init__(_without_stray_county(data), queryset, **kwargs)
        self.choices = choices or choices_for(self.prefecture)
        self.names = kept_stage_names()
        found = {
            "region": self.choices.prefectures,
            "county": self.choices.counties,
            "year": self.choices.years,
            "field": self.choices.fields,
            "campaign": self.choices.campaigns,
            "stage": self.names.choices("public", region=self.place),
        }
        for name, pairs in found.items():
            self.filters[name].extra["choices"] = pairs

    @property
    def prefecture(self) -> str:
        """The prefecture chosen, also where only the county stands in the address."""
        given = (self.data or {}).get("region") or (self.data or {}).get("county") or ""
        return given[:4] if given.isdigit() else ""

    @property
    def place(self) -> str:
        """The narrowest place chosen: what its stages are called."""
        given = (self.data or {}).get("county") or ""
        return given if given.isdigit() else self.prefecture

    @property
    def qs(self):
        """Nothing where the question cannot be understood."""
        return self.narrow(self.queryset)

    def narrow(self, rows):
        if not self.is_valid():
            return rows.none()
        rows = self.filter_queryset(rows)
        return rows if self.is_demo else rows.exclude(origin=Origin.DEMO)

    @property
    def is_demo(self) -> bool:
        return bool(self.form.cleaned_data.get("demo"))

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The boxes of the form beside the list; the counties only once a prefecture is chosen."""
        hidden = {"q", "unit", "relapsed", "demo"} | (
            set() if self.choices.counties else {"county"}
        )
        return [box for box in self.form if box.name not in hidden or _is_wrong(box)]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked, as it was typed, for the links that keep it."""
        return {name: str((self.data or {}).get(name) or "") for name in self.filters}

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """(name, words) of what narrows the list, in the order of the fields."""
        if not self.is_valid():
            return []
        return [
            (name, _words_of(self.form.fields[name], value))
            for name, value in self.form.cleaned_data.items()
            if value
        ]

    def apart(self, rows, name, value):
        return rows.filter(origin=Origin.DEMO)

    def came_back(self, rows, name, value):
        return rows.filter(relapses__gt=0)

    def with_words(self, rows, name, value):
        return find_cases(rows, value)

    def with_part_of(self, rows, name, value):
        return rows.filter(pk__in=cases_of_unit(value).values("pk"))

    def in_region(self, rows, name, value):
        return rows.within(value)

    def at_stage(self, rows, name, value):
        if value in RARE:
            found = public_cases().filter(stage__in=STAGES_OF[value])
            return rows.filter(pk__in=found.values("pk"))
        return _among(rows, "stage", STAGES_OF[value])

    def in_field(self, rows, name, value):
        return _among(rows, "field", self.choices.below[value])


def understood(data: Mapping[str, str]) -> CaseFilter:
    """The question of an address. Making its form is a quarter of what the list costs, so it is
    kept as long as the choices in it; `narrow` is all that may be done with it."""
    asked = tuple((name, data[name]) for name in CaseFilter.base_filters if data.get(name))
    if not settings.KEEP_PAGES:
        return _understood(asked)
    return _kept(asked, get_language(), int(time.monotonic() / settings.KEEP_PAGES))


@lru_cache(maxsize=KEPT_QUESTIONS)
def _kept(asked: tuple[tuple[str, str], ...], language: str, period: int) -> CaseFilter:
    return _understood(asked)


def _understood(asked: tuple[tuple[str, str], ...]) -> CaseFilter:
    question = CaseFilter(dict(asked), queryset=case_rows())
    question.is_valid()
    return question


def _among(rows, column, values):
    if len(values) == 1:
        return rows.filter(**{column: values[0]})
    return rows.filter(Among(F(column), values))


def _without_stray_county(data):
    """Who chooses another prefecture in the form still sends the county chosen before."""
    region, county = (data or {}).get("region"), (data or {}).get("county")
    if not region or not county or county.startswith(region):
        return data
    return {name: value for name, value in data.items() if name != "county"}


def _is_wrong(box: forms.BoundField) -> bool:
    """What was asked in vain is said beside its box, also where the box is not offered."""
    return box.name != "q" and bool(box.errors)


def _words_of(box: forms.Field, value: str) -> str:
    return str(dict(getattr(box, "choices", ())).get(value, value)).strip()
