"""A number is written as exactly as it was stated, and no more exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from consultations.models import Exactness
from consultations.templatetags.words import stated


@pytest.mark.parametrize(
    ("value", "unit", "exactness", "words"),
    [
        ("300", "人", Exactness.EXACT, "300人"),
        ("300", "人", Exactness.NEARLY, "近300人"),
        ("300", "人", Exactness.ABOUT, "约300人"),
        ("300", "人", Exactness.MORE_THAN, "300余人"),
        ("1.3", "万户", Exactness.MORE_THAN, "1.3万余户"),
        ("5", "次", Exactness.AT_LEAST, "5次以上"),
        ("300", "人", Exactness.AT_LEAST, "300人以上"),
        ("3", "万户", Exactness.AT_LEAST, "3万户以上"),
    ],
)
def test_how_exactly(value, unit, exactness, words):
    with override("zh-hans"):
        assert strip_tags(stated(Decimal(value), unit, exactness)) == words


def test_more_than_a_few_is_not_the_same_as_at_least():
    more, least = (stated(Decimal(5), "次", e) for e in (Exactness.MORE_THAN, Exactness.AT_LEAST))
    assert more != least
    with override("en"):
        assert strip_tags(stated(Decimal(5), "次", Exactness.MORE_THAN)) == "more than 5次"
