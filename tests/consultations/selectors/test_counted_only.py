"""What goes up as a number only: sensitive and restricted matters, real ones that were sent."""

from __future__ import annotations

import pytest
from django.utils.translation import ngettext

from committees.grants import grants_of
from consultations.models import Case
from consultations.selectors.cases import cases_for, counted_only
from tests.factories import a_county, a_person, case_at
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db


def test_an_upper_office_is_told_how_many_sensitive_matters_lie_below_and_nothing_more():
    county, other = a_county(), a_county("149941", name="别处的县")
    office = a_person("above", ("prefecture_office", county.region.parent))
    for place, stage, fields in (
        (county, "proposed", {"sensitivity": "sensitive"}), (county, "proposed", {}),
        (county, "draft", {"sensitivity": "sensitive"}),
        (county, "proposed", {"sensitivity": "sensitive", "origin": "demo"}),
        (other, "proposed", {"sensitivity": "sensitive"}),
    ):  # fmt: skip
        case = case_at(stage, county=place)
        Case.objects.filter(pk=case.pk).update(**fields)

    assert counted_only(grants_of(office)) == 1
    assert not cases_for(office).exclude(sensitivity="normal").exclude(sensitivity="").exists()
    told = ngettext(
        "%(n)s sensitive or restricted case below; such cases are counted only.",
        "%(n)s sensitive or restricted cases below; such cases are counted only.", 1,
    )  # fmt: skip
    assert told % {"n": 1} in Colleague(office).open("/admin/").text
    assert counted_only(grants_of(county.office)) == 0
