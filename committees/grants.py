"""The grants of a person in force, and the groups of roles that share a right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from committees.models import HandlingUnit, Role, RoleGrant, Studio, User
from committees.models.accounts import RoleGrantQuerySet
from committees.models.regions import at_or_below

EDITORS = (Role.COUNTY_OFFICE, Role.STUDIO_DIRECTOR, Role.LIAISON)
# Who reads and writes internal notes.
INTERNAL = (*EDITORS, Role.LEADER, Role.DISPATCH_OFFICE)
# Who keeps the lists of places and people, each within the own reach.
OFFICES = (Role.PROVINCE_OFFICE, Role.PREFECTURE_OFFICE, Role.COUNTY_OFFICE)
KEEPERS = (Role.SYSTEM_ADMIN, *OFFICES)
UNIT_ROLES = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
# The three administrators run the site; they have no part in any case.
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
BUSINESS_ROLES = tuple(role for role in Role if role not in ADMINISTRATORS)

COUNTY_DIGITS = 6
Codes = list[str] | None  # of the regions that somebody's roles reach; None is everywhere
_read: ContextVar[dict[int, list[RoleGrant]] | None] = ContextVar("grants_read", default=None)


def is_from_above(grant: RoleGrant) -> bool:
    """A grant on a prefecture or the province: it sees the counties below and acts in none."""
    return grant.region_id is not None and len(grant.region_id) < COUNTY_DIGITS


@contextmanager
def read_once() -> Iterator[None]:
    """Within it, the grants of a person are read once; around every request."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def grants_of(user: User) -> list[RoleGrant]:
    """The grants in force today, with what their scope needs."""
    if not user.is_authenticated or not user.is_active:
        return []
    read = _read.get()
    if read is None:
        return _held_by(user)
    if user.pk not in read:
        read[user.pk] = _held_by(user)
    return list(read[user.pk])


def reach(user: User, *, roles: Iterable[str]) -> Codes:
    """Codes of the regions that some roles of a person reach today; a superuser's is everywhere."""
    if user.is_superuser:
        return None
    wanted = set(roles)
    return [grant.reach for grant in grants_of(user) if grant.role in wanted]


def granted_within(codes: Iterable[str]) -> Q:
    """Grants on a region, on a studio of a committee, or on a unit, at these places or below."""
    own = list(codes)
    return (
        at_or_below(own)
        | at_or_below(own, path="studio__committee__region")
        | at_or_below(own, path="unit__region")
    )


def in_force(grants: RoleGrantQuerySet) -> list[RoleGrant]:
    """Those of some grants that hold today. The question about principals is asked only where a
    deputy is among them: it makes the statement three times as dear."""
    held = list(grants.dated(timezone.localdate()))
    if any(grant.deputy_of_id for grant in held):
        held = list(grants.in_force())
    return held


def _held_by(user: User) -> list[RoleGrant]:
    """With what they point to, for those who need it: most hold a region."""
    held = in_force(RoleGrant.objects.filter(user=user))
    _attach(held, "studio", Studio.objects.select_related("committee"))
    _attach(held, "unit", HandlingUnit.objects.all())
    _attach(held, "deputy_of", User.objects.all())
    return held


def _attach(grants: list[RoleGrant], name: str, rows: QuerySet[Any]) -> None:
    """Fill in what some of the grants point to: one query, or none."""
    pointing = [grant for grant in grants if getattr(grant, f"{name}_id")]
    found = rows.in_bulk({getattr(grant, f"{name}_id") for grant in pointing}) if pointing else {}
    for grant in pointing:
        setattr(grant, name, found[getattr(grant, f"{name}_id")])


def same_hand(user: User, *, since: dt.date) -> set[int]:
    """The accounts that count as one where two people are asked for: the person, those whose deputy
    he or she is or was since a day, their deputies, and the own ones. One query."""
    deputies = RoleGrant.objects.exclude(deputy_of=None)
    lasting = deputies.filter(Q(valid_until=None) | Q(valid_until__gte=since))
    principals = lasting.filter(user=user).values("deputy_of")
    rows = lasting.filter(Q(user=user) | Q(deputy_of=user) | Q(deputy_of__in=principals))
    return {user.pk, *(key for pair in rows.values_list("user", "deputy_of") for key in pair)}
