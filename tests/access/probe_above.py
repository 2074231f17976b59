"""Offices whose grants are right on a prefecture or the province, and what is right of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from committees.grants import grants_of
from committees.models import Role, RoleGrant, User
from consultations.models import Case
from consultations.permissions import roles_in, roles_on
from consultations.selectors.cases import (
    case_scope,
    cases_for,
    counted_only,
    is_shown_above,
    suggestions_for,
    tasks_for,
)
from tests.access import visibility as who
from tests.access.world import World

PREFECTURE = (*who.BELOW_PREFECTURE, "own_prefecture_sensitive")
PROVINCE = (*who.BELOW_PROVINCE, "own_province_sensitive")
HIDDEN_ABOVE = ("own_sensitive", "own_restricted")
# Who: the matters seen, those screened, the role held at the own level, the one held below.
RIGHT: dict[str, tuple[tuple[str, ...], tuple[str, ...], str, str]] = {
    "office of the prefecture": (
        PREFECTURE, ("own_prefecture", "own_prefecture_sensitive"), who.OFFICE, who.PREFECTURE),
    "leader of the prefecture": (PREFECTURE, (), who.LEADER, who.PREFECTURE),
    "office of the province": (
        PROVINCE, ("own_province", "own_province_sensitive"), who.OFFICE, who.PROVINCE),
    # The office above, let into one county only, sees no more of it than from above.
    "office let into a county": (
        tuple(name for name in who.COUNTY if name not in HIDDEN_ABOVE), (), "", who.PREFECTURE),
}  # fmt: skip


def people_of(world: World) -> dict[str, User]:
    prefecture, province = world.counties["own_prefecture"], world.counties["own_province"]
    return {
        "office of the prefecture": prefecture.office,
        "leader of the prefecture": prefecture.leader,
        "office of the province": province.office,
        "office let into a county": world.let_in,
    }


def wrong_above(world: World) -> Iterator[str]:
    for name, user in people_of(world).items():
        yield from _sets(world, name, user)
        yield from _roles(world, name, user)
    yield from _counted(world)
    yield from _shown(world)
    nowhere = RoleGrant(role=Role.COUNTY_OFFICE)
    if cases_for(world.people["nobody"], grants=[nowhere]).exists() or case_scope(nowhere) is None:
        yield "a grant without a place reaches cases"


# What goes up as a number: to the two offices above, and of one county to the one let into it.
NUMBERS = {
    who.OFFICE: 0, who.LEADER: 0, who.PREFECTURE: len((*HIDDEN_ABOVE, "own_prefecture_sensitive")),
    who.PROVINCE: 4, "let in": len(HIDDEN_ABOVE),
}  # fmt: skip


def _counted(world: World) -> Iterator[str]:
    """Drafts and what nobody entered are not counted."""
    people = {**world.people, "let in": world.let_in}
    for name, number in NUMBERS.items():
        if counted_only(grants_of(people[name])) != number:
            yield f"{name} counts"
    grants, sensitive = grants_of(people[who.PREFECTURE]), world.matters["own_sensitive"].case
    with transaction.atomic():
        Case.objects.filter(pk=world.draft.pk).update(sensitivity="sensitive")
        Case.objects.filter(pk=sensitive.pk).update(origin="demo")
        found = counted_only(grants)
        transaction.set_rollback(True)
    if found != NUMBERS[who.PREFECTURE] - 1:
        yield "counts drafts or what nobody entered"


def _shown(world: World) -> Iterator[str]:
    """What is sensitive or restricted does not go up."""
    for subject, matter in world.matters.items():
        if is_shown_above(matter.case) == ("sensitive" in subject or "restricted" in subject):
            yield f"shown above {subject}"


def _sets(world: World, name: str, user: User) -> Iterator[str]:
    cases, inbox, _own, _below = RIGHT[name]
    found = {"case": (cases_for(user), cases), "task": (tasks_for(user), cases),
             "suggestion": (suggestions_for(user), inbox)}  # fmt: skip
    for kind, (seen, wanted) in found.items():
        keys = set(seen.values_list("pk", flat=True))
        for subject, matter in world.matters.items():
            key = matter.case.pk if kind == "case" else getattr(matter, kind)
            if key and (key in keys) != (subject in wanted):
                yield f"{name} {kind} {subject}"


def _roles(world: World, name: str, user: User) -> Iterator[str]:
    cases, _inbox, own, below = RIGHT[name]
    for subject, matter in world.matters.items():
        case, held = matter.case, roles_on(user, matter.case)
        is_own = len(case.region_id) < 6 and case.region_id == user.grants.get().region_id
        wanted = {own if is_own else below} if subject in (*cases, *_numbers(name)) else set()
        if held != wanted or roles_in(user, case.region) != wanted:
            yield f"{name} role {subject}"


def _numbers(name: str) -> tuple[str, ...]:
    """What goes up as a number only lies in the reach nevertheless."""
    province = ("own_prefecture_sensitive",) if name == "office of the province" else ()
    return (*HIDDEN_ABOVE, *province)
