"""What stands against giving somebody a role: the one rule, for the form and for whatever imports.

The three administrators exclude each other and every part in cases, and nobody gives a role on a
place that lies outside the own one.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from committees.grants import ADMINISTRATORS
from committees.models import Role, RoleGrant, User


def against_granting(grant: RoleGrant, *, by: User) -> list[str]:
    """Every reason why this grant, not yet saved, is not given; an empty list lets it pass."""
    reasons = []
    if grant.user_id == by.pk:
        reasons.append(_("Nobody grants a role to himself or herself."))
    if grant.scope is not None and not may_grant_in(grant.reach, by=by):
        reasons.append(_("You give roles in your own region only."))
    return reasons + against_together(grant)


def may_grant_in(code: str, *, by: User) -> bool:
    """Whether a place lies in a region of this security administrator."""
    if by.is_superuser:
        return True
    own = by.grants.in_force().filter(role=Role.SECURITY_ADMIN, region__isnull=False)
    return any(code.startswith(str(region)) for region in own.values_list("region_id", flat=True))


def against_together(grant: RoleGrant) -> list[str]:
    """Why a role does not go with those that the person holds at the same time."""
    return against_roles(grant.role, set(_beside(grant).values_list("role", flat=True)))


def against_roles(role: str, beside: set[str]) -> list[str]:
    """Why a role does not go with others at the same time."""
    others = beside - {role}
    administrator = role in ADMINISTRATORS
    if administrator and others & set(ADMINISTRATORS):
        return [_("Nobody is administrator of two kinds: choose another person.")]
    if others if administrator else others & set(ADMINISTRATORS):
        return [_("An administrator has no part in cases: choose another person.")]
    return []


def _beside(grant: RoleGrant) -> QuerySet[RoleGrant]:
    """The other grants of the person that are in force on a day of this one."""
    rows = RoleGrant.objects.filter(user=grant.user_id).exclude(pk=grant.pk)
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=grant.valid_from))
    return rows if grant.valid_until is None else rows.filter(valid_from__lte=grant.valid_until)
