"""The steps of a case or task shown to a person: open, or with the reasons why not yet."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from committees.models import RoleGrant, User
from consultations.models import Case
from consultations.models.events import ACTING
from consultations.permissions import Subject, asked, roles_on, stage_of, table_of
from consultations.workflow import engine
from consultations.workflow.engine import Ask, Transition


@dataclass(frozen=True)
class Offer:
    """A step shown to a person: the row, the role it would be taken in, and why it cannot be.

    `is_elses` where it cannot because of who the person is: then somebody else takes it.
    """

    row: Transition
    role: str
    reasons: list[str]
    is_elses: bool = False

    @property
    def is_open(self) -> bool:
        return not self.reasons

    @property
    def is_proxy(self) -> bool:
        return self.role in self.row.proxy_roles


def steps_of(
    user: User, subject: Subject, *, grants: Iterable[RoleGrant] | None = None
) -> list[Transition]:
    """The rows open to a person by role alone, without asking the guards: for long lists."""
    held = roles_on(user, subject, grants=grants)
    return [row for row in _fitting_rows(subject) if held & {*row.roles, *row.proxy_roles}]


def _fitting_rows(subject: Subject) -> list[Transition]:
    rows = engine.open_to(table_of(subject), stage_of(subject))
    return [row for row in rows if row.fits(subject)]


def actions_for(
    user: User,
    subject: Subject,
    *,
    grants: Iterable[RoleGrant] | None = None,
    known: dict[str, Any] | None = None,
    only: Container[str] | None = None,
) -> list[Offer]:
    """The steps open from the present stage that belong to this person, with their refusals.

    `known` is what the guards would look up and the caller has just read (`Ask.once`); `only`
    are the actions that are asked about, where not all are.
    """
    held = roles_on(user, subject, grants=grants)
    offers: list[Offer] = []
    known = {} if known is None else known
    for row in _fitting_rows(subject):
        if only is not None and row.action not in only:
            continue
        choices = [
            _offer(row, asked(subject, user, role, known=known))
            for role in (*row.roles, *row.proxy_roles)
            if role in held
        ]
        if choices:
            offers.append(min(choices, key=lambda offer: (offer.is_elses, len(offer.reasons))))
    return offers


def _offer(row: Transition, ask: Ask) -> Offer:
    against = engine.objections(row, ask)
    is_elses = engine.is_elses(rule for rule, _reason in against)
    return Offer(row, ask.role, [reason for _rule, reason in against], is_elses)


def awaited(
    user: User, subject: Subject, *, grants: Iterable[RoleGrant] | None = None
) -> list[tuple[Transition, list[str]]]:
    """The ways forward of an open case or task that are somebody else's, each with the roles that
    fit; where the place or the studio decides which of several roles it is, also those ways that
    would be the person's otherwise.

    Of several roles those fit that the guards refuse least: the gate of a topic is one of two.
    """
    case = subject if isinstance(subject, Case) else subject.case
    if case.is_ended or subject.is_ended:
        return []
    held = roles_on(user, subject, grants=grants)
    forward = [
        row
        for row in _fitting_rows(subject)
        if row.targets and not row.severe and engine.SYSTEM not in row.roles
    ]
    known: dict[str, Any] = {}
    fitting = [(row, _fitting(row, user, subject, known)) for row in forward]
    return [(row, roles) for row, roles in fitting if not held & set(roles)]


def _fitting(row: Transition, user: User, subject: Subject, known: dict[str, Any]) -> list[str]:
    telling = [guard for guard in row.guards if guard in engine.LOOKS_AT_ROLE]
    against = {
        role: sum(guard(asked(subject, user, role, known=known)) is not None for guard in telling)
        for role in row.roles
    }
    return [role for role in row.roles if against[role] == min(against.values())]


def own_steps(offers: Iterable[Offer]) -> list[Offer]:
    """The ways on that are the person's, open or not yet; what is severe stands apart."""
    return [offer for offer in offers if not offer.row.severe and not offer.is_elses]


def next_by_others(
    user: User,
    subject: Subject,
    offers: Iterable[Offer],
    *,
    grants: Iterable[RoleGrant] | None = None,
) -> list[str]:
    """What comes next and who takes it, in words, for those who wait: by role, or where only this
    very person is barred (`offers`), with the reason."""
    labels = dict(ACTING)
    rows = awaited(user, subject, grants=grants)
    by_role = [
        f"{row.label}（{'、'.join(str(labels[role]) for role in roles)}）" for row, roles in rows
    ]
    named = {row.action for row, _roles in rows}
    barred = [o for o in offers if o.is_elses and not o.row.severe and o.row.action not in named]
    return [*by_role, *(f"{offer.row.label}（{''.join(offer.reasons)}）" for offer in barred)]


def reasons_against(
    user: User, subject: Subject, action: str, *, grants: Iterable[RoleGrant] | None = None
) -> list[str]:
    """Why a step is not possible now, to be told before anything is typed."""
    offers = actions_for(user, subject, grants=grants, only={action})
    return [reason for offer in offers for reason in offer.reasons]
