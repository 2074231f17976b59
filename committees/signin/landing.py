"""Where somebody lands after signing in: the pages made for a phone, or the staff screens."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from committees.grants import UNIT_ROLES, grants_of
from committees.models import Role, RoleGrant, User

# Who works with /my/; everybody else works in the staff screens.
ON_THEIR_OWN_PAGES = {Role.MEMBER, Role.PARTY_APPROVER, Role.VILLAGE_CLERK, *UNIT_ROLES}


def has_own_pages(grants: Iterable[RoleGrant]) -> bool:
    return any(grant.role in ON_THEIR_OWN_PAGES for grant in grants)


def has_desk(grants: Iterable[RoleGrant]) -> bool:
    return any(grant.role not in ON_THEIR_OWN_PAGES for grant in grants)


def landing_of(user: User) -> str:
    """Who has a desk begins there, also as a member; an account without a role is told so there."""
    grants = grants_of(user)
    own = has_own_pages(grants) and not has_desk(grants) and not user.is_superuser
    return reverse("my:home" if own else "admin:index")
