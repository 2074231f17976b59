"""Local rules read whole and at once, for what goes through the tasks of many places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from committees.models import Parameter
from committees.parameters import DEFAULTS


@dataclass(frozen=True)
class LocalRules:
    """For each rule its values in force today by the code of the region that set them."""

    local: Mapping[str, Mapping[str, Any]]

    def value(self, key: str, region: str) -> Any:
        """The nearest value upward, or the default."""
        values = self.local.get(key, {})
        codes = [code for code in values if region.startswith(code)]
        return values[max(codes, key=len)] if codes else DEFAULTS[key].default

    def most(self, key: str) -> Any:
        """The largest value that is in force anywhere."""
        return max([*self.local.get(key, {}).values(), DEFAULTS[key].default])

    def least(self, key: str) -> Any:
        """The smallest one."""
        return min([*self.local.get(key, {}).values(), DEFAULTS[key].default])


def local_rules(*keys: str) -> LocalRules:
    """By one statement; of two values of a place the later one holds."""
    rules = Parameter.objects.filter(key__in=keys, effective_from__lte=timezone.localdate())
    return in_order(rules.order_by("effective_from", "pk"))


def in_order(rules: Iterable[Parameter]) -> LocalRules:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for rule in rules:
        found[rule.key][rule.region_id] = rule.value
    return LocalRules(found)
