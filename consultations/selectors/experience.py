"""Who answers for a matter, and who has really done such things: the grounds of a proposal.

Three kinds of ground, each told beside the name: a line of the duty lists (field, level of the
route, region upward), words of the free remit, and verified tasks of similar cases. A fixed number
of queries for one case, however many of its tasks are asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from committees.models import HandlingUnit, RemitLevel
from consultations.models import Case, Remit, Route, Task
from consultations.models.search import pairs_of
from consultations.selectors.proposed import MOST, Proposal, Remits
from consultations.selectors.similar import EMPTY, similar
from consultations.workflow.tasks import TaskState

CASES = 20  # similar cases that are looked at
TASKS = 400  # verified tasks of these
EXACT, ABOVE, DONE, MOST_DONE = 40, 25, 4, 5
LEVELS = {
    Route.VILLAGE: RemitLevel.VILLAGE,
    Route.TOWNSHIP: RemitLevel.TOWNSHIP,
    Route.COUNTY: RemitLevel.COUNTY,
    Route.HIGHER: RemitLevel.ABOVE,
}


@dataclass(frozen=True)
class Ground:
    """A line of a duty list that speaks for a unit: its field, and how near it is."""

    field: str
    score: int


class Proposals:
    """Units of one case with their grounds, to be asked for many tasks."""

    def __init__(self, case: Case, units: Iterable[HandlingUnit]) -> None:
        self.case, self.words = case, Remits(case, units)
        self.units = {unit.pk: unit for unit in self.words.units}
        self.remits = self._remits()
        self.done = self._done()

    def propose(
        self, task: str, *, item: str = "", route: str = "", but: Iterable[int] = ()
    ) -> list[Proposal]:
        """The units that fit best, the best first; those of `but` have a part already."""
        by_words = {fit.unit.pk: fit for fit in self.words.propose(task, item=item, route=route)}
        grounds, solved = self._grounds(route), self._solved(f"{task}{item}")
        found = []
        for key in {*by_words, *grounds, *solved} - set(but):
            fit = by_words.get(key) or Proposal(self.units[key], (), 0)
            ground, count = grounds.get(key), solved.get(key, 0)
            score = fit.score + (ground.score if ground else 0) + DONE * min(count, MOST_DONE)
            words = tuple(dict.fromkeys([*([ground.field] if ground else []), *fit.words]))
            found.append(replace(fit, words=words[:3], score=score, solved=count))
        found.sort(key=lambda fit: (-fit.score, -len(fit.unit.region_id), fit.unit.pk))
        return found[:MOST]

    def assistants(
        self, task: str, *, item: str = "", route: str = "", but: Iterable[int] = ()
    ) -> list[Proposal]:
        """Those with a ground of their own besides the lead: never for their level alone."""
        found = self.propose(task, item=item, route=route, but=but)
        return [fit for fit in found if fit.words or fit.solved]

    def _grounds(self, route: str) -> dict[int, Ground]:
        """The nearest line of each unit at the level of the route."""
        level = LEVELS.get(Route(route)) if route else None
        found: dict[int, Ground] = {}
        for remit in self.remits:
            if level not in (None, remit.level):
                continue
            score = EXACT if remit.field_id == self.case.field_id else ABOVE
            ground = Ground(remit.field.name, score + len(remit.region_id))
            if remit.unit_id not in found or found[remit.unit_id].score < ground.score:
                found[remit.unit_id] = ground
        return found

    def _remits(self) -> list[Remit]:
        """In force, for the field of the case or the one above it, here or in a region above."""
        if self.case.field is None:
            return []
        fields = [key for key in (self.case.field_id, self.case.field.parent_id) if key]
        codes = [*self.case.region.ancestor_codes, self.case.region_id]
        rows = Remit.objects.in_force().filter(field__in=fields, region__in=codes)
        return [r for r in rows.select_related("field").order_by("pk") if r.unit_id in self.units]

    def _done(self) -> list[tuple[int, set[str]]]:
        """(unit, pairs of letters of the title) of verified tasks in similar cases nearby."""
        case = self.case
        near = Case.objects.filter(prefecture_code=case.prefecture_code, restricted_at=None)
        alike = similar(
            f"{case.title} {case.problem}", within=near, region=case.region, exclude=case,
            limit=CASES,
        )  # fmt: skip
        if not alike:
            return []
        rows = Task.objects.filter(case__in=[one.case for one in alike], state=TaskState.VERIFIED)
        told = rows.order_by("pk").values_list("unit_id", "title", "item__text")[:TASKS]
        return [(unit, _signs(title + item)) for unit, title, item in told if unit in self.units]

    def _solved(self, text: str) -> dict[int, int]:
        signs = _signs(text)
        found: dict[int, int] = {}
        for unit, theirs in self.done:
            if signs & theirs:
                found[unit] = found.get(unit, 0) + 1
        return found


def _signs(text: str) -> set[str]:
    return {pair for pair in pairs_of(text) if not EMPTY & set(pair)}


def assisting(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Of those that might assist, the ones that fit at least half as well as the best of them."""
    best = max((fit.score for fit in proposals), default=0)
    return [fit for fit in proposals if fit.score * 2 >= best]
