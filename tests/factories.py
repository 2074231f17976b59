"""Builders of cases and tasks that walked their way, and of the county they walk in.

    county = a_county()                              # regions, committee, studio, units, people
    case = case_at("party_review", county=county)
    step(case, "approve_outcome", county=county)     # the right person, sensible data
    task = task_at("replied", county=county)

A stage is only ever reached by walking the services; nothing here sets one. Without `county`
a builder takes the default one, which is the same each time within a test.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from committees.models import HandlingUnit, User
from consultations.models import AgreedItem, Case, Commitment, Participant, Statement, Task
from consultations.services import cases, followups, publishing, tasks
from tests.entries import case_data, task_data
from tests.people import County, a_committee, a_county, a_person, a_region, grant

__all__ = [
    "County", "a_case", "a_committee", "a_county", "a_person", "a_region", "a_task", "an_item",
    "case_at", "case_data", "grant", "record_meeting", "step", "task_at", "task_data", "task_step",
    "walk_task",
]  # fmt: skip


# --- cases --------------------------------------------------------------------------------------


def a_case(*, county: County | None = None, by: User | None = None, **fields: Any) -> Case:
    """A draft, logged by the studio's clerk in the village, with two sides."""
    county = county or a_county()
    values: dict[str, Any] = {
        "title": "柳树村灌溉沟渠年久失修",
        "problem": "东沟渗漏，下游三组的水田每年插秧时缺水。",
        "region": county.village,
        "studio": county.studio,
        "source": "residents",
        "sensitivity": "normal",
        "sides": ("上游村民", "下游村民"),
    }
    return cases.create(by=by or county.clerk, **values | fields)


def case_at(stage: str, *, county: County | None = None, items: Any = None, **fields: Any) -> Case:
    """A case that walked to a stage. `items` as for `record_meeting`, `fields` as for `create`."""
    county = county or a_county()
    case = a_case(county=county, **fields)
    for action in CASE_WAYS[stage]:
        step(case, action, county=county, **({"items": items} if action == "conclude" else {}))
    assert case.stage == stage, f"{case.stage} instead of {stage}"
    return case


_PROPOSED = ("submit",)
_APPROVED = (*_PROPOSED, "approve")
_RESEARCH = (*_APPROVED, "start_research")
_SCHEDULED = (*_RESEARCH, "log_visit", "schedule")
_DELIBERATED = (*_SCHEDULED, "conclude")
_REVIEW = (*_DELIBERATED, "submit_outcome")
_FILING = (*_REVIEW, "approve_outcome")
_HANDLING = (*_FILING, "file")
_SUPERVISION = (*_HANDLING, "(handle all)")
_RATING = (*_SUPERVISION, "(write public text)", "open_rating")
_NO_CONSENSUS = (*_SCHEDULED, "conclude_without_consensus")

CASE_WAYS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "proposed": _PROPOSED,
    "deferred": (*_PROPOSED, "defer"),
    "approved": _APPROVED,
    "research": _RESEARCH,
    "scheduled": _SCHEDULED,
    "deliberated": _DELIBERATED,
    "no_consensus": _NO_CONSENSUS,
    "party_review": _REVIEW,
    "filing": _FILING,
    "handling": _HANDLING,
    "supervision": _SUPERVISION,
    "rating": _RATING,
    "closed": (*_RATING, "publish", "(rate)", "close"),
    "rejected": (*_PROPOSED, "reject"),
    "merged": (*_PROPOSED, "merge"),
    "referred": (*_PROPOSED, "refer"),
    "withdrawn": (*_PROPOSED, "withdraw"),
    "terminated": (*_APPROVED, "terminate"),
}

