"""The rules that differ from place to place: keys, what they take, and the value in force.

A value set for a region holds for everything below it until a lower region sets its own.
Defaults are those of the specification; days are working days unless the key says otherwise.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Parameter, Region, ResultClass, ResultMeaning

ONE_LINE = _("one line of text")


@dataclass(frozen=True)
class Number:
    """A whole number from `least` to `most`, both included."""

    least: int
    most: int

    def read(self, text: str) -> int:
        if text.isdecimal() and len(text) < 9 and self.least <= int(text) <= self.most:
            return int(text)
        limits = {"least": self.least, "most": self.most}
        raise ValidationError(_("Write a whole number from %(least)s to %(most)s.") % limits)


@dataclass(frozen=True)
class Choice:
    """One of a few words, each with its meaning; the meaning may be written instead."""

    meanings: Mapping[str, Any]

    def read(self, text: str) -> str:
        for word, meaning in self.meanings.items():
            if text in (word, str(meaning)):
                return word
        raise ValidationError(_("Write one of: %s.") % told(self.meanings))


@dataclass(frozen=True)
class Text:
    """A short text of one line; empty means that the default holds."""

    longest: int
    pattern: str = r"[^\r\n]*"
    wanted: Any = ONE_LINE

    def read(self, text: str) -> str:
        if len(text) <= self.longest and re.fullmatch(self.pattern, text):
            return text
        limits = {"wanted": self.wanted, "longest": self.longest}
        raise ValidationError(_("Write %(wanted)s, %(longest)s characters at most.") % limits)


@dataclass(frozen=True)
class Rule:
    """A rule that a place may set: its name, what values it takes, and the default."""

    label: Any
    takes: Number | Choice | Text
    default: Any


DAYS = Number(1, 250)
LONG_DAYS = Number(1, 366)
MONTHS = Number(1, 24)
LEFT = Number(0, 60)
ROUNDS = Number(1, 9)
PHONE = Text(60, r"[0-9０-９()（）+、,，\s转-]*", _("a phone number"))
PREFIX = Text(20, r"[^〔〕\s]*", _("a prefix without spaces or 〔〕"))
GATES = {
    "leader": _("the county CPPCC leader approves topics"),
    "party": _("the township Party committee approves topics"),
}
SEEN_BY = {
    "none": _("field research needs no approval"),
    "party": _("the township Party committee approves field research"),
}

DEFAULTS: dict[str, Rule] = {
    "topic_decision_days": Rule(_("Decide on a topic within (working days)"), DAYS, 10),
    "party_decision_days": Rule(_("Party committee decides within (working days)"), DAYS, 5),
    "research_gate": Rule(_("Field research approved by (none / party)"), Choice(SEEN_BY), "none"),
    "filing_days": Rule(_("File after approval within (working days)"), DAYS, 5),
    "dispatch_days": Rule(_("Hand over after filing within (working days)"), DAYS, 3),
    "meeting_notice_days": Rule(_("Announce a meeting ahead by (working days)"), LEFT, 5),
    "materials_days": Rule(_("Papers to the participants ahead by (working days)"), LEFT, 3),
    "minutes_days": Rule(_("Record of a meeting within (working days)"), DAYS, 7),
    "outcome_days": Rule(_("Outcome goes to the Party within (working days)"), DAYS, 5),
    "sign_for_days": Rule(_("Sign for a task within (working days)"), DAYS, 2),
    "lapse_days": Rule(_("Unsigned counts as accepted after further (working days)"), DAYS, 5),
    "return_window_days": Rule(_("A unit may return a task within (working days)"), DAYS, 5),
    "reply_months": Rule(_("Reply within (months)"), MONTHS, 3),
    "reply_fast_days": Rule(_("Reply to an urgent task within (working days)"), DAYS, 20),
    "reply_long_months": Rule(_("Reply to a long task within (months)"), MONTHS, 6),
    "opinion_months": Rule(_("Opinion of an assisting unit within (months)"), MONTHS, 1),
    "return_decision_days": Rule(_("Decide on a return within (working days)"), DAYS, 5),
    "return_dispute_days": Rule(
        _("Decide on a disputed return, by conference, within (working days)"), DAYS, 10
    ),
    "extension_ask_days": Rule(_("Ask for an extension before due (working days)"), LEFT, 5),
    "extension_decision_days": Rule(
        _("Decide on an extension within (working days); silence refuses it"), DAYS, 3
    ),
    "first_contact_days": Rule(
        _("First talk with who raised the matter within (working days)"), DAYS, 10
    ),
    "extension_max_days": Rule(_("Longest extension (calendar days)"), LONG_DAYS, 31),
    "suspend_max_days": Rule(_("Longest suspension (calendar days)"), LONG_DAYS, 180),
    "defer_max_days": Rule(_("Longest deferral of a topic (calendar days)"), LONG_DAYS, 180),
    "publish_days": Rule(_("Make an answer public within (working days)"), DAYS, 20),
    "first_answer_days": Rule(
        _("First answer to a resident's suggestion within (working days)"), DAYS, 5
    ),
    "verify_days": Rule(_("Verify after the reply within (working days)"), DAYS, 20),
    "rating_days": Rule(_("Rating stays open for (working days)"), DAYS, 15),
    "rehandle_months": Rule(
        _("Put right what was found not done or reopened within (months)"), MONTHS, 1
    ),
    "rehandle_rounds": Rule(_("Rounds of handling before the leader decides"), ROUNDS, 2),
    "reconsult_days": Rule(
        _("Consult again after no consensus within (calendar days)"), LONG_DAYS, 30
    ),
    "reconsult_rounds": Rule(_("Most meetings on one matter"), ROUNDS, 3),
    "lookback_days": Rule(_("Look back at promises every (calendar days)"), LONG_DAYS, 90),
    "look_back_first_months": Rule(_("First look back after closing (months)"), MONTHS, 6),
    "look_back_second_months": Rule(_("Second look back after closing (months)"), MONTHS, 12),
    "sleep_days": Rule(_("A case sleeps when nothing came for (calendar days)"), LONG_DAYS, 60),
    "blue_days": Rule(_("Blue light from (working days left)"), LEFT, 5),
    "yellow_days": Rule(_("Yellow light from (working days left)"), LEFT, 2),
    "quiet_days": Rule(_("Yellow light without progress for (calendar days)"), LONG_DAYS, 30),
    "correct_days": Rule(_("Mend a returned reply within (working days)"), DAYS, 10),
    "urge_reminder_days": Rule(_("Remind of a passed date after (working days)"), DAYS, 1),
    "urge_slip_days": Rule(_("Prepare a follow-up slip after (working days)"), DAYS, 5),
    "urge_leader_days": Rule(_("Turn to the leader in charge after (working days)"), DAYS, 10),
    "urge_answer_days": Rule(_("Answer a follow-up slip within (working days)"), DAYS, 3),
    "relapse_months": Rule(_("A closed case may be reopened for (months)"), Number(1, 120), 24),
    "anonymise_months": Rule(
        _("Residents' names are taken out after the end (months)"), Number(6, 120), 24
    ),
    "topic_gate": Rule(_("Topic approved by (leader / party)"), Choice(GATES), "leader"),
    "filing_prefix": Rule(_("Filing number prefix"), PREFIX, ""),
    "letter_prefix": Rule(_("Prefix of hand-over letters"), PREFIX, ""),
    "slip_prefix": Rule(_("Number prefix of follow-up slips"), PREFIX, ""),
    "meeting_formula": Rule(_("Participant formula"), Text(60), ""),
    "hotline": Rule(_("Office phone shown to the public"), PHONE, ""),
}


def checked(key: str, text: str) -> Any:
    """What somebody wrote as the value of a rule, as the rule takes it, or a `ValidationError`."""
    return DEFAULTS[key].takes.read(text.strip())


# Of two rules with days left, the light of the first changes earlier, at more days.
EARLIER_LIGHT = ("blue_days", "yellow_days")


def check_lights(region: Region, key: str, value: Any, *, on: dt.date) -> None:
    """A `ValidationError` where a rule for lights would leave no day to the blue light: it comes
    first, so its days are more than those of the yellow one.

    Looked at is what the other rule says in the place on that day, and what is set there for
    later days already.
    """
    if key not in EARLIER_LIGHT:
        return
    other = next(name for name in EARLIER_LIGHT if name != key)
    for theirs in _values_from(region, other, on=on):
        blue, yellow = (value, theirs) if key == EARLIER_LIGHT[0] else (theirs, value)
        if blue <= yellow:
            words = {"blue": blue, "yellow": yellow, "other": DEFAULTS[other].label}
            raise ValidationError(
                _("The blue light comes before the yellow one, so its days must be more: blue "
                  "would be %(blue)s, yellow %(yellow)s. Change this value, or first the rule "
                  "“%(other)s”.") % words
            )  # fmt: skip


def _values_from(region: Region, key: str, *, on: dt.date) -> list[Any]:
    """What a rule says in a region on a day, and what is set for that region from later days."""
    later = Parameter.objects.filter(region=region, key=key, effective_from__gt=on)
    dates = later.order_by("effective_from", "pk").values_list("value", flat=True)
    return [value_for(region, key, on=on), *dates]


def shown(key: str, value: Any) -> str:
    """A value in words."""
    rule = DEFAULTS.get(key)
    takes = rule.takes if rule else None
    return str(takes.meanings.get(value, value) if isinstance(takes, Choice) else value)


def told(meanings: Mapping[str, Any]) -> str:
    """Words and their meanings, for a hint: leader (the leader approves); party (…)."""
    return "；".join(f"{word}（{meaning}）" for word, meaning in meanings.items())


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
