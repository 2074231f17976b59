"""A topic is raised, checked, approved, and looked into before anybody meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from committees.models import Member, User
from committees.parameters import value_for
from consultations.demo.places import TOWNSHIPS
from consultations.demo.walk import Plot, Walk
from consultations.models import Case, TopicField
from consultations.selectors.members import members_for, members_of_studios
from consultations.services import cases


@dataclass(frozen=True)
class Topic:
    """What somebody asks to be consulted. `where` and `town` are keys of `Places`."""

    title: str
    problem: str
    where: str
    sides: tuple[str, ...]
    field: str
    source: str = "residents"
    wish: str = ""
    place: str = ""
    proposer: str = ""
    sensitivity: str = "normal"
    joint: str = ""  # the part that the committee above takes as a joint host

    def town(self, walk: Walk) -> str:
        code = walk.places.regions[self.where].code[:9]
        return next(key for key, row in TOWNSHIPS.items() if row[0] == code)


def _member(walk: Walk, town: str) -> Member | None:
    """The member of the township's studio, who recommends what members recommend."""
    return members_of_studios([walk.places.studios[town].pk]).first()


def logged(walk: Walk, topic: Topic, *, on: int, by: str = "") -> Plot:
    """Logged as a draft by the studio's liaison officer, or whoever is named."""
    yield on
    town = topic.town(walk)
    clerk = walk.cast[by] if by else _clerk(walk, town)
    case = cases.create(
        by=clerk,
        title=topic.title,
        problem=topic.problem,
        wish=topic.wish,
        region=walk.places.regions[topic.where],
        place=topic.place,
        studio=walk.places.studios[town],
        campaign=walk.places.campaign,
        field=TopicField.objects.get(code=topic.field),
        source=topic.source,
        proposer=topic.proposer,
        raised_on=walk.partial(on),
        sensitivity=topic.sensitivity,
        recommended_by=_member(walk, town) if topic.source == "member" else None,
        sides=topic.sides,
        co_hosts=_joint(walk, topic),
    )
    walk.clock.tick()
    return case


def _joint(walk: Walk, topic: Topic) -> list[dict[str, Any]]:
    above = walk.places.committee.parent
    return [{"committee": above, "part": topic.joint}] if topic.joint else []


def _clerk(walk: Walk, town: str) -> User:
    return walk.cast["liaison" if town == "yunxi" else f"liaison.{town}"]


def proposed(walk: Walk, topic: Topic, *, on: int, by: str = "") -> Plot:
    case = yield from logged(walk, topic, on=on, by=by)
    walk.step(case, "submit", by=case.created_by)
    return case


def approved(walk: Walk, case: Case, *, on: int, opinion: str) -> Plot:
    yield on
    gate = "party_approver" if value_for(case.region, "topic_gate") == "party" else "leader"
    person = walk.cast.holder((gate,), case)
    number = f"演协题〔{walk.day(on).year}〕{case.pk}号"
    walk.step(case, "approve", by=person, opinion=opinion, decided_on=walk.day(on), number=number)


def researched(walk: Walk, case: Case, *, on: int, plan: str, visits: Sequence[tuple]) -> Plot:
    """`visits` are (ago, place, method, people met, findings)."""
    yield on
    walk.step(case, "start_research", plan=plan)
    for ago, place, method, met, findings in visits:
        yield ago
        visit = {
            "visited_on": walk.partial(ago),
            "place": place,
            "method": method,
            "people_met": met,
            "members": list(members_for(case)),
            "visitors": "县政协委员、工作室联络员",
            "findings": findings,
        }
        walk.step(case, "log_visit", visit=visit)
