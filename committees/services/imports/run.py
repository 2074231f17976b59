"""Looking at a table, and taking it over: everything in one transaction, once, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from committees import audit
from committees.models import AuditEntry, PeopleImport, User
from committees.services.imports import members, officers, units
from committees.services.imports.columns import Kind, Row
from committees.services.imports.lines import Line, State


class Planner(Protocol):
    """Looks at the rows of one table in order."""

    def __init__(self, rows: list[Row], *, by: User) -> None: ...

    def line(self, row: Row) -> Line: ...


PLANNERS: dict[str, type[Planner]] = {
    Kind.MEMBERS: members.Members,
    Kind.UNITS: units.Units,
    Kind.OFFICERS: officers.Officers,
}
IMPORTERS: dict[str, tuple[str, ...]] = {
    Kind.MEMBERS: members.IMPORTERS,
    Kind.UNITS: units.IMPORTERS,
    Kind.OFFICERS: officers.IMPORTERS,
}


def also(kind: str, planner: type[Planner], *, importers: tuple[str, ...]) -> None:
    """One more kind of table, of an app above this one."""
    PLANNERS[kind], IMPORTERS[kind] = planner, importers


WITH_ACCOUNTS = (members.Members, officers.Officers)


class NotNow(Exception):
    """The rows do not stand as they were looked at; nothing was written."""


@dataclass(frozen=True)
class Look:
    """The rows of a table as they stand now."""

    lines: list[Line]
    accounts: list[User]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(line.state.value for line in self.lines)
        return {state.value: found[state.value] for state in State}

    @property
    def is_sound(self) -> bool:
        return all(not line.errors for line in self.lines)

    @property
    def writes(self) -> bool:
        return self.is_sound and any(line.writers for line in self.lines)


def kinds_for(roles: Iterable[str]) -> list[str]:
    """The tables that somebody with these roles may take over."""
    held = set(roles)
    return [kind for kind in Kind.values if held & set(IMPORTERS.get(kind, ()))]


def look(kind: str, rows: Sequence[Row], *, by: User) -> Look:
    """What each row would do; a fixed number of queries for all of them."""
    planner = PLANNERS[kind](list(rows), by=by)
    lines = [planner.line(row) for row in rows]
    made = planner.accounts.made if isinstance(planner, WITH_ACCOUNTS) else []
    return Look(lines, made)


def take_over(kind: str, rows: Sequence[Row], *, by: User, token: str) -> PeopleImport:
    """Write what the rows say. What was taken over already is handed back, and nothing is written.

    Raises `NotNow` where something stands against a row that did not when it was looked at.
    """
    if done := PeopleImport.objects.filter(token=token, by=by).first():
        return done
    try:
        with transaction.atomic():
            return _write(kind, rows, by=by, token=token)
    except IntegrityError:  # somebody wrote the same at the same moment: perhaps this very page
        if done := PeopleImport.objects.filter(token=token, by=by).first():
            return done
        raise NotNow(_("Somebody else has just written some of this. Please look again.")) from None


def _write(kind: str, rows: Sequence[Row], *, by: User, token: str) -> PeopleImport:
    done = PeopleImport.objects.create(kind=kind, by=by, token=token, rows=len(rows), added=0,
                                       changed=0)  # fmt: skip
    seen = look(kind, rows, by=by)
    if not seen.is_sound:
        raise NotNow(_("Meanwhile something stands against some rows. Please look again."))
    for line in seen.lines:
        for write in line.writers:
            write(by)
    counts = seen.counts
    done.added, done.changed = counts[State.NEW], counts[State.CHANGED]
    done.save(update_fields=["added", "changed"])
    done.accounts.set(seen.accounts)
    facts = {"kind": kind, "rows": len(rows), "added": done.added, "changed": done.changed}
    audit.record(AuditEntry.Kind.IMPORTED, by=by, about=done, facts=facts)
    return done
