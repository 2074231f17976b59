"""The help of all pages of the staff site."""

from __future__ import annotations

from consultations.admin.screens_of_lists import OF_LISTS
from consultations.admin.screens_of_work import OF_WORK
from consultations.web.screens import Screen, screen_among

SCREENS = (*OF_WORK, *OF_LISTS)


def screen_of(name: str) -> Screen | None:
    """The help for the address of that name, or None where there is none of its own."""
    return screen_among(SCREENS, name)
