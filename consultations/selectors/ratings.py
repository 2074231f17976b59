"""What the ratings say, honestly: silence is no answer, few answers give no percentage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consultations.models import Rating

ENOUGH = 5
CONTENT = (Rating.Value.SATISFIED, Rating.Value.FAIR)


@dataclass(frozen=True)
class Score:
    """How many answered what; `present` is how many sat at the table, 0 where nobody counted."""

    counts: Mapping[str, int]
    present: int = 0

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
        """Share of the content in per cent, one decimal; None below five judgements."""
        if self.judged < ENOUGH:
            return None
        return round(100 * self.content / self.judged, 1)

    @property
    def by_value(self) -> list[tuple[str, int]]:
        return [(str(value.label), self.counts.get(value, 0)) for value in Rating.Value]