# Who takes a step when a test does not say: a name of `County`.
CASE_ACTORS = {
    "submit": "clerk", "send_back": "office", "reject": "office", "refer": "office",
    "merge": "office", "unmerge": "office", "split": "clerk", "defer": "office", "resume_review": "office", "reconsider": "leader",
    "approve": "leader", "start_research": "clerk", "log_visit": "clerk", "schedule": "clerk",
    "postpone": "clerk", "cancel": "clerk", "conclude": "clerk",
    "conclude_without_consensus": "clerk", "convert": "office", "submit_outcome": "director",
    "approve_research": "approver", "return_research": "approver",
    "approve_outcome": "approver", "return_outcome": "approver", "file": "office",
    "return_filing": "office", "open_rating": "office", "close": "office", "reopen": "office",
    "withdraw": "clerk", "terminate": "leader", "publish": "office", "restrict": "office",
    "lift_restriction": "leader",
}  # fmt: skip


def step(
    case: Case,
    action: str,
    *,
    county: County | None = None,
    by: User | None = None,
    items: Any = None,
    **data: Any,
):
    """Take one step of a case as the right person with sensible data; keywords override `data`."""
    county = county or a_county()
    if action in ASIDE:
        return ASIDE[action](case, county)
    if action == "merge":
        data.setdefault("target", a_case(county=county, title="柳树村水利设施整修"))
    if action.startswith("conclude"):
        agreed = () if action != "conclude" or case.items.exists() else items
        record_meeting(case, county=county, items=agreed)
    actor = by or getattr(county, CASE_ACTORS[action])
    return cases.advance(case, action, by=actor, data=case_data(case, action, county) | data)


def record_meeting(case: Case, *, county: County | None = None, items: Any = None) -> None:
    """Attendance, statements and agreed items of the planned meeting, as the clerk enters them.

    `items` is a list of dicts: route (default county), units (default the county's `unit`; none
    for routes without a unit), commitments (number of promises); default one item with one task.
    """
    county = county or a_county()
    meeting = case.meetings.get(status="planned")
    if meeting.participants.exists():
        return
    first, second = case.sides.order_by("pk")[:2]
    seats = (("host", "李主持", None), ("party", "", first), ("party", "", second),
             ("department", "王科长", None))  # fmt: skip
    people = [
        Participant.objects.create(meeting=meeting, capacity=c, name=n, side=s, attended=True)
        for c, n, s in seats
    ]
    Statement.objects.create(meeting=meeting, speaker=people[1], kind="demand", text="先修东沟。")
    for number, spec in enumerate([{}] if items is None else items, start=1):
        an_item(case, county=county, number=number, **spec)


def an_item(
    case: Case, *, county: County | None = None, number: int = 1, units: Any = None,
    commitments: int = 0, **fields: Any,
) -> AgreedItem:  # fmt: skip
    """An agreed item with one drafted task for each unit and some promises of the first side."""
    county = county or a_county()
    values = {"text": f"修复东沟第{number}段", "route": "county", "owner": "县水务局",
              "due_on": timezone.localdate() + dt.timedelta(days=60)} | fields  # fmt: skip
    item = AgreedItem.objects.create(case=case, number=number, **values)
    if units is None:
        units = (county.unit,) if item.route in ("county", "township") else ()
    for place, unit in enumerate(units, start=1):
        a_task(item, unit=unit, number=place)
    for _ in range(commitments):
        Commitment.objects.create(
            item=item, side=case.sides.first(), promised_by="上游村民", text="插秧期让水三天"
        )
    return item


def a_task(item: AgreedItem, *, unit: HandlingUnit | None = None, **fields: Any) -> Task:
    number = fields.pop("number", item.tasks.count() + 1)
    return Task.objects.create(item=item, unit=unit, number=number, title="修复渗漏段", **fields)


def _write_public_text(case: Case, county: County) -> None:
    publishing.write_public_text(
        case, by=county.clerk, public_summary="东沟修好了，下游不再缺水。",
        result="两处渗漏修复，下游三组水田恢复灌溉。", version=case.version,
    )  # fmt: skip


def _handle_all(case: Case, county: County) -> None:
    for task in case.tasks.not_ended().order_by("pk"):
        walk_task(task, "verified", county=county)
    for promise in Commitment.objects.filter(item__case=case, state="open"):
        followups.check_commitment(promise, by=county.clerk, state="kept", finding="已让水三天。")
    case.refresh_from_db()


