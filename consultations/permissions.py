"""Who may take which step now. Derived from the grants and the two tables; nothing is cached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from consultations.selectors.shown import shown_words
from consultations.workflow import engine
from consultations.workflow.cases import CASES, CREATORS
from consultations.workflow.engine import Ask, Table, Transition
from consultations.workflow.entries import ENTRIES
from consultations.workflow.tasks import TASKS

Subject = Case | Task

# By the length of the region's code: who looks from there at what lies in a county.
UPPER_OFFICES = {4: Role.PREFECTURE_OFFICE.value, 2: Role.PROVINCE_OFFICE.value}


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


def _covers(grant: RoleGrant, subject: Subject) -> bool:
    case = subject if isinstance(subject, Case) else subject.case
    if grant.region_id:
        return case.region_id.startswith(grant.region_id)
    if grant.studio_id:
        return case.studio_id == grant.studio_id
    return isinstance(subject, Task) and subject.unit_id == grant.unit_id
