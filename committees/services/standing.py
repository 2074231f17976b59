"""Accounts switched on and off, and role grants that end: one at a time, each in the audit log.

A refusal comes back as reasons; an empty list means that it was done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit
from committees.grants import ADMINISTRATORS
from committees.models import AuditEntry, Role, RoleGrant, User
from committees.services.activation import rules_over
from committees.services.versions import store


def against_switching(
    user: User, *, by: User, on: bool, roles: Iterable[str], is_ruled: bool
) -> list[str]:
    """`roles` are those that the account holds today; `is_ruled` as `rules_over` tells."""
    if user.pk == by.pk:
        return [_("Nobody switches the own account on or off.")]
    if user.is_active == on:
        return [_("The account is on already.") if on else _("The account is off already.")]
    if not on and set(roles) & set(ADMINISTRATORS):
        return [_("An administrator's account is switched off on its own page.")]
    if not is_ruled:
        return [_("The account has rights beyond your region.")]
    return []


@transaction.atomic
def switch(user: User, *, by: User, on: bool) -> list[str]:
    """Switch an account on or off; off, it is out at its next request."""
    fresh = User.objects.select_for_update().get(pk=user.pk)
    roles = fresh.grants.in_force().values_list("role", flat=True)
    is_ruled = rules_over(by, fresh, role=Role.SYSTEM_ADMIN)
    if against := against_switching(fresh, by=by, on=on, roles=roles, is_ruled=is_ruled):
        return against
    fresh.is_active = on
    fresh.save(update_fields=["is_active"])
    audit.record(AuditEntry.Kind.CHANGED, by=by, about=fresh, facts={"is_active": on})
    return []


def against_ending(grant: RoleGrant, *, by: User, on: dt.date) -> list[str]:
    if grant.user_id == by.pk:
        return [_("Nobody ends a role of his or her own.")]
    if on < timezone.localdate():
        return [_("The last day is today or later.")]
    if on < grant.valid_from:
        return [_("The role begins after this day.")]
    if grant.valid_until is not None and grant.valid_until <= on:
        return [_("The role ends on %s already.") % grant.valid_until.isoformat()]
    return []


@transaction.atomic
def end_grant(grant: RoleGrant, *, by: User, on: dt.date) -> list[str]:
    """Let a role end; `on` is its last day."""
    fresh = RoleGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if against := against_ending(fresh, by=by, on=on):
        return against
    fresh.valid_until = on
    store(fresh, by=by, fields=["valid_until"])
    facts = {"valid_until": on.isoformat(), "role": fresh.role, "user": fresh.user_id}
    audit.record(AuditEntry.Kind.GRANT_CHANGED, by=by, about=fresh, facts=facts)
    return []