def _rate(case: Case, county: County) -> None:
    followups.record_rating(
        case, by=county.office, rater="affected", channel="paper", result="satisfied", count=6
    )


ASIDE = {
    "(write public text)": _write_public_text,
    "(handle all)": _handle_all,
    "(rate)": _rate,
}


# --- tasks --------------------------------------------------------------------------------------


def task_at(state: str, *, county: County | None = None, **fields: Any) -> Task:
    """The one task of a case that was filed (or, for `drafted`, is about to be), at a state.

    `fields` go to `case_at`.
    """
    county = county or a_county()
    case = case_at("filing" if state == "drafted" else "handling", county=county, **fields)
    task = case.tasks.select_related("item", "case__region", "unit").order_by("pk").first()
    return walk_task(task, state, county=county)


def walk_task(task: Task, state: str, *, county: County | None = None) -> Task:
    """Walk a task that was handed over, or is already on the way, to a state."""
    county = county or a_county()
    for action, here, data in TASK_WAYS[state]:
        if task.state == here:
            task_step(task, action, county=county, **data)
    assert task.state == state, f"{task.state} instead of {state}"
    return task


_SIGNED = (("sign_for", "dispatched", {}),)
_REPLIED = (*_SIGNED, ("draft_reply", "handling", {}), ("reply", "handling", {}))
_IN_PLAN = {"meaning": "in_plan", "result_class": "B"}
_REFERENCE = {"meaning": "reference", "result_class": "D", "explanation": "现行规划未列入。"}


def _answered(draft: dict[str, Any]) -> tuple[tuple[str, str, dict[str, Any]], ...]:
    return (
        *_SIGNED,
        ("draft_reply", "handling", draft),
        ("reply", "handling", {}),
        ("accept_reply", "replied", {}),
    )


# The way to a state: action, the state it is taken from, what differs from the usual data.
TASK_WAYS: dict[str, tuple[tuple[str, str, dict[str, Any]], ...]] = {
    "drafted": (),
    "dispatched": (),
    "return_requested": (("request_return", "dispatched", {}),),
    "handling": _SIGNED,
    "suspended": (*_SIGNED, ("suspend", "handling", {})),
    "replied": _REPLIED,
    "answered": _answered({}),
    "verified": (*_answered({}), ("verify_true", "answered", {})),
    "tracked": _answered(_IN_PLAN),
    "explained": _answered(_REFERENCE),
    "cancelled": (("cancel", "dispatched", {}),),
}

TASK_ACTORS = {
    "dispatch": "office", "sign_for": "officer", "request_return": "unit_leader",
    "reassign": "office", "keep": "office", "report_progress": "officer",
    "give_opinion": "officer", "request_extension": "unit_leader", "grant_extension": "office",
    "note_dissent": "unit_leader", "move_unit": "office", "record_contact": "officer",
    "settle_dispute": "unit_leader",
    "refuse_extension": "office", "suspend": "office", "resume": "office",
    "draft_reply": "officer", "reply": "unit_leader", "return_reply": "office",
    "accept_reply": "office", "verify_true": "member", "verify_partly": "member",
    "verify_false": "member",
    "look_back": "office", "reopen": "office", "cancel": "office",
}  # fmt: skip


def task_step(
    task: Task, action: str, *, county: County | None = None, by: User | None = None, **data: Any
):
    """Take one step of a task as the right person with sensible data."""
    county = county or a_county()
    actor = by or _task_actor(task, action, county)
    return tasks.advance(task, action, by=actor, data=task_data(task, action, county) | data)


def _task_actor(task: Task, action: str, county: County) -> User:
    name = TASK_ACTORS[action]
    if task.unit_id == county.other_unit.pk:
        name = {"officer": "other_officer", "unit_leader": "other_leader"}.get(name, name)
    return getattr(county, name)
