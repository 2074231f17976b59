"""The little of the reference data that the demonstration story stands on."""

from __future__ import annotations

from consultations.models import TopicField
from tests.factories import a_committee, a_region

FIELDS = (
    "business", "civility", "care", "education", "environment", "facilities", "health", "heritage", "housing",
    "industry-culture", "land", "living", "transport", "village",
)  # fmt: skip


def reference_data() -> None:
    a_committee(a_region("53"))
    for code in FIELDS:
        TopicField.objects.create(code=code, name=code)
