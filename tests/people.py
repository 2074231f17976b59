"""A county with everything a case needs: regions, committee, studio, room, units, people.

county = a_county()          # the same one each time in a test
county.office, county.leader, county.clerk …          # people have roles, not flags
a_person("li", ("leader", county.region))             # somebody with grants of your own
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator

from committees.grants import ADMINISTRATORS
from committees.models import (
    Committee,
    HandlingUnit,
    Member,
    Region,
    Role,
    RoleGrant,
    Room,
    Seat,
    Studio,
    User,
)
from committees.sealed import seal

COUNTY = "539921"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NAMES = {"53": "云南省", "5399": "示例州", "5398": "对照州"}


@dataclass
class County:
    """One county with everything a case needs. `people` maps a role to the one who holds it."""

    region: Region
    township: Region
    village: Region
    committee: Committee
    studio: Studio
    room: Room
    unit: HandlingUnit
    other_unit: HandlingUnit
    third_unit: HandlingUnit
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        people = self.__dict__.get("people", {})
        if name in people:
            return people[name]
        raise AttributeError(name)


def a_county(code: str = COUNTY, *, name: str = "青禾县", is_demo: bool = False) -> County:
    """A county with a township, a village, a studio, three units, and one person for each role.

    Besides the role names, `county.<name>` knows: clerk (the liaison), other_officer and
    other_leader (of `other_unit`), double_leader (leads `unit` and `other_unit`), outsider (the
    office of another county), nobody (an account without a grant).
    """
    region = a_region(code, name=name, is_demo=is_demo)
    township = a_region(f"{code}100", name="临河乡", is_demo=is_demo)
    village = a_region(f"{code}100200", name="柳树村", is_demo=is_demo)
    committee = a_committee(region)
    studio = _get(Studio, code=f"studio-{code}", name="临河乡委员工作室", kind="area",
                  committee=committee, region=township)  # fmt: skip
    room = _get(Room, code=f"room-{code}", name="临河乡协商议事室", kind="fixed",
                committee=committee, region=township, studio=studio)  # fmt: skip
    units = [
        _get(HandlingUnit, code=f"{slug}-{code}", name=title, kind="government", region=region)
        for slug, title in (
            ("water", "县水务局"),
            ("roads", "县交通运输局"),
            ("farm", "县农业农村局"),
        )
    ]
    county = County(region, township, village, committee, studio, room, *units)
    county.people = _people(county, code)
    return county


def a_region(code: str, *, name: str = "", is_demo: bool = False) -> Region:
    """A region and the regions above it, as far as they do not exist yet."""
    found = Region.objects.filter(pk=code).first()
    if found:
        return found
    levels = {2: "province", 4: "prefecture", 6: "county", 9: "township", 12: "village"}
    above = [n for n in levels if n < len(code)]
    parent = a_region(code[: above[-1]], is_demo=is_demo) if above else None
    title = name or NAMES.get(code, f"第{code}号")
    return Region.objects.create(
        code=code, name=title, short_name=title, level=levels[len(code)], parent=parent,
        is_demo=is_demo,
    )  # fmt: skip


def a_committee(region: Region) -> Committee:
    name = f"政协{region.name}委员会"
    return Committee.objects.get_or_create(
        region=region,
        defaults={"name": name, "short_name": f"{region.name}政协", "is_demo": region.is_demo},
    )[0]


def a_person(username: str, *grants: tuple[str, Any], name: str = "", **fields: Any) -> User:
    """An account with dated grants: a_person("li", ("leader", county.region))."""
    user, created = User.objects.get_or_create(
        username=username, defaults={"display_name": name or username, **fields}
    )
    for role, scope in grants if created else ():
        grant(user, role, scope)
    return user


def a_seated(county: County, **about: Any) -> Member:
    """A member with a seat on the committee of the county."""
    member = Member.objects.create(**about)
    Seat.objects.create(member=member, committee=county.committee)
    return member


def grant(user: User, role: str, scope: Region | Studio | HandlingUnit, **dates: Any) -> RoleGrant:
    made = _grant(user, role, scope, **dates)
    made.save()
    if role in ADMINISTRATORS:
        with_second_factor(user)
    return made


def with_second_factor(*users: User) -> None:
    """Administrators get nowhere without one; `SECRET` makes their codes."""
    data = {"secret": seal(SECRET, purpose="second-factor")}
    known = set(Authenticator.objects.filter(user__in=users).values_list("user_id", flat=True))
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type="totp", data=data) for user in users if user.pk not in known
    )


def _grant(user: User, role: str, scope: Any, **dates: Any) -> RoleGrant:
    kind = {Region: "region", Studio: "studio", HandlingUnit: "unit"}[type(scope)]
    dates.setdefault("valid_from", dt.date(2020, 1, 1))
    return RoleGrant(user=user, role=role, **{kind: scope}, **dates)


def _people(county: County, code: str) -> dict[str, User]:
    """Everybody by name, found by one query or made by two."""
    wanted = _grants_of_everybody(county, code)
    users = {name: f"{name}-{code}" for name in wanted}
    known = {u.username: u for u in User.objects.filter(username__in=users.values())}
    if not known:
        made = [User(username=username, display_name=username) for username in users.values()]
        known = {user.username: user for user in User.objects.bulk_create(made)}
        RoleGrant.objects.bulk_create(
            _grant(known[users[name]], *pair) for name, pairs in wanted.items() for pair in pairs
        )
        with_second_factor(*(known[users[role]] for role in ADMINISTRATORS))
    people = {name: known[username] for name, username in users.items()}
    return people | {short: people[role] for short, role in SHORT.items()}


SHORT = {
    "clerk": "liaison", "office": "county_office", "director": "studio_director",
    "approver": "party_approver", "officer": "unit_officer",
}  # fmt: skip


def _grants_of_everybody(county: County, code: str) -> dict[str, list[tuple[str, Any]]]:
    region, studio, unit = county.region, county.studio, county.unit
    scopes: dict[str, Any] = {
        Role.PROVINCE_OFFICE: region.parent.parent, Role.PREFECTURE_OFFICE: region.parent,
        Role.COUNTY_OFFICE: region, Role.LEADER: region, Role.PARTY_APPROVER: county.township,
        Role.STUDIO_DIRECTOR: studio, Role.LIAISON: studio, Role.MEMBER: studio,
        Role.DISPATCH_OFFICE: region, Role.UNIT_OFFICER: unit, Role.UNIT_LEADER: unit,
        Role.VILLAGE_CLERK: county.village, Role.SYSTEM_ADMIN: region,
        Role.SECURITY_ADMIN: region, Role.AUDIT_ADMIN: region,
    }  # fmt: skip
    return {role.value: [(role, scope)] for role, scope in scopes.items()} | {
        "other_officer": [("unit_officer", county.other_unit)],
        "other_leader": [("unit_leader", county.other_unit)],
        "double_leader": [("unit_leader", unit), ("unit_leader", county.other_unit)],
        "outsider": [("county_office", _neighbour(code))],
        "nobody": [],
    }


def _neighbour(code: str) -> Region:
    return a_region(f"{code[:4]}{99 if code[4:6] != '99' else 98}", name="邻县")


def _get(model: type, *, code: str, **fields: Any) -> Any:
    return model.objects.get_or_create(code=code, defaults=fields)[0]
