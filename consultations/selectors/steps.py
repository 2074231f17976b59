"""The ten steps the public sees, four groups of them, and how far a case has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.models import Case
from consultations.selectors.timeline import Line
from consultations.workflow.cases import PublicStage, Stage

NAMES = (
    _("Raised"), _("Decided"), _("Explored"), _("Consulted"), _("Agreed"),
    _("Assigned"), _("Handled"), _("Followed"), _("Rated"), _("Published"),
)  # fmt: skip
# The first word stands big and alone, the rest beside it: 提|出来, 商|量好, 办|到位, 评|一评.
GROUPS = (
    (_("Raise"), _("it"), 0, 2),
    (_("Talk"), _("it over"), 2, 5),
    (_("Do"), _("what was settled"), 5, 8),
    (_("Judge"), _("the result"), 8, 10),
)
WALKING = {
    Stage.PROPOSED: 1,
    Stage.APPROVED: 2,
    Stage.RESEARCH: 2,
    Stage.SCHEDULED: 3,
    Stage.NO_CONSENSUS: 3,
    Stage.DELIBERATED: 4,
    Stage.PARTY_REVIEW: 5,
    Stage.FILING: 5,
    Stage.HANDLING: 6,
    Stage.SUPERVISION: 7,
    Stage.RATING: 8,
}
# Which steps a line of history tells of.
TOLD_BY = {
    "create": (0,), "submit": (0,), "approve": (1,), "log_visit": (2,), "schedule": (3,),
    "conclude": (3, 4), "conclude_without_consensus": (3,), "file": (5,), "complete": (6,),
    "follow_up": (7,), "look_again": (7,), "open_rating": (8,), "rate": (8,), "publish": (9,),
}  # fmt: skip
# What each public stage means, in words for everybody.
WORDS = {
    PublicStage.COLLECTING: _(
        "A topic was raised and is being looked at. What is already being dealt with is merged,"
        " what belongs elsewhere is passed on, always with a reason."
    ),
    PublicStage.APPROVED: _(
        "The topic was taken up. Members and clerks go and see for themselves before anybody"
        " sits down to talk: no research, no consultation."
    ),
    PublicStage.CONSULTING: _(
        "Everybody concerned sits in one circle, without a rostrum. What is agreed is read"
        " back at the meeting, approved by the Party committee and filed."
    ),
    PublicStage.HANDLING: _(
        "Each agreed item is split into tasks with one unit and one date each. The clocks run"
        " in working days and are shown here."
    ),
    PublicStage.FOLLOW_UP: _(
        "Somebody other than the unit looks whether it is really done. The residents say"
        " whether they are content."
    ),
    PublicStage.DONE: _(
        "Everything is on record and open to read. What comes back within two years is taken"
        " up again."
    ),
    PublicStage.NOT_ADOPTED: _(
        "The topic was not taken up, or was ended early. The reason is told."
    ),
    PublicStage.REFERRED: _("The topic is dealt with in another place, which is named."),
}


@dataclass(frozen=True)
class Step:
    """One of the ten: `is_done` where it is on public record, `is_now` where the case stands."""

    name: Any
    is_done: bool
    is_now: bool
    line: Line | None = None

    @property
    def is_silent(self) -> bool:
        return not self.is_done and not self.is_now


@dataclass(frozen=True)
class Group:
    initial: Any
    rest: Any
    steps: list[Step]


def walking(case: Case) -> int | None:
    """The number of the step the case is at, from 0; None once it has ended."""
    return WALKING.get(Stage(case.stage))


def on_record(case: Case) -> int:
    """How many of the ten steps are on public record, the one it is at included."""
    now = walking(case)
    return (case.steps_recorded | (1 << now if now is not None else 0)).bit_count()


def steps_of(case: Case, lines: Iterable[Line] = ()) -> list[Step]:
    """The ten steps, each with the latest line of history that tells of it."""
    now = walking(case)
    told = {step: line for line in lines for step in TOLD_BY.get(line.event.action, ())}
    return [
        Step(name, bool(case.steps_recorded & 1 << i), i == now, told.get(i))
        for i, name in enumerate(NAMES)
    ]


def grouped(steps: list[Step]) -> list[Group]:
    return [Group(initial, rest, steps[a:b]) for initial, rest, a, b in GROUPS]
