"""A short look at the rules, for mutants: the sets that everybody sees, then the pages that tell
most. Stops at the first thing that is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from committees.grants import grants_of
from consultations.models import Case, Task
from consultations.permissions import (
    may_create,
    may_edit,
    may_keep_milestones,
    roles_on,
    sees_inside,
    sees_notes,
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


def first_wrong(world: World) -> str:
    """What is found first, or nothing."""
    return next(_wrong(world), "")


def _wrong(world: World) -> Iterator[str]:
    for person, user in world.people.items():
        yield from _sets(world, person, user)
        yield from _rights(world, person, user)
    for person in (who.OFFICE, who.SYSTEM, who.OFFICER, *who.EVERYBODY):
        yield from wrong_cells(world, person, routes=PAGES)


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
SENSITIVE = ("own_sensitive", "own_restricted")
COVERS: dict[str, tuple[str, ...]] = {
    role: (*seen, *SENSITIVE) if role in who.ABOVE else seen
    for role, seen in who.SEES_CASE.items()
    if role not in who.UNITS
} | dict.fromkeys(who.ADMINS, who.COUNTY)
# Where a person may log a case: everything in the reach of the grant, a studio by its township.
LOGS_IN = {role: COVERS[role] for role in rows.CREATORS}
