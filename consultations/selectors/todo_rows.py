"""The first rows of each rule of the desk, by two statements for all rules of a kind of record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.utils.translation import gettext as _

from consultations.models import Task

SHOWN = 10


@dataclass(frozen=True)
class Rule:
    """One block of the desk: which of `rows` belong to it (`where`), and in which order.

    `mark` is said of a record that meets the rule and stands in an earlier block.
    """

    key: str
    title: Any
    mark: Any
    rows: QuerySet[Any]
    where: Q
    order: tuple[str, ...]


@dataclass(frozen=True)
class Matter:
    """One record of the desk with what else is true of it."""

    row: Any
    marks: list[str]


@dataclass(frozen=True)
class Group:
    """One block of the desk: a heading, its first matters, and whether there are more."""

    key: str
    title: str
    matters: list[Matter]
    more: bool

    @property
    def rows(self) -> list[Any]:
        return [matter.row for matter in self.matters]

    @property
    def is_late(self) -> bool:
        return self.key.startswith("late")


def groups(rules: Sequence[Rule], *related: str) -> list[Group]:
    """The blocks of rules on one model; a record stands in the first whose rule it meets."""
    keys = _keys(rules)
    found = _records(rules, {key for _rule, key in keys}, related)
    made = []
    for rule in rules:
        mine = [found[key] for name, key in keys if name == rule.key and key in found]
        mine.sort(key=lambda row: [_place(row, name) for name in rule.order])
        matters = [Matter(row, _marks(row, rule, rules)) for row in mine[:SHOWN]]
        made.append(Group(rule.key, str(rule.title), matters, len(mine) > SHOWN))
    return made


def _keys(rules: Sequence[Rule]) -> list[tuple[str, Any]]:
    """(rule, key) of at most one more than `SHOWN` records of each rule."""
    parts = []
    for number, rule in enumerate(rules):
        rows = rule.rows.filter(rule.where)
        for earlier in rules[:number]:
            rows = rows.exclude(earlier.where)
        first = rows.order_by(*rule.order).values("pk")[: SHOWN + 1]
        part = rows.model._default_manager.order_by().filter(pk__in=first)
        parts.append(part.values_list(Value(rule.key), "pk"))
    return list(parts[0].union(*parts[1:], all=True)) if parts else []


def _records(rules: Sequence[Rule], keys: set[Any], related: Sequence[str]) -> dict[Any, Any]:
    """The records themselves, each knowing which rules it meets."""
    if not keys:
        return {}
    meets = {
        f"meets_{rule.key}": ExpressionWrapper(rule.where, output_field=BooleanField())
        for rule in rules
    }
    rows = rules[0].rows.model._default_manager.select_related(*related).annotate(**meets)
    return rows.order_by().in_bulk(keys)


def _marks(row: Any, own: Rule, rules: Sequence[Rule]) -> list[str]:
    met = [rule for rule in rules if rule is not own and getattr(row, f"meets_{rule.key}")]
    marks = [str(rule.mark) for rule in met]
    outlook = row.outlook_told if isinstance(row, Task) else ""
    return [*marks, _("The unit: %s") % outlook] if outlook else marks


def _place(row: Any, name: str) -> tuple[bool, Any]:
    """Where a record stands in the order of a rule; what has no date comes last."""
    value = getattr(row, name)
    return (value is None, value)
