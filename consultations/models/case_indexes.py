"""The indexes of the cases: each list has one that it walks in just its order."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

# Every list shows the newest first; each has an index that is walked in just this order.
NEWEST = (F("listed_at").desc(), F("id").desc())
PUBLIC_LISTS = {
    "case_public_prefecture": "prefecture_code",
    "case_public_county": "county_code",
    "case_public_stage": "stage",
    "case_public_field": "field",
    "case_public_year": "year",
    "case_public_source": "source",
    "case_public_campaign": "campaign",
    "case_public_studio": "studio",
}

INDEXES = [
    models.Index(*NEWEST, condition=Q(is_public=True), name="case_public"),
    *(
        models.Index(F(column), *NEWEST, condition=Q(is_public=True), name=name)
        for name, column in PUBLIC_LISTS.items()
    ),
    models.Index(
        F("origin"),
        F("prefecture_code"),
        F("stage"),
        condition=Q(is_public=True),
        name="case_public_counted",
    ),
    models.Index(F("id"), condition=Q(restricted_at__isnull=False), name="case_restricted"),
    models.Index(*NEWEST, name="case_listed"),
    models.Index(F("county_code"), *NEWEST, name="case_county_listed"),
    models.Index(F("prefecture_code"), *NEWEST, name="case_prefecture_listed"),
    models.Index(F("stage"), *NEWEST, name="case_stage_listed"),
    models.Index(F("county_code"), F("stage"), F("stage_due_on"), name="case_county_stage_due"),
    models.Index(F("studio"), F("stage"), F("stage_due_on"), name="case_studio_stage_due"),
    models.Index(
        F("stage_due_on"), F("id"), condition=Q(stage_due_on__isnull=False), name="case_due"
    ),
    models.Index(
        F("county_code"),
        F("look_back_on"),
        condition=Q(look_back_on__isnull=False),
        name="case_look_back",
    ),
    models.Index(
        F("county_code"),
        F("asleep_since"),
        condition=Q(asleep_since__isnull=False),
        name="case_asleep",
    ),
    models.Index(*NEWEST, condition=Q(is_public=True, relapses__gt=0), name="case_public_relapsed"),
]
