"""People meet: who is invited, what is said, what is agreed or stays open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from committees.partial_dates import PartialDate
from consultations.demo.walk import Plot, Walk
from consultations.models import Case
from consultations.selectors.members import members_named
from consultations.services import corrections, minutes

Row = Mapping[str, Any]


def seat(capacity: str, who: str = "", *, side: str = "", name: str = "", n: int = 1) -> dict:
    """One row of the attendance. Residents sit without their names."""
    return {"capacity": capacity, "organisation": who, "name": name, "side": side, "count": n}


def item(
    text: str, route: str, owner: str, *, due: int | None, tasks: Sequence[dict] = (),
    promises: Sequence[dict] = (), measure: str = "", funds: str = "", steps: Sequence[tuple] = (),
) -> dict:  # fmt: skip
    """One agreed item. `due` is a number of days as everywhere in a story; `steps` are its
    milestones, each (title, due)."""
    return {"text": text, "route": route, "owner": owner, "due": due, "tasks": tasks,
            "promises": promises, "measure": measure, "funds": funds, "steps": steps}  # fmt: skip


def point(order: int, begins: str, ends: str, title: str, speaker: str = "") -> dict:
    """A point of the agenda, from one time of the day until another."""
    return {"order": order, "title": title, "speaker": speaker,
            "starts_at": dt.time.fromisoformat(begins), "ends_at": dt.time.fromisoformat(ends)}  # fmt: skip


def task(title: str, unit: str, *, role: str = "sole", due: int | None = None) -> dict:
    return {"title": title, "unit": unit, "role": role, "due": due}


def promise(who: str, text: str, *, side: str, due: int | None = None, condition: str = "") -> dict:
    return {"who": who, "text": text, "side": side, "due": due, "condition": condition}


def invited(
    walk: Walk, case: Case, *, on: int, held: int, name: str, at: str = "", hour: int = 14
) -> Plot:
    """A meeting is set for the day `held`: in the courtyard `at`, or in the deliberation room."""
    yield on
    meeting: dict[str, Any] = {"starts_at": walk.at(held, hour, 30), "name": name}
    if at:
        meeting |= {"place": at, "form": "courtyard"}
    else:
        town = next(key for key, studio in walk.places.studios.items() if studio == case.studio)
        meeting |= {"room": walk.places.rooms[town], "form": "room"}
    walk.step(case, "schedule", meeting=meeting)


def recorded(
    walk: Walk, case: Case, *, people: Sequence[dict], said: Sequence[tuple] = (),
    items: Sequence[dict] = (), summary: str = "", agenda: Sequence[dict] = (),
) -> None:  # fmt: skip
    """The liaison officer writes the record: who came, what was said, what was agreed."""
    case.refresh_from_db()
    sides = {side.name: side for side in case.sides.all()}
    known = members_named(case, [row["name"] for row in people])
    rows = [
        row
        | {"side": sides.get(row["side"]), "attended": bool(said)}
        | {"member": known.get(row["name"])}
        for row in people
    ]
    statements = [
        {"speaker_row": who, "kind": kind, "text": text, "order": order}
        for order, (who, kind, text) in enumerate(said, start=1)
    ]
    minutes.save_record(
        case.meetings.get(status="planned"),
        by=walk.cast.holder(("liaison",), case),
        version=case.version,
        fields={"summary": summary, "head_count": sum(row["count"] for row in people)},
        agenda=agenda,
        participants=rows,
        statements=statements,
        items=[_item_row(walk, row, sides) for row in items],
    )
    walk.clock.tick()


def _item_row(walk: Walk, row: Row, sides: Mapping[str, Any]) -> dict:
    kept = {name: row[name] for name in ("text", "route", "owner", "measure", "funds")}
    kept["due_on"] = _due(walk, row)
    kept["tasks"] = [
        {
            "title": task["title"],
            "unit": walk.places.units[task["unit"]],
            "role": task["role"],
            "due_on": _due(walk, task) or kept["due_on"],
        }
        for task in row["tasks"]
    ]
    kept["commitments"] = [
        {
            "side": sides[promise["side"]],
            "promised_by": promise["who"],
            "text": promise["text"],
            "condition": promise["condition"],
            "due_on": _due(walk, promise) or kept["due_on"],
        }
        for promise in row["promises"]
    ]
    kept["milestones"] = [{"title": title, "due_on": walk.day(due)} for title, due in row["steps"]]
    return kept


def corrected(walk: Walk, case: Case, *, on: int, reason: str, fields: Mapping[str, Any]) -> Plot:
    """After the conclusion the liaison officer corrects a fact of the record, with the reason."""
    yield on
    case.refresh_from_db()
    corrections.correct_record(
        case.meetings.get(status="held"),
        by=walk.cast.holder(("liaison",), case),
        version=case.version,
        reason=reason,
        fields=fields,
    )
    walk.clock.tick()


def _due(walk: Walk, row: Row) -> dt.date | None:
    return None if row["due"] is None else walk.day(row["due"])


def agreed(
    walk: Walk, case: Case, *, on: int, people: Sequence[dict], said: Sequence[tuple],
    items: Sequence[dict], summary: str, agenda: Sequence[dict] = (),
) -> Plot:  # fmt: skip
    """Held on the planned day with agreed items; the record is closed on the day `on`."""
    yield on
    recorded(walk, case, people=people, said=said, items=items, summary=summary, agenda=agenda)
    count = sum(row["count"] for row in people)
    walk.step(case, "conclude", read_back=True, host_confirmed=True, held_on=_held(case),
              head_count=count)  # fmt: skip


def parted(
    walk: Walk, case: Case, *, on: int, people: Sequence[dict], said: Sequence[tuple],
    dissent: str, reason: str, summary: str,
) -> Plot:  # fmt: skip
    """Held without consensus: what stayed open is on record."""
    yield on
    recorded(walk, case, people=people, said=said, summary=summary)
    walk.step(case, "conclude_without_consensus", held_on=_held(case), dissent=dissent,
              reason=reason)  # fmt: skip


def _held(case: Case) -> PartialDate:
    start = case.meetings.get(status="planned").starts_at
    return PartialDate.parse(start.astimezone().date())
