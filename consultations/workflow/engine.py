"""How the two tables are asked: may this person take this step now, and if not, why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from committees.grants import same_hand

SYSTEM = "system"  # the acting role of an automatic step
SUPERVISOR = "supervisor"  # of whoever holds a link to one case; nobody is granted it


class Refused(Exception):
    """A step was refused. `reasons` holds every reason at once, in words for the person."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


def unread(case: Any) -> list[str]:
    raise LookupError("Ask by permissions.asked: a table cannot read the public page by itself.")


@dataclass(frozen=True)
class Ask:
    """One question to the table.

    `subject` is a case or a task; `role` the role acted in; `data` what the form captured, or
    None while the step is only offered, so that guards on typed data keep quiet. `shown` reads
    the words of the public page of a case, which the table itself cannot.
    """

    subject: Any
    by: Any
    role: str
    data: Mapping[str, Any] | None = None
    today: dt.date = field(default_factory=timezone.localdate)
    shown: Callable[[Any], list[str]] = unread

    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, look: Callable[[], Any]) -> Any:
        """What several guards need, looked up by the first of them; questions asked at the same
        moment may share what is `known`."""
        if name not in self.known:
            self.known[name] = look()
        return self.known[name]

    @property
    def hand(self) -> set[int]:
        """Who counts as the person acting where a second one is asked for: deputies and those they
        act for, since the matter was logged."""
        case = getattr(self.subject, "case", self.subject)
        since = timezone.localdate(case.created_at)
        return self.once("hand", lambda: same_hand(self.by, since=since))

    def given(self, name: str) -> Any:
        return (self.data or {}).get(name)


Guard = Callable[[Ask], str | None]
LOOKS_AT_ROLE: set[Guard] = set()
LOOKS_AT_PERSON: set[Guard] = set()


def by_role(guard: Guard) -> Guard:
    """Marks a guard whose answer depends on the role acted in; all others answer alike for all."""
    LOOKS_AT_ROLE.add(guard)
    return guard


def by_person(guard: Guard) -> Guard:
    """Marks a guard that asks who acts: what it refuses is open to somebody else."""
    LOOKS_AT_PERSON.add(guard)
    return guard


def is_elses(rules: Iterable[str]) -> bool:
    """Whether one of the rules that stand against a step says that it is somebody else's."""
    return not {guard.__name__ for guard in LOOKS_AT_ROLE | LOOKS_AT_PERSON}.isdisjoint(rules)


def always(subject: Any) -> bool:
    return True


@dataclass(frozen=True)
class Transition:
    """One row of a table.

    `targets` lists where the step may lead; empty means the stage stays. With more than one,
    `choose` picks by what was captured. `proxy_roles` may take the step on behalf of the unit
    from paper (代录). `captures` names the fields of the step's form, `public` says whether the
    step shows on the public timeline. A row that does not `fit` this very case or task (an assisting
    opinion on a sole task) is not even offered; a guard says what is still missing.
    """

    action: str
    label: Any
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    roles: tuple[str, ...]
    guards: tuple[Guard, ...] = ()
    captures: tuple[str, ...] = ()
    proxy_roles: tuple[str, ...] = ()
    needs_reason: bool = False
    public: bool = False
    choose: Callable[[Ask], str] | None = None
    severe: bool = False  # ends, parts or undoes something: shown apart, confirmed by a form
    fits: Callable[[Any], bool] = always

    def target(self, ask: Ask, stage: str) -> str:
        if not self.targets:
            return stage
        return self.choose(ask) if self.choose else self.targets[0]


Table = tuple[Transition, ...]


def open_to(table: Table, stage: str) -> list[Transition]:
    """The rows that start from a stage, in the order of the table."""
    return [row for row in table if stage in row.sources]


def find(table: Table, action: str, stage: str) -> Transition | None:
    """The row of an action from a stage, or None when the stage does not know it."""
    return next((row for row in open_to(table, stage) if row.action == action), None)


def allows(row: Transition, role: str) -> bool:
    return role in row.roles or role in row.proxy_roles


def objections(row: Transition | None, ask: Ask) -> list[tuple[str, str]]:
    """(rule, reason) of everything that stands against the step; the rule is a guard's name."""
    if row is None:
        return [("stage", _("This step is not possible at the present stage."))]
    if not allows(row, ask.role):
        return [("role", _("This step is taken by somebody else."))]
    found = [(guard.__name__, reason) for guard in row.guards if (reason := guard(ask))]
    if row.needs_reason and ask.data is not None and not str(ask.given("reason") or "").strip():
        found.append(("reason", _("Write the reason.")))
    if ask.role in row.proxy_roles and ask.data is not None and not ask.given("paper_note"):
        paper = _("Entered on behalf of the unit: say which paper or call it rests on.")
        found.append(("paper_note", paper))
    return found


def refusals(row: Transition | None, ask: Ask) -> list[str]:
    """Every reason why the step cannot be taken; an empty list means it can."""
    return [reason for _rule, reason in objections(row, ask)]
