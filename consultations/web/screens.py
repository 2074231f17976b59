"""Help for one page: what it is for and what comes next; found by the name of its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Screen:
    """`names` are those of the addresses it is the help for."""

    names: tuple[str, ...]
    title: Any
    purpose: Any
    next_step: Any

    @property
    def anchor(self) -> str:
        return self.names[0]


def screen_among(screens: Iterable[Screen], name: str) -> Screen | None:
    """The help for the address of that name, or None where there is none of its own."""
    return next((screen for screen in screens if name in screen.names), None)
