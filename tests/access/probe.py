"""A short look at the rules, for mutants: the sets and rights of everybody, and the lists of the staff
site, asked directly. Stops at the first thing that is wrong. The pages are asked by the matrix."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser

from committees.grants import grants_of, read_once
from consultations.models import Case, Task
from consultations.offers import actions_for, awaited, steps_of
from consultations.permissions import (
    entries_for,
    may_create,
    may_edit,
    may_keep_milestones,
    roles_on,
    row_for,
    sees_inside,
    sees_notes,
    studio_for,
)
from consultations.selectors.cases import cases_for, suggestions_for, tasks_for
from consultations.selectors.unit_tasks import Box, unit_tasks
from tests.access import rows
from tests.access import visibility as who
from tests.access.deputies import wrong_deputies
from tests.access.probe_above import wrong_above
from tests.access.probe_forms import wrong_forms
from tests.access.probe_granting import wrong_granting
from tests.access.probe_lists import wrong_lists
from tests.access.probe_waiting import wrong_waiting
from tests.access.world import MATTERS, World
from tests.offered import offer_for


def first_wrong(world: World) -> str:
    """What is found first, or nothing."""
    return next(_wrong(world), "")


def _wrong(world: World) -> Iterator[str]:
    yield from _nobody_in_force(world)
    yield from wrong_deputies(world.deputies)
    yield from wrong_above(world)
    yield from wrong_granting(world)
    yield from wrong_waiting(world)
    yield from wrong_forms(world)
    with read_once():
        for person, user in world.people.items():
            for look in (_sets, _rights, _steps, _beside, wrong_lists):
                yield from look(world, person, user)


def _nobody_in_force(world: World) -> Iterator[str]:
    """Somebody switched off, or not signed in, holds nothing."""
    off = copy.copy(world.people[who.OFFICE])
    off.is_active = False
    for person in (off, AnonymousUser()):
        if grants_of(person) or cases_for(person).exists() or tasks_for(person).exists():
            yield f"{person!r} holds something"


def _steps(world: World, person: str, user) -> Iterator[str]:
    """One step that is the office's alone, one that waits for the leader, one that is recorded."""
    grants = grants_of(user)
    for name in (
        "own_handling",
        "own_proposed",
        "sibling_county",
        "own_sensitive",
        "own_prefecture",
    ):
        case = Case.objects.get(pk=world.matters[name].case.pk)
        covered = name in COVERS.get(person, ())
        mine = covered and person == who.OFFICE
        told = {
            "row": (row_for(user, case, "restrict") is not None) == mine,
            "step": any(row.action == "restrict" for row in steps_of(user, case)) == mine,
            "offer": any(one.row.action == "restrict" and one.role == who.OFFICE and one.is_open
                         for one in actions_for(user, case, grants=grants)) == mine,
            "one offer": (offer_for(user, case, "restrict") is not None) == mine,
            "lost step": row_for(user, case, "no_such_step") is None,
        }  # fmt: skip
        if name == "own_handling":
            recorded = covered and person in (*rows.RECORDERS, *who.ABOVE)
            told["entry"] = ("follow_up" in entries_for(user, case)) == recorded
        if name == "own_proposed":
            waits = {row.action: roles for row, roles in awaited(user, case)}
            told["awaited"] = waits.get("approve") == (
                None if person == who.LEADER else [who.LEADER]
            )
        yield from (f"{person} {what} {name}" for what, right in told.items() if not right)


def _beside(world: World, person: str, user) -> Iterator[str]:
    draft, ended = (Case.objects.get(pk=one.pk) for one in (world.draft, world.ended))
    covered = "own_handling" in COVERS.get(person, ())
    own = person == who.VILLAGE or (covered and person in rows.EDITORS)
    helps = person in (who.MEMBER, who.VILLAGE) or (covered and person in rows.EDITORS)
    studio = world.counties["own"].studio
    sits = person in (who.DIRECTOR, who.LIAISON, who.MEMBER)
    away = world.counties["sibling_county"].village
    told = {
        "edits a draft": (may_edit(user, draft) is not None) == own,
        "keeps milestones of a draft": (may_keep_milestones(user, draft) is not None) == helps,
        "edits what ended": may_edit(user, ended) is None,
        "keeps milestones of what ended": may_keep_milestones(user, ended) is None,
        "awaits of what ended": awaited(user, ended) == [],
        "works through": studio_for(user, draft.region) == (studio if sits else None),
        "works away through": studio_for(user, away) is None,
    }
    yield from (f"{person} {what}" for what, right in told.items() if not right)


def _sets(world: World, person: str, user) -> Iterator[str]:
    found = {
        "case": cases_for(user), "task": tasks_for(user), "other_task": tasks_for(user),
        "suggestion": suggestions_for(user),
    }  # fmt: skip
    for kind, seen in found.items():
        keys = set(seen.values_list("pk", flat=True))
        for name, matter in world.matters.items():
            key = matter.case.pk if kind == "case" else getattr(matter, kind)
            if key and (key in keys) != who.sees(person, kind, name):
                yield f"{person} {kind} {name}"


def _rights(world: World, person: str, user) -> Iterator[str]:
    grants = grants_of(user)
    for name in MATTERS:
        case = Case.objects.get(pk=world.matters[name].case.pk)
        inside = person in who.INSIDE and name in COVERS.get(person, ())
        told = {
            "inside": sees_inside(user, case, grants=grants) == inside,
            "notes": sees_notes(user, case, grants=grants) == (inside and person in rows.NOTES),
            "edit": (may_edit(user, case) is not None) == (inside and person in rows.EDITORS),
            "milestones": (may_keep_milestones(user, case) is not None)
            == (inside and person in rows.EDITORS),
            "create": (may_create(user, case.region) is not None)
            == (name in LOGS_IN.get(person, ()) and person in rows.CREATORS),
            "roles": roles_on(user, case)
            == ({person} if name in COVERS.get(person, ()) else set()),
        }
        yield from (f"{person} {what} {name}" for what, right in told.items() if not right)
    yield from _unit_roles(world, person, user)


def _unit_roles(world: World, person: str, user) -> Iterator[str]:
    """A unit holds a role on its own tasks only, and finds these in its boxes; nobody else does."""
    matter = world.matters["own_handling"]
    boxes = {key for box in Box.values
             for key in unit_tasks(user, box, grants=grants_of(user)).values_list("pk", flat=True)}  # fmt: skip
    if (matter.task in boxes) != (person in who.UNITS) or matter.other_task in boxes:
        yield f"{person} box"
    for key, own in ((matter.task, True), (matter.other_task, False)):
        if person in who.UNITS and bool(roles_on(user, Task.objects.get(pk=key))) != own:
            yield f"{person} role on task {key}"


# The matters over which a role is held, seen or not: in what lies above one's own level it is none.
SENSITIVE = {
    who.PREFECTURE: ("own_sensitive", "own_restricted", "own_prefecture_sensitive"),
    who.PROVINCE: ("own_sensitive", "own_restricted", "own_prefecture_sensitive",
                   "own_province_sensitive"),
}  # fmt: skip
COVERS: dict[str, tuple[str, ...]] = {
    role: (*seen, *SENSITIVE.get(role, ()))
    for role, seen in who.SEES_CASE.items()
    if role not in who.UNITS
} | dict.fromkeys(who.ADMINS, who.COUNTY)
# Where a person may log a case: everything in the reach of the grant, a studio by its township.
LOGS_IN = {role: COVERS[role] for role in rows.CREATORS}
