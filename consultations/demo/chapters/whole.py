"""Several chapters in a row, for the stories that begin the usual way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from consultations.demo.chapters.handling import decided
from consultations.demo.chapters.meetings import agreed, invited
from consultations.demo.chapters.topics import Topic, approved, proposed, researched
from consultations.demo.walk import Plot, Walk


def consulted(
    walk: Walk, topic: Topic, *, on: int, visit: tuple, people: Sequence[dict],
    said: Sequence[tuple], items: Sequence[dict], summary: str, at: str = "",
) -> Plot:  # fmt: skip
    """From the topic to the agreed items in thirty days, the meeting ten days before the end."""
    case = yield from proposed(walk, topic, on=on)
    yield from approved(walk, case, on=on - 4, opinion="同意立题。")
    place, method, met, findings = visit
    yield from researched(
        walk, case, on=on - 6, plan="先到现场看，再到家里问。",
        visits=((on - 10, place, method, met, findings),),
    )  # fmt: skip
    yield from invited(
        walk, case, on=on - 13, held=on - 20, name=f"{case.region.name}{topic.place}协商会", at=at
    )
    yield from agreed(
        walk, case, on=on - 21, people=people, said=said, items=items, summary=summary
    )
    return case


def filed(
    walk: Walk, topic: Topic, *, on: int, opinion: str = "同意。", **consultation: Any
) -> Plot:
    """The same, then approved and filed: the tasks are handed over 28 days after the topic."""
    case = yield from consulted(walk, topic, on=on, **consultation)
    yield from decided(walk, case, submit=on - 23, approve=on - 26, file=on - 28, opinion=opinion)
    return case
