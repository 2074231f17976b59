"""Cells made of the table and of what everybody sees, and the right answer to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from tests.access.rows import OPEN, SIGN_IN, Row
from tests.access.table import TABLE
from tests.access.visibility import ANONYMOUS, EVERYBODY, NOBODY, VISIBLE, sees
from tests.access.world import MATTERS, SEATS, World
from tests.journeys.hostile import GROUP, PLACE

MATTER_KINDS = ("case", "task", "other_task", "meeting", "suggestion", "public", "urging")
OTHERS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH")
# What a stranger tries besides looking: a form in half of the cells.
WRITING = ("POST", "HEAD", "POST", "OPTIONS", "POST", "PUT", "POST", "DELETE", "POST", "PATCH")
# What stands in the place of a key that no record has.
NOTHING = "1000000"


@dataclass(frozen=True)
class Cell:
    who: str
    row: Row
    subject: str
    method: str

    def __str__(self) -> str:
        return f"{self.who} {self.method} {self.row.route} [{self.subject}]"

    @property
    def reaches(self) -> bool:
        return reaches(self.who, self.row, self.subject)

    @property
    def may_write(self) -> bool:
        """Whether the form sent may change something, or the reading itself is told of."""
        if self.row.is_told and self.reaches:
            return True
        return self.method == "POST" and self.reaches and self.who in self.row.may_write

    @property
    def right_answers(self) -> set[int]:
        row, method = self.row, self.method
        wrong_method = set() if method in row.methods else {*row.refused}
        if row.anonymous == SIGN_IN and _has_to_sign_in(self.who, row):
            return {302} | wrong_method
        if method in ("GET", "HEAD"):
            if not self.reaches:
                return {404} | wrong_method
            return {*row.get, *wrong_method} if "GET" in row.methods else wrong_method
        if method == "POST":
            if not self.may_write:
                return {404} | wrong_method
            return {*row.post} if "POST" in row.methods else wrong_method
        if self.reaches:
            return {200, 302, *row.get, *wrong_method}
        return {404, 405, *wrong_method} | ({200} if row.blind and method == "OPTIONS" else set())


def _has_to_sign_in(who: str, row: Row) -> bool:
    """Somebody without a role is asked to sign in by the staff site, as somebody who has one."""
    staff_site = row.route.startswith("/admin/")
    return who == ANONYMOUS or (who == NOBODY and staff_site and NOBODY not in row.roles)


def reaches(who: str, row: Row, subject: str) -> bool:
    if who not in row.roles or (row.when is not None and subject not in row.when):
        return False
    if row.about.startswith("site:"):
        return True
    return sees(who, row.about if row.about in VISIBLE else "seat", subject)


def subjects(row: Row, world: World | None = None) -> tuple[str, ...]:
    if not row.about:
        return ("",)
    if row.about in MATTER_KINDS:
        return tuple(MATTERS)
    if row.about in ("contact", "notice"):
        return ("own", "other")
    return ("site",) if row.about.startswith("site:") or row.about == "event" else SEATS


def address(row: Row, subject: str, world: World) -> str:
    filled = {**_of_subject(row, subject, world), **row.fixed}
    path = PLACE.sub(lambda match: str(filled[match["name"]]), GROUP.sub(r"<\g<name>>", row.route))
    assert "<" not in path, path
    return path


def _of_subject(row: Row, subject: str, world: World) -> dict[str, object]:
    if not subject:
        return {}
    if row.about not in MATTER_KINDS:
        key = world.rows[row.about.removeprefix("site:")][subject].pk
        return {"pk": key, "object_id": key}
    matter = world.matters[subject]
    key = {"case": matter.case.pk, "public": matter.case.pk}.get(row.about) or getattr(
        matter, row.about, 0
    )
    return {
        "pk": key or NOTHING, "object_id": key or NOTHING, "key": matter.key,
        "meeting_pk": matter.meeting or NOTHING, "promise_pk": matter.promise or NOTHING,
        "item_pk": matter.item or NOTHING, "milestone_pk": matter.milestone or NOTHING,
        "file_pk": matter.file or NOTHING, "visit_pk": matter.visit or NOTHING,
        "link_pk": matter.link or NOTHING, "rating_pk": matter.rating or NOTHING,
        "follow_up_pk": matter.follow_up or NOTHING, "kept_pk": matter.supervision or NOTHING, "made_pk": matter.conversion or NOTHING,
        "instruction_pk": matter.instruction or NOTHING,
    }  # fmt: skip


def cells(who: str) -> Iterator[Cell]:
    """Every row for one person: all that is hidden, and of what is not as much as tells."""
    for row in TABLE:
        mine, hidden = [], []
        for subject in subjects(row):
            (mine if reaches(who, row, subject) else hidden).append(subject)
        turn = crc32(f"{who} {row.route}".encode())
        stranger = who not in row.roles  # to whom every subject is hidden alike
        if stranger:
            hidden = _some(hidden, turn, 1)
        shown = mine if row.whole else _some(mine, turn, 1)
        for subject in (*shown, *hidden):
            yield Cell(who, row, subject, "GET")
        if stranger:
            yield from (Cell(who, row, one, _some(WRITING, turn, 1)[0]) for one in hidden)
            continue
        for subject in (*shown[:2], *_some(hidden, turn, 3)):
            yield Cell(who, row, subject, "POST")
        for subject in (*_some(mine, turn, 1), *_some(hidden, turn, 1)):
            yield Cell(who, row, subject, _some(OTHERS, turn, 1)[0])


def _some(found: Sequence[str], turn: int, most: int) -> list[str]:
    """A few of them, others for each person and address."""
    start = turn % len(found) if found else 0
    return [*found[start:], *found[:start]][:most]


def secrets_of(who: str) -> set[str]:
    """Words that no page shows to a person: of matters, notes, files, letters that are not his."""
    return {
        f"{name}的{word}"
        for word, kind in (("事项", "case"), ("反映", "suggestion"))
        for name in MATTERS
        if not sees(who, kind, name) and not (kind == "case" and sees(who, "public", name))
    }


__all__ = ["EVERYBODY", "OPEN", "Cell", "address", "cells", "secrets_of"]
