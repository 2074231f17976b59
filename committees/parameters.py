"""The rules that differ from place to place: keys, kinds, defaults, and the value in force.

A value set for a region holds for everything below it until a lower region sets its own.
Defaults are those of the specification; days are working days unless the key says otherwise.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Parameter, Region, ResultClass, ResultMeaning


@dataclass(frozen=True)
class Rule:
    """A rule that a place may set: its name, the kind of its value, and the default."""

    label: Any
    kind: type
    default: Any


DEFAULTS: dict[str, Rule] = {
    "topic_decision_days": Rule(_("Decide on a topic within (working days)"), int, 10),
    "party_decision_days": Rule(_("Party committee decides within (working days)"), int, 5),
    "filing_days": Rule(_("File after approval within (working days)"), int, 5),
    "outcome_days": Rule(_("Outcome goes to the Party within (working days)"), int, 5),
    "sign_for_days": Rule(_("Sign for a task within (working days)"), int, 2),
    "lapse_days": Rule(_("Unsigned counts as accepted after further (working days)"), int, 5),
    "return_window_days": Rule(_("A unit may return a task within (working days)"), int, 5),
    "reply_months": Rule(_("Reply within (months)"), int, 3),
    "opinion_months": Rule(_("Opinion of an assisting unit within (months)"), int, 1),
    "extension_ask_days": Rule(_("Ask for an extension before due (working days)"), int, 5),
    "extension_max_days": Rule(_("Longest extension (calendar days)"), int, 31),
    "suspend_max_days": Rule(_("Longest suspension (calendar days)"), int, 180),
    "defer_max_days": Rule(_("Longest deferral of a topic (calendar days)"), int, 180),
    "verify_days": Rule(_("Verify after the reply within (working days)"), int, 20),
    "rating_days": Rule(_("Rating stays open for (working days)"), int, 15),
    "lookback_days": Rule(_("Look back at promises every (calendar days)"), int, 90),
    "blue_days": Rule(_("Blue light from (working days left)"), int, 5),
    "yellow_days": Rule(_("Yellow light from (working days left)"), int, 2),
    "quiet_days": Rule(_("Yellow light without progress for (calendar days)"), int, 30),
    "relapse_months": Rule(_("A closed case may be reopened for (months)"), int, 24),
    "topic_gate": Rule(_("Topic approved by (leader / party)"), str, "leader"),
    "filing_prefix": Rule(_("Filing number prefix"), str, ""),
    "meeting_formula": Rule(_("Participant formula"), str, ""),
    "hotline": Rule(_("Office phone shown to the public"), str, ""),
}

RESULT_CLASSES = [
    ("A", _("Solved"), ResultMeaning.SOLVED),
    ("B", _("In plan"), ResultMeaning.IN_PLAN),
    ("C", _("Cannot be done for now"), ResultMeaning.DEFERRED),
    ("D", _("Kept for reference"), ResultMeaning.REFERENCE),
]


def value_for(region: Region, key: str, *, on: dt.date | None = None) -> Any:
    """The value in force for a region on a day: the nearest region upward that set one."""
    codes = [*region.ancestor_codes, region.code]
    found = (
        Parameter.objects.filter(
            region__in=codes, key=key, effective_from__lte=on or timezone.localdate()
        )
        .order_by("-region_id", "-effective_from")
        .values_list("value", flat=True)
        .first()
    )
    return DEFAULTS[key].default if found is None else found


def result_classes_for(region: Region) -> list[tuple[str, str, str]]:
    """(code, label, meaning) of the result classes in use: the nearest region upward, or A–D."""
    codes = [*region.ancestor_codes, region.code]
    rows = ResultClass.objects.filter(region__in=codes).order_by("-region_id", "code")
    nearest = rows.values_list("region_id", flat=True).first()
    if nearest is None:
        return [(code, str(label), meaning) for code, label, meaning in RESULT_CLASSES]
    return list(rows.filter(region_id=nearest).values_list("code", "label", "meaning"))
