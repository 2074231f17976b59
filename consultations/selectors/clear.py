"""Whose phone somebody may see in clear, and as what: the office of the own county, a studio and a
handling unit in the matters they have in hand. Who may not is told that there is no such page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from committees.grants import BUSINESS_ROLES, granted_within
from committees.models import Member, Role, RoleGrant, StudioSeat, UnitContact, User
from committees.models.regions import at_or_below
from committees.partial_dates import not_over
from committees.sealed import masked
from committees.selectors.member_seats import members_of_county, offices_of
from consultations.models import Case, Task

STUDIO = (Role.STUDIO_DIRECTOR, Role.LIAISON)
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Reader:
    """One role of a person with its counties, studios or units."""

    role: str
    region: str
    counties: list[str]
    studios: list[int]
    units: list[int]


def members(reader: Reader) -> Rows:
    """Of the own county; a studio, those who sit in it today."""
    if reader.counties:
        return members_of_county(reader.counties)
    seats = StudioSeat.objects.filter(not_over(), studio__in=reader.studios)
    return Member.objects.filter(pk__in=seats.exclude(member=None).values("member"))


def contacts(reader: Reader) -> Rows:
    """Of the units of the own county; a studio, of those that have a task in its matters."""
    if reader.counties:
        return UnitContact.objects.filter(at_or_below(reader.counties, path="unit__region"))
    units = Task.objects.filter(case__studio__in=reader.studios).values("unit")
    return UnitContact.objects.filter(unit__in=units)


def accounts(reader: Reader) -> Rows:
    """Whoever does business in the county; otherwise who is in charge of a matter one shares."""
    if reader.counties:
        granted = RoleGrant.objects.in_force().filter(
            granted_within(reader.counties),
            role__in=BUSINESS_ROLES,
        )
        return User.objects.filter(pk__in=granted.values("user"))
    tasks = Task.objects.filter(unit__in=reader.units).exclude(dispatched_on=None)
    cases = Case.objects.filter(Q(studio__in=reader.studios) | Q(pk__in=tasks.values("case")))
    return User.objects.filter(pk__in=cases.filter(restricted_at=None).values("owner"))


KINDS: dict[str, tuple[Callable[[Reader], Rows], tuple[str, ...]]] = {
    "member": (members, (Role.COUNTY_OFFICE, *STUDIO)),
    "contact": (contacts, (Role.COUNTY_OFFICE, *STUDIO)),
    "account": (accounts, (Role.COUNTY_OFFICE, *STUDIO, Role.UNIT_OFFICER)),
}


def readers(kind: str, grants: Iterable[RoleGrant]) -> list[Reader]:
    """The roles held that may see this kind at all, the widest first."""
    held, found = list(grants), []
    for role in KINDS[kind][1]:
        own = [grant for grant in held if grant.role == role]
        reader = Reader(
            role,
            min((grant.reach for grant in own), key=len, default=""),
            offices_of(own),
            [grant.studio_id for grant in own if grant.studio_id],
            [grant.unit_id for grant in own if grant.unit_id],
        )
        if reader.counties or reader.studios or reader.units:
            found.append(reader)
    return found


def reader_of(kind: str, pk: int, *, grants: Iterable[RoleGrant]) -> tuple[Any, Reader] | None:
    """The record and the role in which it may be seen in clear; None where there is none."""
    rows = KINDS[kind][0]
    for reader in readers(kind, grants):
        if (record := rows(reader).filter(pk=pk).first()) is not None:
            return record, reader
    return None


def readable(kind: str, keys: Iterable[int], *, grants: Iterable[RoleGrant]) -> set[int]:
    """Those of the keys that may be seen in clear; one query for each role held."""
    rows, wanted = KINDS[kind][0], list(keys)
    if not wanted:
        return set()
    held = readers(kind, grants)
    return {
        pk for one in held for pk in rows(one).filter(pk__in=wanted).values_list("pk", flat=True)
    }


@dataclass(frozen=True)
class Phone:
    """Somebody one may call about a task; the number is asked for on a page of its own."""

    kind: str
    pk: int
    name: str
    post: str
    office_phone: str
    masked: str

    @property
    def is_contact(self) -> bool:
        return self.kind == "contact"


def phones_of(task: Task, *, grants: Iterable[RoleGrant]) -> list[Phone]:
    """Whom the person asking may call about a task: the unit's contacts of today, and whoever is in
    charge of the matter. Bounded queries."""
    held, today = list(grants), timezone.localdate()
    rows = UnitContact.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today),
        Q(valid_until=None) | Q(valid_until__gte=today),
        unit=task.unit_id,
    ).order_by("-valid_from", "pk")
    people = list(rows[:5]) if readers("contact", held) else []
    seen = readable("contact", [row.pk for row in people], grants=held)
    found = [
        Phone("contact", row.pk, row.name, row.post, row.office_phone, masked(row.mobile))
        for row in people
        if row.pk in seen
    ]
    owner = task.case.owner
    if owner is not None and owner.pk in readable("account", [owner.pk], grants=held):
        found.append(Phone("account", owner.pk, str(owner), "", "", masked(owner.mobile)))
    return found
