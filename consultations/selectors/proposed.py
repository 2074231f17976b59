"""What may be proposed for a task and is accepted by a person: its unit by remit, its due date.

A unit fits by what its remit has in common with the words of the task and of the item, those of
the field only speaking in its favour; by level, which the route of the item tells; and by region, that of the case and what is
above or below it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from committees.models import HandlingUnit
from committees.parameters import value_for
from consultations import calendar
from consultations.models import Case, Route
from consultations.selectors.due_dates import unit_of
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import Pace

MOST = 3  # units offered for one task
SPLIT = re.compile(r"[、，,；;。.\s/（）()]+")
# Words that stand in the remit of everybody.
EMPTY_WORDS = frozenset([
    "管理", "工作", "建设", "服务", "监督", "公共", "事务", "协调", "组织",
    "指导", "负责", "相关", "推进", "实施", "落实", "开展", "完成", "农村",
    "城乡", "乡村", "项目", "群众", "问题", "加强", "整治", "改造", "维护",
])  # fmt: skip
Kind = HandlingUnit.Kind
KINDS: dict[str, tuple[str, ...]] = {
    Route.TOWNSHIP: (Kind.TOWNSHIP,),
    Route.VILLAGE: (Kind.VILLAGE,),
    Route.COUNTY: (Kind.GOVERNMENT, Kind.PARTY, Kind.PUBLIC, Kind.COMPANY, Kind.OTHER),
}
# What still lies before the hand-over, by stage.
BEFORE_HAND_OVER: dict[str, tuple[str, ...]] = {
    Stage.SCHEDULED: ("outcome_days", "party_decision_days", "filing_days"),
    Stage.DELIBERATED: ("outcome_days", "party_decision_days", "filing_days"),
    Stage.FILING: ("filing_days",),
}


@dataclass(frozen=True)
class Proposal:
    """A unit that may lead, and the words of its remit that say so; none where only the level and
    the place do."""

    unit: HandlingUnit
    words: tuple[str, ...]
    score: int
    solved: int = 0  # so many similar tasks of it were verified


class Remits:
    """The units of one case with their remits, to be asked for many tasks."""

    def __init__(self, case: Case, units: Iterable[HandlingUnit]) -> None:
        self.about = str(case.field or "")
        here, lineage = case.region_id, {*case.region.ancestor_codes, case.region_id}
        self.units = [
            unit for unit in units if unit.region_id in lineage or unit.region_id.startswith(here)
        ]
        self.terms = {unit.pk: _terms(unit.remit) for unit in self.units}

    def propose(self, task: str, *, item: str = "", route: str = "") -> list[Proposal]:
        """The units that fit best, the best first."""
        kinds = KINDS.get(route)
        units = [unit for unit in self.units if kinds is None or unit.kind in kinds]
        own, all_of_it = ((task, 4), (item, 2)), ((task, 4), (item, 2), (self.about, 1))
        fitting = [unit for unit in units if self._fit(unit, own).score]
        found = [self._fit(unit, all_of_it) for unit in fitting]
        if not found and kinds and len(units) == 1:
            return [Proposal(units[0], (), 1)]
        found.sort(key=lambda fit: (-fit.score, -len(fit.unit.region_id), fit.unit.pk))
        return found[:MOST]

    def _fit(self, unit: HandlingUnit, texts: Sequence[tuple[str, int]]) -> Proposal:
        score, words = 0, []
        for text, weight in texts:
            for whole, parts in self.terms[unit.pk]:
                shared = [whole] if whole in text else [part for part in parts if part in text]
                score += weight * sum(len(word) for word in shared)
                words += [word for word in shared if word not in words]
        return Proposal(unit, tuple(words[:3]), score)


def is_clear(proposals: Sequence[Proposal]) -> bool:
    """One unit fits better than all others."""
    return len(proposals) == 1 or (len(proposals) > 1 and proposals[0].score > proposals[1].score)


def _terms(remit: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each part of a remit with its pairs of letters that mean something."""
    found = []
    for term in SPLIT.split(remit):
        parts = [term[n : n + 2] for n in range(len(term) - 1)] if len(term) > 2 else []
        if len(term) > 1 and term not in EMPTY_WORDS:
            found.append((term, tuple(part for part in parts if part not in EMPTY_WORDS)))
    return found


class Names:
    """The names of the units, to find the nearest of one that is written otherwise."""

    def __init__(self, units: Iterable[HandlingUnit]) -> None:
        self.units = list(units)
        self.often = Counter(sign for unit in self.units for sign in _signs(unit.name))

    def nearest(self, text: str) -> list[HandlingUnit]:
        """住建局 is a short form of 住房和城乡建设局; 水电局 shares a rare letter with 水务局."""
        typed = _signs(text)
        ranked = [(self._likeness(text, typed, unit.name), unit) for unit in self.units]
        likely = sorted((pair for pair in ranked if pair[0] >= 0.3), key=lambda p: (-p[0], p[1].pk))
        return [unit for _score, unit in likely[:MOST]]

    def _likeness(self, text: str, typed: set[str], name: str) -> float:
        shared = typed & _signs(name)
        all_of_it = sum(map(self._rarity, typed)) or 1.0
        return sum(map(self._rarity, shared)) / all_of_it + _is_short_for(text, name)

    def _rarity(self, sign: str) -> float:
        return 1 / (1 + self.often[sign])


def _signs(text: str) -> set[str]:
    """Its letters and pairs of letters."""
    plain = text.replace(" ", "")
    return {*plain, *(plain[n : n + 2] for n in range(len(plain) - 1))}


def _is_short_for(text: str, name: str) -> bool:
    """Every letter stands in the name, in this order."""
    letters = iter(name)
    return len(text) > 1 and all(letter in letters for letter in text)


REPLY_RULES = {"": "reply_months", Pace.FAST: "reply_fast_days", Pace.LONG: "reply_long_months"}


def reply_rule(pace: str, *, assists: bool) -> str:
    """The rule by which the reply is due, or the opinion of a unit that assists."""
    return "opinion_months" if assists else REPLY_RULES[pace]


class DueDates:
    """The days on which tasks that are planned today would be due, by the rules of the place."""

    def __init__(
        self, case: Case, *, today: dt.date | None = None, filed_today: bool = False
    ) -> None:
        self.before = () if filed_today else BEFORE_HAND_OVER.get(case.stage, ())
        self.case, self.today = case, today or timezone.localdate()
        self.known: dict[str, dt.date] = {}

    @cached_property
    def handed_over(self) -> dt.date:
        days = sum(value_for(self.case.region, rule) for rule in self.before)
        return calendar.add_working_days(self.today, days)

    @cached_property
    def reply(self) -> dt.date:
        return self.paced("")

    @cached_property
    def opinion(self) -> dt.date:
        """Of a unit that assists."""
        return self._after(reply_rule("", assists=True))

    def paced(self, pace: str) -> dt.date:
        """Of a reply that is given this time."""
        if pace not in self.known:
            self.known[pace] = self._after(reply_rule(pace, assists=False))
        return self.known[pace]

    def _after(self, rule: str) -> dt.date:
        count = value_for(self.case.region, rule)
        return calendar.counted(self.handed_over, count, unit=unit_of(rule))
