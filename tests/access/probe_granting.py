"""Who may give which role to whom, asked of the rule itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from committees.models import RoleGrant, User
from committees.services.granting import against_granting
from tests.access import visibility as who
from tests.access.world import World


def wrong_granting(world: World) -> Iterator[str]:
    for name, (given, by, wanted) in _cases(world).items():
        if len(against_granting(given, by=by)) != wanted:
            yield f"{name} is given, or is not"


def _cases(world: World) -> dict[str, tuple[RoleGrant, User, int]]:
    """What is given, by whom, and how many reasons stand against it."""
    people, here, away = world.people, world.counties["own"], world.counties["sibling_county"]
    security, nobody = people[who.SECURITY], people["nobody"]
    boss = User(pk=0, is_superuser=True)
    asked = {
        "a role at home": (nobody, who.OFFICE, security, 0),
        "a role to oneself": (security, who.SECURITY, security, 1),
        "a role by an office": (nobody, who.LEADER, people[who.OFFICE], 1),
        "a role by another administrator": (nobody, who.LEADER, people[who.SYSTEM], 1),
        "a second part in cases": (people[who.OFFICE], who.LEADER, security, 0),
        "a second kind of administrator": (people[who.AUDIT], who.SYSTEM, security, 1),
        "the same kind again": (people[who.AUDIT], who.AUDIT, security, 0),
        "a part in cases for an administrator": (people[who.AUDIT], who.OFFICE, security, 1),
        "an administrator with a part in cases": (people[who.OFFICE], who.AUDIT, security, 1),
    }
    return {
        **{name: (_given(user, role, here.region), by, against)
           for name, (user, role, by, against) in asked.items()},
        "a role elsewhere": (_given(nobody, who.OFFICE, away.region), security, 1),
        "a studio elsewhere": (_given(nobody, who.LIAISON, away.studio), security, 1),
        "a unit elsewhere": (_given(nobody, who.OFFICER, away.unit), security, 1),
        "a studio at home": (_given(nobody, who.LIAISON, here.studio), security, 0),
        "a unit at home": (_given(nobody, who.OFFICER, here.unit), security, 0),
        "anything by whoever set it up": (_given(nobody, who.OFFICE, away.region), boss, 0),
        "another role instead": (_instead(people[who.AUDIT]), security, 0),
        **_by_dates(world, security),
    }  # fmt: skip


def _by_dates(world: World, by: User) -> dict[str, tuple[RoleGrant, User, int]]:
    """What is not held on the same day goes together."""
    region, today = world.counties["own"].region, timezone.localdate()
    ended, not_yet = world.deputies["ended"], world.deputies["not yet"]
    since = {"valid_from": today - dt.timedelta(days=1)}
    return {
        "after what ended": (_given(ended, who.AUDIT, region), by, 0),
        "on the last day of the other": (_given(ended, who.AUDIT, region, **since), by, 1),
        "before what begins": (_given(not_yet, who.AUDIT, region, valid_until=today), by, 0),
        "into what begins": (_given(not_yet, who.AUDIT, region), by, 1),
    }


def _given(user: User, role: str, scope: Any, **dates: dt.date) -> RoleGrant:
    kind = {"Region": "region", "Studio": "studio", "HandlingUnit": "unit"}[type(scope).__name__]
    return RoleGrant(user=user, role=role, **{kind: scope}, **dates)


def _instead(user: User) -> RoleGrant:
    """The own grant, changed: it does not stand beside itself."""
    changed = user.grants.get()
    changed.role = who.OFFICE
    return changed
