"""How it works, told from the table itself: the steps that the public sees, by public stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from committees.models import Role
from consultations.selectors.steps import WORDS
from consultations.workflow.cases import CASES, PUBLIC_STAGE, PublicStage
from consultations.workflow.engine import Transition


@dataclass(frozen=True)
class Told:
    """A public stage in plain words, with the steps that may be taken from it."""

    stage: PublicStage
    words: Any
    steps: list[tuple[Any, list[Any]]]


def stages_told() -> list[Told]:
    return [Told(stage, words, _steps_from(stage)) for stage, words in WORDS.items()]


def _steps_from(stage: PublicStage) -> list[tuple[Any, list[Any]]]:
    """(label, who) of the public steps that start at a stage, each label once."""
    rows = [row for row in CASES if row.public and _starts_at(row, stage)]
    return [(row.label, _who(row)) for row in {row.action: row for row in rows}.values()]


def _starts_at(row: Transition, stage: PublicStage) -> bool:
    return any(PUBLIC_STAGE[source] == stage for source in row.sources)


def _who(row: Transition) -> list[Any]:
    return [Role(role).label for role in row.roles if role in Role.values]
