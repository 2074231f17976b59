"""People who hold an office for somebody else, beside those of the world, and what is right of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from committees.grants import grants_of, read_once, same_hand
from committees.models import RoleGrant, User
from consultations.selectors.cases import cases_for
from tests.people import County, a_person, grant

ROLE = "county_office"


def build(county: County) -> dict[str, User]:
    """By name: principals, one deputy of each kind, and `was`, who is deputy no longer."""
    office, yesterday = (ROLE, county.region), timezone.localdate() - dt.timedelta(days=1)
    principals = {
        "principal": a_person("principal", office),
        "switched off": a_person("switched-off", office, is_active=False),
        "another role": a_person("another-role", ("leader", county.region)),
        "elsewhere": a_person("elsewhere", (ROLE, county.region.parent)),
        "ended": a_person("ended"), "not yet": a_person("not-yet"), "last day": a_person("last-day"),
    }  # fmt: skip
    grant(principals["last day"], *office, valid_until=timezone.localdate())
    grant(principals["ended"], *office, valid_until=yesterday)
    grant(principals["not yet"], *office, valid_from=timezone.localdate() + dt.timedelta(days=1))
    made = dict(principals)
    for name, principal in principals.items():
        made[f"of {name}"] = _deputy(f"of {name}", principal, *office)
    made["second"] = _deputy("second", made["principal"], *office)
    grant(made["second"], *office)  # holds it as well
    made["of deputy"] = _deputy("of deputy", made["of principal"], *office)
    made["was"] = _deputy("was", made["principal"], *office, valid_until=yesterday)
    made["of clerk"] = _deputy("of clerk", county.clerk, "liaison", county.studio)
    made["of officer"] = _deputy("of officer", county.officer, "unit_officer", county.unit)
    # Whose principal ended holds a role of the own, at a studio.
    grant(made["of ended"], "liaison", county.studio)
    return made


def _deputy(name: str, principal: User, role: str, scope: Any, **dates: dt.date) -> User:
    user = a_person(name.replace(" ", "-"))
    grant(user, role, scope, deputy_of=principal, **dates)
    return user


HOLDS: dict[str, list[str]] = {
    "principal": [ROLE], "of principal": [ROLE], "second": [ROLE, ROLE], "another role": ["leader"],
    "elsewhere": [ROLE], "of ended": ["liaison"], "last day": [ROLE], "of last day": [ROLE],
    "of clerk": ["liaison"], "of officer": ["unit_officer"],
}  # fmt: skip


def wrong_deputies(people: dict[str, User]) -> Iterator[str]:
    """Deputies hold what the principal holds, as long as he does; and count as one hand with him."""
    for name, user in people.items():
        held = grants_of(user)
        if [grant.role for grant in held] != HOLDS.get(name, []):
            yield f"{name} holds {held}"
        if cases_for(user).exists() != (name in HOLDS):
            yield f"{name} sees cases"
    yield from _wrong_pointers(people)
    yield from _wrong_memory(people)
    yield from _wrong_hands(people)
    yield from _wrong_alone(people["principal"])


def _wrong_pointers(people: dict[str, User]) -> Iterator[str]:
    """What a grant points to has been read with it."""
    found = grants_of(people["of principal"])
    if [grant.deputy_of for grant in found] != [people["principal"]]:
        yield "the principal is not there"
    if [grant.reach for grant in grants_of(people["of ended"])] != ["539921100"]:
        yield "the studio is not there"


def _wrong_alone(user: User) -> Iterator[str]:
    """Where nobody is anybody's deputy, everybody holds the own grants as well."""
    with transaction.atomic():
        RoleGrant.objects.exclude(deputy_of=None).update(deputy_of=None)
        found = [grant.user_id for grant in grants_of(user)]
        transaction.set_rollback(True)
    if found != [user.pk]:
        yield "somebody holds the grants of others"


def _wrong_memory(people: dict[str, User]) -> Iterator[str]:
    """Within one request everybody keeps the own grants."""
    with read_once():
        for name in ("principal", "of ended", "ended", "principal"):
            if grants_of(people[name]) != sorted(
                people[name].grants.in_force(), key=lambda g: g.pk
            ):
                yield f"{name} holds what another held"


ONE_HAND = {"principal", "of principal", "second"}


def _wrong_hands(people: dict[str, User]) -> Iterator[str]:
    """Since today; a deputy of a deputy is no principal's; whose office ended counted until then."""
    today = timezone.localdate()
    yesterday = today - dt.timedelta(days=1)
    right = {
        ("principal", today): ONE_HAND, ("second", today): ONE_HAND, ("was", today): {"was"},
        ("of principal", today): {*ONE_HAND, "of deputy"},
        ("was", yesterday): {*ONE_HAND, "was"}, ("principal", yesterday): {*ONE_HAND, "was"},
        ("elsewhere", today): {"elsewhere", "of elsewhere"},
    }  # fmt: skip
    for (name, since), wanted in right.items():
        if same_hand(people[name], since=since) != {people[one].pk for one in wanted}:
            yield f"{name} is one hand with others"


__all__ = ["build", "wrong_deputies"]
