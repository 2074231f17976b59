"""What a resident without an account may ask for: a place to name, a suggestion by its code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from committees.models import Region
from committees.parameters import value_for
from consultations.models import Case, Suggestion
from consultations.selectors.cases import public_cases
from consultations.selectors.steps import WORDS
from consultations.workflow.cases import PublicStage, Stage

PROVINCE = "53"
CODE = re.compile(r"[0-9]{2,12}")


@dataclass(frozen=True)
class Place:
    """The region asked for, and the prefecture or county whose page of the form it leads to."""

    asked: Region
    region: Region
    townships: list[tuple[str, str]]

    @property
    def code(self) -> str:
        return self.asked.code

    @property
    def is_county(self) -> bool:
        return self.region.level == Region.Level.COUNTY

    @property
    def name(self) -> str:
        above = self.region.parent
        return f"{above.name}{self.region.name}" if above and self.is_county else self.region.name


def place(code: str) -> Place | None:
    """The place of a code typed by anybody; its county where the township is unknown, or None."""
    if not CODE.fullmatch(code):
        return None
    wanted = {code, code[:6]}
    found = {r.code: r for r in Region.objects.select_related("parent").filter(pk__in=wanted)}
    shown = found.get(code[:6])
    if shown is None or shown.level == Region.Level.PROVINCE:
        return None
    return Place(found.get(code, shown), shown, _townships(shown))


def region(code: str) -> Region:
    """The region of a code that the form offered."""
    return Region.objects.get(pk=code)


def _townships(region: Region) -> list[tuple[str, str]]:
    if region.level != Region.Level.COUNTY:
        return []
    rows = region.children.filter(level=Region.Level.TOWNSHIP, replaced_by=None)
    return list(rows.order_by("code").values_list("code", "name"))


def places_below(above: Place | None) -> list[tuple[str, str]]:
    """The prefectures, or the counties of one: what to choose from next. Invented ones are offered
    only where there are no real ones."""
    level = Region.Level.COUNTY if above else Region.Level.PREFECTURE
    rows = Region.objects.filter(level=level, replaced_by=None)
    if above:
        rows = rows.filter(parent=above.region)
    found = list(rows.order_by("code"))
    shown = [one for one in found if not one.is_demo] or found
    return [(one.code, one.name if above else one.short_name) for one in shown]


def invented_place() -> Region | None:
    """The invented prefecture in which anybody may try the form."""
    rows = Region.objects.filter(level=Region.Level.PREFECTURE, is_demo=True, replaced_by=None)
    return rows.order_by("code").first()


def case_in_question(key: str) -> Case | None:
    """The public case that somebody wants corrected."""
    if not re.fullmatch(r"[0-9]{1,18}", key):
        return None
    return public_cases().only("title", "county_code").filter(pk=int(key)).first()


@dataclass(frozen=True)
class Followed:
    """A suggestion for the one who holds its code. The case only once it is public."""

    suggestion: Suggestion
    case: Case | None
    stage: PublicStage | None
    is_merged: bool = False  # its topic joined another one, of which `case` and `stage` tell

    @property
    def is_waiting(self) -> bool:
        return self.suggestion.state == Suggestion.State.RECEIVED

    @property
    def mark(self) -> str:
        """How far it is, in the four marks of a state: done, now, wait, none."""
        if self.stage == PublicStage.DONE or self.suggestion.state == Suggestion.State.ANSWERED:
            return "done"
        if self.is_waiting:
            return "wait"
        ended = (PublicStage.NOT_ADOPTED, PublicStage.REFERRED)
        return "now" if self.stage and self.stage not in ended else "none"

    @property
    def words(self) -> str:
        return str(WORDS[self.stage]) if self.stage else ""


def hotline_of(region: Region) -> str:
    """The phone under which the office of a place answers the public; empty where none is given."""
    return str(value_for(region, "hotline"))


def by_code(code: str) -> Followed | None:
    found = (
        Suggestion.objects.select_related("region__parent", "case", "joined_to__case")
        .filter(query_code=code)
        .first()
    )
    if found is None:
        return None
    case = found.joined_to.case if found.joined_to else found.case
    last = _dealt_with_in(case) if case else None
    if last is None or last.restricted_at is not None:
        return Followed(found, None, None)
    shown = last if last.is_public else None
    return Followed(found, shown, last.public_stage, is_merged=last != case)


def _dealt_with_in(case: Case) -> Case:
    """The case itself, or the one it was merged into, however often that happened."""
    seen = {case.pk}
    while case.stage == Stage.MERGED and case.merged_into and case.merged_into_id not in seen:
        case = case.merged_into
        seen.add(case.pk)
    return case
