"""Which cases somebody may see. What is not in the answer does not exist for the viewer."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Left
from django.db.models.lookups import Exact

from committees.grants import BUSINESS_ROLES, grants_of, is_from_above
from committees.models import Origin, Role, RoleGrant, User
from committees.models.regions import at_or_below
from consultations.models import Case, Sensitivity, Suggestion, Task
from consultations.models.cases import CaseQuerySet
from consultations.models.tasks import TaskQuerySet
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskState

UPPER = (Role.PREFECTURE_OFFICE, Role.PROVINCE_OFFICE)
# Sensitive matters go up as numbers only.
SHOWN_ABOVE = Q(sensitivity=Sensitivity.NORMAL, restricted_at=None)


def is_shown_above(case: Case) -> bool:
    """`SHOWN_ABOVE` of a row at hand."""
    return case.sensitivity == Sensitivity.NORMAL and case.restricted_at is None


def public_cases() -> CaseQuerySet:
    """Released and unrestricted cases, newest first: the only ones without an account."""
    return Case.objects.public()


def cases_for(user: User, *, grants: Iterable[RoleGrant] | None = None) -> CaseQuerySet:
    """The cases inside the viewer's grants: own region and below, own studio, own unit's tasks."""
    held = grants_of(user) if grants is None else grants
    grants = [grant for grant in held if grant.role in BUSINESS_ROLES]
    if not grants:
        return Case.objects.none()
    scope = Q()
    for grant in grants:
        scope |= case_scope(grant)
    return Case.objects.filter(scope)


def counted_only(grants: Iterable[RoleGrant]) -> int:
    """How many real matters below the offices of a prefecture or the province they know by number
    alone: sensitive or restricted ones, once sent for review."""
    scope = Q(pk__in=[])
    for grant in grants:
        if grant.role in UPPER:
            scope |= _below(grant.region_id)
    found = Case.objects.filter(scope, origin=Origin.ENTERED).exclude(SHOWN_ABOVE)
    return found.exclude(stage=Stage.DRAFT).count()


def tasks_for(user: User, *, grants: Iterable[RoleGrant] | None = None) -> TaskQuerySet:
    """The tasks of the viewer's cases; for a unit only its own, and only once handed over."""
    held = grants_of(user) if grants is None else grants
    grants = [grant for grant in held if grant.role in BUSINESS_ROLES]
    if not grants:
        return Task.objects.none()
    scope = Q()
    for grant in grants:
        scope |= task_scope(grant)
    return Task.objects.filter(scope)


def suggestions_for(
    user: User, *, grants: Iterable[RoleGrant] | None = None
) -> QuerySet[Suggestion]:
    """The residents' inbox of the places the viewer screens for."""
    scope = Q(pk__in=[])
    for grant in grants_of(user) if grants is None else grants:
        if grant.role in (Role.COUNTY_OFFICE, Role.STUDIO_DIRECTOR, Role.LIAISON):
            scope |= Q(region=grant.region_id) if is_from_above(grant) else _below(grant.reach)
    return Suggestion.objects.filter(scope)


def case_scope(grant: RoleGrant) -> Q:
    """The cases that one grant shows."""
    if grant.unit_id:
        handed_over = Task.objects.filter(unit=grant.unit_id).exclude(state=TaskState.DRAFTED)
        return Q(pk__in=handed_over.values("case"), restricted_at=None)
    if grant.studio_id:
        return Q(studio=grant.studio_id)
    scope = _below(grant.region_id)
    if grant.role in UPPER:
        return scope & SHOWN_ABOVE
    return scope & (SHOWN_ABOVE | acts_in(grant)) if is_from_above(grant) else scope


def acts_in(grant: RoleGrant) -> Q:
    """The cases in which the role of a grant is held: from above a county, those of that level."""
    return Q(region=grant.region_id) if is_from_above(grant) else case_scope(grant)


def task_scope(grant: RoleGrant) -> Q:
    """The tasks that one grant shows."""
    if grant.unit_id:
        return Q(unit=grant.unit_id) & ~Q(state=TaskState.DRAFTED) & Q(case__restricted_at=None)
    if grant.studio_id:
        return Q(case__studio=grant.studio_id)
    if grant.role in UPPER or is_from_above(grant):
        # So many that each is asked, instead of collecting all by their cases.
        return Q(Exists(Case.objects.filter(case_scope(grant), pk=OuterRef("case"))))
    return _below(grant.region_id, "case__")


def _below(code: str | None, path: str = "") -> Q:
    """Rows of a region and below, by the column that fits the level.

    Of a province they are nearly all: an expression keeps the planner from sorting them by way of
    an index of places, so that it walks the newest.
    """
    if code is None:
        return Q(pk__in=[])
    if len(code) == 6:
        return Q(**{f"{path}county_code": code})
    if len(code) == 4:
        return Q(**{f"{path}prefecture_code": code})
    if len(code) == 2:
        return Q(Exact(Left(f"{path}prefecture_code", 2), Value(code)))
    return at_or_below([code], path=f"{path}region")
