"""Who may take which step now. Derived from the grants and the two tables; nothing is cached."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from committees.grants import (
    ADMINISTRATORS,
    EDITORS,
    INTERNAL,
    UNIT_ROLES,
    grants_of,
    is_from_above,
)
from committees.models import Role, RoleGrant, Studio, User
from committees.models.regions import Region
from consultations.models import Case, Task
from consultations.models.events import ACTING
from consultations.selectors.shown import shown_words
from consultations.workflow import engine
from consultations.workflow.cases import CASES, CREATORS
from consultations.workflow.engine import Ask, Table, Transition
from consultations.workflow.entries import ENTRIES
from consultations.workflow.tasks import TASKS

Subject = Case | Task

# By the length of the region's code: who looks from there at what lies in a county.
UPPER_OFFICES = {4: Role.PREFECTURE_OFFICE.value, 2: Role.PROVINCE_OFFICE.value}


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


def table_of(subject: Subject) -> Table:
    return CASES if isinstance(subject, Case) else TASKS


def stage_of(subject: Subject) -> str:
    return subject.stage if isinstance(subject, Case) else subject.state


def roles_on(
    user: User, subject: Subject, *, grants: Iterable[RoleGrant] | None = None
) -> set[str]:
    """The roles a person holds over this very case or task."""
    case = subject if isinstance(subject, Case) else subject.case
    held = grants_of(user) if grants is None else grants
    return {role_at(grant, case.region_id) for grant in held if _covers(grant, subject)}


def acting_choices(
    user: User, subject: Subject, role: str, *, grants: Iterable[RoleGrant] | None = None
) -> list[User | None]:
    """For whom a person may act in a role on this record: None stands for the own right, which
    comes first; then those whose deputy he or she is."""
    case = subject if isinstance(subject, Case) else subject.case
    held = grants_of(user) if grants is None else grants
    own = [g for g in held if _covers(g, subject) and role_at(g, case.region_id) == role]
    found = {grant.deputy_of_id: grant.deputy_of for grant in own}
    return [found[key] for key in sorted(found, key=lambda key: key or 0)]


def role_at(grant: RoleGrant, code: str) -> str:
    """The role that a grant gives in a place of its reach.

    A grant on a prefecture or the province is for the matters of that very level. What lies in a
    county below is looked at from there, as the office of that level does, and never moved.
    """
    if not is_from_above(grant) or grant.region_id == code or grant.role in ADMINISTRATORS:
        return grant.role
    return UPPER_OFFICES[len(str(grant.region_id))]


def roles_in(user: User, region: Region) -> set[str]:
    """The roles a person holds in a region (directly, or through a studio that lies in it)."""
    held = [grant for grant in grants_of(user) if region.code.startswith(grant.reach)]
    return {role_at(grant, region.code) for grant in held}


def may_create(user: User, region: Region) -> str | None:
    """The role in which a person may log a case in a region, or None."""
    held = roles_in(user, region)
    return next((role for role in CREATORS if role in held), None)


def studio_for(user: User, region: Region) -> Studio | None:
    """The studio through which a person works in a region, if any."""
    here = (g for g in grants_of(user) if g.studio_id and region.code.startswith(g.reach))
    return next((grant.studio for grant in here), None)


def may_edit(user: User, case: Case, *, grants: Iterable[RoleGrant] | None = None) -> str | None:
    """The role in which a person may change what is typed in a record, or None.

    Offices and studio clerks may while the case is open; whoever logged it, while it is a draft.
    """
    if case.is_ended:
        return None
    held = roles_on(user, case, grants=grants)
    if role := next((role for role in EDITORS if role in held), None):
        return role
    if case.stage == "draft" and user.pk == case.created_by_id:
        return next((role for role in CREATORS if role in held), None)
    return None


def may_keep_milestones(
    user: User, case: Case, *, grants: Iterable[RoleGrant] | None = None
) -> str | None:
    """The role in which a person adds, moves or ticks off milestones, or None.

    Besides offices and studio clerks it is whoever is in charge of the case or works on it.
    """
    if case.is_ended:
        return None
    held = roles_on(user, case, grants=grants)
    if role := next((role for role in EDITORS if role in held), None):
        return role
    own = user.pk == case.owner_id or case.helpers.filter(pk=user.pk).exists()
    return next((role for role in CREATORS if role in held), None) if own else None


def sees_inside(user: User, case: Case, *, grants: Iterable[RoleGrant]) -> bool:
    """Whether the viewer sees the whole record; a handling unit sees what was agreed, and its own
    tasks."""
    return bool(roles_on(user, case, grants=grants) - {*UNIT_ROLES, *ADMINISTRATORS})


def sees_notes(user: User, case: Case, *, grants: Iterable[RoleGrant]) -> bool:
    return bool(roles_on(user, case, grants=grants) & set(INTERNAL))


def steps_of(
    user: User, subject: Subject, *, grants: Iterable[RoleGrant] | None = None
) -> list[Transition]:
    """The rows open to a person by role alone, without asking the guards: for long lists."""
    held = roles_on(user, subject, grants=grants)
    return [row for row in _fitting_rows(subject) if held & {*row.roles, *row.proxy_roles}]


def asked(
    subject: Subject,
    by: User | None,
    role: str,
    data: Mapping[str, Any] | None = None,
    *,
    known: dict[str, Any] | None = None,
) -> Ask:
    """The one way to ask a table: with what its guards need and cannot read themselves."""
    return Ask(subject, by, role, data, shown=shown_words, known={} if known is None else known)


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


def entries_for(user: User, case: Case, *, grants: Iterable[RoleGrant] | None = None) -> set[str]:
    """What a person may put on record of a case at its present stage."""
    held = roles_on(user, case, grants=grants)
    return {row.action for row in engine.open_to(ENTRIES, case.stage) if held & set(row.roles)}


def row_for(user: User, subject: Subject, action: str) -> Transition | None:
    """The row of an action that is this person's, or None.

    A step that was open when the page was loaded and is not any more is still found, so that its
    form can tell why; a step that is somebody else's, or none at all, is not.
    """
    held = roles_on(user, subject)
    here = engine.find(table_of(subject), action, stage_of(subject))
    rows = [here] if here else [row for row in table_of(subject) if row.action == action]
    return next((row for row in rows if held & {*row.roles, *row.proxy_roles}), None)


def offer_for(user: User, subject: Subject, action: str) -> Offer | None:
    """The offer of one step, or None when the person has no part in it."""
    return next((o for o in actions_for(user, subject) if o.row.action == action), None)


def reasons_against(
    user: User, subject: Subject, action: str, *, grants: Iterable[RoleGrant] | None = None
) -> list[str]:
    """Why a step is not possible now, to be told before anything is typed."""
    offers = actions_for(user, subject, grants=grants, only={action})
    return [reason for offer in offers for reason in offer.reasons]


def _covers(grant: RoleGrant, subject: Subject) -> bool:
    case = subject if isinstance(subject, Case) else subject.case
    if grant.region_id:
        return case.region_id.startswith(grant.region_id)
    if grant.studio_id:
        return case.studio_id == grant.studio_id
    return isinstance(subject, Task) and subject.unit_id == grant.unit_id
