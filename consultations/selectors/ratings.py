"""What the ratings say, honestly: silence is no answer, few answers give no percentage, and no rate
is told without how many were asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from consultations.models import Rating

ENOUGH = 5
CONTENT = (Rating.Value.SATISFIED, Rating.Value.FAIR)


@dataclass(frozen=True)
class Score:
    """How many answered what, of how many who were `asked`; 0 where that is not on record."""

    counts: Mapping[str, int]
    asked: int = 0

    @property
    def answers(self) -> int:
        return sum(self.counts.values())

    @property
    def judged(self) -> int:
        """Answers that say something: "cannot say" is an answer, but no judgement."""
        return self.answers - self.counts.get(Rating.Value.UNKNOWN, 0)

    @property
    def content(self) -> int:
        return sum(self.counts.get(value, 0) for value in CONTENT)

    @property
    def rate(self) -> float | None:
        """Share of the content in per cent, one decimal; None below five judgements, and where
        nobody knows how many were asked."""
        if self.judged < ENOUGH or self.asked < self.answers:
            return None
        return round(100 * self.content / self.judged, 1)

    @property
    def coverage(self) -> float | None:
        """Share of those asked who answered, in per cent; None where it is not on record."""
        if self.asked < max(self.answers, 1):
            return None
        return round(100 * self.answers / self.asked, 1)

    @property
    def is_told(self) -> bool:
        """Somebody was asked or answered."""
        return bool(self.asked or self.answers)

    @property
    def share(self) -> str:
        """The rate for a table; where there is none the fraction, of nothing a dash."""
        if self.rate is not None:
            return f"{self.rate:g}%"
        return f"{self.content}/{self.judged}" if self.judged else "—"

    @property
    def reach(self) -> str:
        """How many answered of how many asked, which is a dash where it is not on record."""
        if not self.is_told:
            return "—"
        return f"{self.answers}/{self.asked if self.asked >= self.answers else '—'}"

    @property
    def by_value(self) -> list[tuple[str, int]]:
        return [(str(value.label), self.counts.get(value, 0)) for value in Rating.Value]


def together(scores: Iterable[Score]) -> Score:
    """Added up. Where it is not on record of one how many were asked, it is not known of all."""
    rows, counts = list(scores), dict[str, int]()
    for row in rows:
        for value, count in row.counts.items():
            counts[value] = counts.get(value, 0) + count
    known = all(row.asked >= row.answers for row in rows)
    return Score(counts, asked=sum(row.asked for row in rows) if known else 0)


def latest_score(ratings: Iterable[Mapping[str, Any]], asked: Iterable[Mapping[str, Any]]) -> Score:
    """Of the last round of handling that anybody was asked about: rows of round, result and n, and
    rows of round and n."""
    said, told = list(ratings), list(asked)
    last = max((row["round"] for row in (*said, *told)), default=1)
    counts: dict[str, int] = {}
    for row in said:
        if row["round"] == last:
            counts[row["result"]] = counts.get(row["result"], 0) + row["n"]
    return Score(counts, asked=sum(row["n"] for row in told if row["round"] == last))


def by_rater(
    ratings: Iterable[Rating], asked: Iterable[Any], codes: Iterable[Any]
) -> list[tuple[str, Score, Score]]:
    """For staff: each kind of rater apart, in the order of the kinds; only those asked or heard.
    What they think of the result, and of the process."""
    said, told, slips = list(ratings), list(asked), list(codes)
    last = max((row.round for row in (*said, *told, *slips)), default=1)
    found = []
    for kind in Rating.Rater:
        mine = [r for r in said if r.rater == kind and r.round == last]
        sheets = [a for a in told if a.rater == kind and a.round == last]
        result = _counted((row.result, row.count) for row in mine)
        process = _counted(
            [(row.process, row.count) for row in mine if row.process]
            + [pair for sheet in sheets for pair in sheet.of_process.items()]
        )
        many = sum(a.count for a in sheets)
        many += sum(c.rater == kind and c.round == last and not c.revoked_at for c in slips)
        if mine or many:
            found.append((str(kind.label), Score(result, asked=many), Score(process, asked=many)))
    return found


def _counted(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value, count in pairs:
        counts[value] = counts.get(value, 0) + count
    return counts
