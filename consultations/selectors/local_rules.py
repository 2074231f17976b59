"""The local rules of a place as they stand, and what a change of one touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from committees.models import Parameter, Region, RoleGrant, User
from committees.models.regions import code_after
from committees.parameters import DEFAULTS, shown
from consultations.models import Case, Suggestion, Task
from consultations.selectors.cases import cases_for, suggestions_for
from consultations.selectors.due_moves import Move, begun_by_rule, rule_moves

# The rules by which due dates on record are counted; they keep the value they began with.
DUE_RULES = (
    "topic_decision_days", "reconsult_days", "outcome_days", "party_decision_days", "filing_days",
    "rating_days", "reply_months", "reply_fast_days", "reply_long_months", "opinion_months",
    "rehandle_months", "correct_days", "first_answer_days", "minutes_days",
)  # fmt: skip
LIGHT_RULES = ("blue_days", "yellow_days", "quiet_days", "first_contact_days")
COUNTED = 1000


@dataclass(frozen=True)
class InForce:
    """One rule in a place: the value, which region set it and since when, and what is set for
    later days. Without a region it is the default."""

    key: str
    value: Any
    set_by: Parameter | None
    later: list[Parameter]

    @property
    def label(self) -> Any:
        return DEFAULTS[self.key].label

    @property
    def in_words(self) -> str:
        return shown(self.key, self.value)

    @property
    def is_counted(self) -> bool:
        return self.key in DUE_RULES

    @property
    def later_in_words(self) -> list[tuple[Parameter, str]]:
        return [(rule, shown(rule.key, rule.value)) for rule in self.later]


def in_force(region: Region, *, on: dt.date | None = None) -> list[InForce]:
    """Every rule as it stands in a region on a day, in the order of the list. One query."""
    day = on or timezone.localdate()
    codes = [*region.ancestor_codes, region.code]
    rules = Parameter.objects.filter(region__in=codes, key__in=DEFAULTS).select_related("region")
    found: dict[str, list[Parameter]] = {key: [] for key in DEFAULTS}
    for rule in rules.order_by("region_id", "effective_from", "pk"):
        found[rule.key].append(rule)
    return [_in_force(key, found[key], day) for key in DEFAULTS]


def _in_force(key: str, rules: list[Parameter], day: dt.date) -> InForce:
    """The rules come from the widest region to the nearest, of each the oldest first."""
    begun = [rule for rule in rules if rule.effective_from <= day]
    later = [rule for rule in rules if rule.effective_from > day]
    set_by = begun[-1] if begun else None
    return InForce(key, set_by.value if set_by else DEFAULTS[key].default, set_by, later)


@dataclass(frozen=True)
class Touched:
    """What a new value touches. `others` are the due dates that would be other if they were moved
    to it; `running` is how much of what the rule is about runs today, `COUNTED` at most."""

    others: list[Move]
    running: int
    is_counted: bool
    is_light: bool

    @property
    def is_more(self) -> bool:
        return self.running >= COUNTED


def touched(region: Region, key: str, value: Any) -> Touched:
    """In the places that take the value from this region."""
    own = Case.objects.filter(**_inside(region))
    tasks = Task.objects.filter(case__in=own).running()
    running = tasks.order_by("pk").values_list("pk", flat=True)[:COUNTED]
    others: list[Move] = []
    if key in DUE_RULES:
        takes = _places_below(region, key)
        begun = begun_by_rule(
            key,
            tasks=Task.objects.filter(case__in=own),
            cases=own,
            suggestions=Suggestion.objects.filter(**_inside(region)),
        )
        others = rule_moves(
            (one for one in begun if takes(one.region)), value_in=lambda code: int(value)
        )
    return Touched(others, len(running), key in DUE_RULES, key in LIGHT_RULES)


def _cases(region: Region, user: User, grants: Iterable[RoleGrant] | None) -> QuerySet[Case]:
    """What the person sees of the region and below."""
    seen = cases_for(user, grants=grants)
    return seen.filter(**_inside(region))


def _inside(region: Region) -> dict[str, str]:
    return {"region__gte": region.code, "region__lt": code_after(region.code)}


def _places_below(region: Region, key: str) -> Callable[[str], bool]:
    """Whether a place takes the rule from this region: none further down has set its own."""
    own = Parameter.objects.filter(key=key, **_inside(region)).exclude(region=region)
    nearer = tuple(own.values_list("region_id", flat=True).distinct().order_by("region_id"))
    return lambda code: not code.startswith(nearer) if nearer else True


def begun_otherwise(region: Region, key: str, *, user: User,
                    grants: Iterable[RoleGrant] | None = None) -> list[Move]:  # fmt: skip
    """The running due dates of a region that another value than that in force today began, each
    with the date it would have."""
    own, values = _cases(region, user, grants), _Values(key)
    raised = suggestions_for(user, grants=grants).filter(**_inside(region))
    tasks = Task.objects.filter(case__in=own)
    begun = begun_by_rule(key, tasks=tasks, cases=own, suggestions=raised)
    return rule_moves(begun, value_in=values.in_region)


class _Values:
    """The value of one rule in force today for many places; read whole and at once."""

    def __init__(self, key: str) -> None:
        today = timezone.localdate()
        rules = Parameter.objects.filter(key=key, effective_from__lte=today)
        rows = rules.order_by("effective_from", "pk").values_list("region_id", "value")
        self.key, self.by_region = key, dict(rows)

    def in_region(self, code: str) -> int:
        codes = [own for own in self.by_region if code.startswith(own)]
        return self.by_region[max(codes, key=len)] if codes else DEFAULTS[self.key].default
