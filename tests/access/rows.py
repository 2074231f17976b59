"""What a row of the table says, and the groups of people and matters that rows speak of."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.access.visibility import (
    DIRECTOR,
    DISPATCH,
    LEADER,
    LIAISON,
    MEMBER,
    OFFICE,
    PREFECTURE,
    PROVINCE,
    ROLES,
    SECURITY,
    SYSTEM,
    VILLAGE,
)
from tests.access.world import MATTERS, PUBLISHED

SIGN_IN, OPEN, HIDDEN = "sign in", "open", "hidden"
READ, BOTH, POST = ("GET",), ("GET", "POST"), ("POST",)


@dataclass(frozen=True)
class Row:
    """`writers` may send the form (those of `roles` if not said); `when` are the subjects at whose
    stage the page exists at all; `get` and `post` are the answers to those who reach it, `refused`
    those to a method that the page does not know; `blind` says that OPTIONS is answered before the
    subject is looked up, the same for all; `fixed` stands
    in the places of the route that the subject does not fill; of a page that `is_told` it
    is kept who opened it; `whole` asks for every subject."""

    route: str
    about: str = ""
    roles: tuple[str, ...] = ROLES
    writers: tuple[str, ...] | None = None
    methods: tuple[str, ...] = BOTH
    get: tuple[int, ...] = (200,)
    post: tuple[int, ...] = (200, 302, 400, 429)
    refused: tuple[int, ...] = (405,)
    blind: bool = False
    is_told: bool = False
    when: tuple[str, ...] | None = None
    anonymous: str = SIGN_IN
    fixed: dict[str, str] = field(default_factory=dict)
    whole: bool = False

    @property
    def may_write(self) -> tuple[str, ...]:
        return self.roles if self.writers is None else self.writers


EDITORS = (OFFICE, DIRECTOR, LIAISON)
NOTES = (*EDITORS, LEADER, DISPATCH)
RECORDERS = (*EDITORS, MEMBER, VILLAGE)
STAFF = (PROVINCE, PREFECTURE, OFFICE, LEADER, DIRECTOR, LIAISON, DISPATCH)
OFFICES = (PROVINCE, PREFECTURE, OFFICE)
KEEPERS = (SYSTEM, *OFFICES)
REFERENCE = (*STAFF, SYSTEM, SECURITY)
# Matters that have come far enough to have a meeting, items, promises and tasks.
AGREED = tuple(name for name in MATTERS if name not in ("own_proposed", "own_scheduled"))
SCHEDULED = ("own_scheduled",)
NOT_CLOSED_TO_ITEMS = (*SCHEDULED, *(name for name in AGREED if name not in PUBLISHED))
HANDED = tuple(name for name in AGREED if name != "own_compiling")
CREATORS = (OFFICE, DIRECTOR, LIAISON, MEMBER, VILLAGE)
