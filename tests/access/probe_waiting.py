"""Whose step it is, in which role and for whom, and what those are told who wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from committees.models import User
from consultations.models import Case, Task
from consultations.offers import Offer, awaited, next_by_others, own_steps
from consultations.permissions import acting_choices, asked, may_edit, may_keep_milestones
from tests.access import visibility as who
from tests.access.world import World
from tests.offered import offer_for

# What others do next, for somebody who has no part in it: severe steps and those of the night no.
AWAITED = {
    "own_proposed": {"approve": [who.LEADER]},
    "own_scheduled": {"conclude": [who.LIAISON, who.DIRECTOR, who.OFFICE]},
    "own_handling": {},
}


def wrong_waiting(world: World) -> Iterator[str]:
    told = {**_choices(world), **_proxies(world), **_beside(world), **_waiting(world)}
    yield from (what for what, right in told.items() if not right)


def _choices(world: World) -> dict[str, bool]:
    """For whom somebody acts: for himself first, then for those whose deputy he is."""
    matter, people = world.matters["own_handling"], world.deputies
    case, task = matter.case, Task.objects.get(pk=matter.task)
    away = world.matters["sibling_county"].case
    only, both = people["of principal"], people["second"]
    principal = people["principal"]
    return {
        "acts for a principal": acting_choices(only, case, who.OFFICE) == [principal],
        "acts first for himself": acting_choices(both, case, who.OFFICE) == [None, principal],
        "acts on a task": acting_choices(both, task, who.OFFICE) == [None, principal],
        "acts in another role": acting_choices(both, case, who.LEADER) == [],
        "acts elsewhere": acting_choices(both, away, who.OFFICE) == [],
        "acts without grants": acting_choices(both, case, who.OFFICE, grants=[]) == [],
    }


def _proxies(world: World) -> dict[str, bool]:
    """An office signs for a task in the place of the unit, the unit for itself."""
    task = Task.objects.get(pk=world.matters["own_handling"].task)
    wanted = {who.OFFICE: (who.OFFICE, True), who.OFFICER: (who.OFFICER, False), who.LEADER: None}
    found = {person: offer_for(world.people[person], task, "sign_for") for person in wanted}
    return {
        f"{person} signs for": (offer and (offer.role, offer.is_proxy)) == wanted[person]
        for person, offer in found.items()
    }


def _beside(world: World) -> dict[str, bool]:
    """A draft is its writer's and helpers' alone, each in the own role."""
    draft, colleague = Case.objects.get(pk=world.draft.pk), world.colleague
    writer, helper = world.people[who.VILLAGE], world.people[who.MEMBER]
    ask = asked(draft, writer, who.VILLAGE)
    return {
        "a colleague edits": may_edit(colleague, draft) is None,
        "a colleague keeps milestones": may_keep_milestones(colleague, draft) is None,
        "the writer edits": may_edit(writer, draft) == who.VILLAGE,
        "the writer keeps milestones": may_keep_milestones(writer, draft) == who.VILLAGE,
        "a helper keeps milestones": may_keep_milestones(helper, draft) == who.MEMBER,
        "what a guard looks up is kept": [ask.once("x", lambda n=n: n) for n in (1, 2)] == [1, 1],
    }


def _waiting(world: World) -> dict[str, bool]:
    """What comes next by others; of a case that has ended, nothing, whatever its tasks are."""
    person = world.people[who.DISPATCH]
    task = Task.objects.get(pk=world.matters["own_handling"].task)
    cases = {name: Case.objects.get(pk=world.matters[name].case.pk) for name in AWAITED}
    told = {
        f"awaits {name}": {row.action: roles for row, roles in awaited(person, case)}
        == AWAITED[name]
        for name, case in cases.items()
    }
    told["awaits a task"] = [row.action for row, _roles in awaited(person, task)] == ["sign_for"]
    task.case.stage = "rejected"
    told["awaits a task of what ended"] = awaited(person, task) == []
    return told | _words(world, person, cases["own_proposed"])


def _words(world: World, person: User, case: Case) -> dict[str, bool]:
    """What bars only this person is told, once, and nothing severe; own steps are neither."""
    steps = [offer_for(world.people[name], case, action) for name, action in (
        (who.LEADER, "approve"), (who.OFFICE, "withdraw"))]  # fmt: skip
    approve, withdraw = (step.row for step in steps if step)
    rows = [replace(approve, action="another", label="另一步"), approve, withdraw]
    offers = [
        Offer(row, "", ["原因"], is_elses=is_elses) for row in rows for is_elses in (True, False)
    ]
    words, own = next_by_others(person, case, offers), own_steps(offers)
    return {
        "words": len(words) == 2
        and words[0].startswith(f"{approve.label}（")
        and words[1] == "另一步（原因）",
        "own steps": [(one.row.action, one.is_elses) for one in own]
        == [("another", False), ("approve", False)],
    }
