"""A short look at the rules, for mutants: the sets that everybody sees, then the pages that tell
most. Stops at the first thing that is wrong."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser

from committees.grants import grants_of
from consultations.models import Case, Task
from consultations.permissions import (
    actions_for,
    awaited,
    entries_for,
    may_create,
    may_edit,
    may_keep_milestones,
    offer_for,
    roles_on,
    row_for,
    sees_inside,
    sees_notes,
    steps_of,
    studio_for,
)
from consultations.selectors.cases import cases_for, suggestions_for, tasks_for
from tests.access import rows
from tests.access import visibility as who
from tests.access.walking import wrong_cells
from tests.access.world import MATTERS, World

PAGES = (
    "/admin/consultations/case/<path:object_id>/change/", "/my/", "/my/tasks/<int:pk>/",
    "/admin/committees/studio/<path:object_id>/change/",
    "/admin/committees/studio/<path:object_id>/history/", "/admin/committees/studio/",
    "/admin/committees/studio/add/", "/admin/committees/studio/<path:object_id>/delete/",
    "/admin/committees/handlingunit/<path:object_id>/change/",
    "/admin/committees/parameter/add/", "/admin/committees/region/",
    "/admin/committees/sector/<path:object_id>/change/",
    "/admin/committees/sourcereport/add/", "/admin/committees/sourcereport/<path:object_id>/change/",
    "/admin/committees/member/<path:object_id>/change/", "/admin/committees/user/",
    "/admin/committees/rolegrant/<path:object_id>/change/", "/admin/",
    "/admin/consultations/case/<int:pk>/edit/", "/admin/consultations/case/<int:pk>/note/",
    "/admin/consultations/case/<int:pk>/step/<slug:action>/",
    "/my/tasks/<int:pk>/<slug:action>/", "/admin/consultations/case/<int:pk>/follow-up/",
)  # fmt: skip


def first_wrong(world: World, *, pages: bool) -> str:
    """What is found first, or nothing; `pages` are only looked at where the rules are theirs."""
    return next(_wrong(world, pages=pages), "")


def _wrong(world: World, *, pages: bool) -> Iterator[str]:
    yield from _nobody_in_force(world)
    for person, user in world.people.items():
        yield from _sets(world, person, user)
        yield from _rights(world, person, user)
        yield from _steps(world, person, user)
        yield from _beside(world, person, user)
    for person in (who.OFFICE, who.SYSTEM, who.PREFECTURE, who.LIAISON, *who.EVERYBODY):
        yield from wrong_cells(world, person, routes=PAGES) if pages else ()


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
    matter = world.matters["own_handling"]
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
