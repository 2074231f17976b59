"""After the answer: follow-ups, promises checked, items settled, ratings, conversions, reopening."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from committees.models import User
from committees.partial_dates import PartialDate
from committees.services.versions import store
from consultations.models import (
    AgreedItem,
    Case,
    Commitment,
    Conversion,
    FollowUp,
    Rating,
    RatingAsked,
    Task,
)
from consultations.permissions import asked, roles_on
from consultations.services import replies
from consultations.services.closing import complete_if_done, record_public_step
from consultations.services.history import line
from consultations.services.next_looks import next_look
from consultations.services.screening import screen
from consultations.services.steps import Effect, JustChanged, Outcome, claim, take
from consultations.workflow import engine
from consultations.workflow.engine import Ask, Refused
from consultations.workflow.entries import ENTRIES
from consultations.workflow.outcome_guards import unhappy_ratings

REOPENED = ("tasks", "commitments", "agreed_items")


def convert(ask: Ask) -> Outcome:
    typed = dict(ask.given("conversion"))
    members = typed.pop("members", ())
    conversion = Conversion.objects.create(case=ask.subject, **typed)
    conversion.members.set(members)
    return Outcome(facts={"conversion": conversion.pk, "kind": conversion.kind})


def reopen(ask: Ask) -> Outcome:
    """What did not hold is open again: tasks go back to their units, each with its own line of
    history, promises have to be checked anew, items have to be settled anew."""
    named = {name: list(ask.given(name) or []) for name in REOPENED}
    ground = ask.given("ground") or ""
    came_back = ask.subject.stage == "closed" and ground == "relapse"
    for task in named["tasks"]:
        data = {"reason": ask.given("reason"), "came_back": came_back}
        take(task, "reopen", by=ask.by, role=ask.role, data=data, effects=replies.EFFECTS)
    for promise in named["commitments"]:
        _open_again(promise, ask, state=Commitment.State.OPEN, checked_on=None, checked_by=None)
    for item in named["agreed_items"]:
        _open_again(item, ask, settled_on=None, settled_by=None)
    keys = {name: [row.pk for row in rows] for name, rows in named.items() if rows}
    facts = {"tasks": [], **keys, "ground": ground}
    relapses = ask.subject.relapses + came_back
    fields = {"rounds": ask.subject.rounds + 1, "relapses": relapses, "look_back_on": None}
    return Outcome(fields, facts)


def _open_again(record: Commitment | AgreedItem, ask: Ask, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(record, name, value)
    store(record, by=ask.by, fields=list(fields))


def close(ask: Ask) -> Outcome:
    facts = {"note": ask.given("closing_note") or ""}
    if unhappy := sum(rating.count for rating in unhappy_ratings(ask.subject)):
        facts |= {"unhappy": unhappy, "answer": ask.given("unhappy_answer")}
    again_on = next_look(ask.subject.region, closed_on=ask.today, after=ask.today)
    fields = {"exemption": ask.given("exemption") or "", "look_back_on": again_on}
    return Outcome(fields, facts)


EFFECTS: dict[str, Effect] = {"convert": convert, "reopen": reopen, "close": close}


@transaction.atomic
def record_follow_up(
    case: Case, *, by: User, task: Task | None = None, version: int | None = None, **fields: Any
) -> FollowUp:
    """Put an inspection, appraisal, look-back or return visit on record."""
    members = fields.pop("members", ())
    _claim(case, version)
    role = entering(case, "follow_up", by=by, data=fields | {"task": task})
    if fields.get("is_public", True):
        screen(case, fields)
    follow_up = FollowUp.objects.create(case=case, task=task, recorded_by=by, **fields)
    follow_up.members.set(members)
    facts = {"follow_up": follow_up.pk, "kind": follow_up.kind}
    line(case, "follow_up", by=by, role=role, facts=facts, public=follow_up.is_public)
    record_public_step(case, "follow_up")
    return follow_up


@transaction.atomic
def check_commitment(
    commitment: Commitment,
    *,
    by: User,
    state: str,
    finding: str,
    on: PartialDate | None = None,
    version: int | None = None,
) -> None:
    """Say whether a promise was kept. The last one checked may complete the case."""
    case = Case.objects.select_for_update().get(items__commitments=commitment)
    _claim(case, version)
    fresh = Commitment.objects.get(pk=commitment.pk)
    typed = {"commitment": fresh, "state": state, "finding": finding}
    role = entering(case, "check_commitment", by=by, data=typed)
    commitment.state, commitment.finding, commitment.checked_by = state, finding, by
    commitment.checked_on = on or PartialDate.parse(timezone.localdate())
    store(commitment, by=by, fields=["state", "finding", "checked_by", "checked_on"])
    facts = {"commitment": commitment.pk, "state": state}
    line(case, "check_commitment", by=by, role=role, facts=facts, public=True)
    complete_if_done(case)


@transaction.atomic
def settle_on_the_spot(item: AgreedItem, *, by: User) -> None:
    """The affected party confirmed that an item was settled at the meeting itself."""
    fresh = AgreedItem.objects.select_for_update().get(pk=item.pk)
    if fresh.settled_on:
        raise JustChanged
    role = entering(item.case, "settle", by=by, data={"item": fresh})
    item.settled_on, item.settled_by = timezone.localdate(), by
    store(item, by=by, fields=["settled_on", "settled_by"])
    line(item.case, "settle", by=by, role=role, facts={"item": item.pk}, public=True)
    complete_if_done(item.case)


@transaction.atomic
def record_rating(case: Case, *, by: User, version: int | None = None, **fields: Any) -> Rating:
    """Enter answers collected by the CPPCC side. Only while the rating is open.

    `asked` is how many more were asked than is on record: slips handed out, calls made."""
    asked = fields.pop("asked", None)
    _claim(case, version)
    role = entering(case, "rate", by=by, data=fields)
    rating = Rating.objects.create(case=case, entered_by=by, round=case.rounds or 1, **fields)
    if asked:
        RatingAsked.objects.create(
            case=case, round=rating.round, rater=rating.rater, channel=rating.channel,
            count=asked, asked_on=rating.collected_on, entered_by=by,
        )  # fmt: skip
    line(
        case,
        "rate",
        by=by,
        role=role,
        facts={"rating": rating.pk, "count": rating.count},
        public=False,
    )
    record_public_step(case, "rate")
    return rating


@transaction.atomic
def record_tally(
    case: Case, *, by: User, counts: dict[str, int], asked: int, reason: str,
    process: dict[str, int] | None = None, version: int | None = None, **fields: Any,
) -> None:  # fmt: skip
    """Enter the slips of one kind of rater at once; where none came back, that they were asked.

    `counts` and `process` tell by value how many said so of the result and of the process."""
    _claim(case, version)
    fields |= {"channel": Rating.Channel.PAPER}
    role = entering(case, "rate", by=by, data=fields)
    whose: dict[str, Any] = {"case": case, "entered_by": by, "round": case.rounds or 1}
    for value, count in counts.items():
        if count:
            why = reason if value == Rating.Value.DISSATISFIED else ""
            Rating.objects.create(result=value, count=count, reason=why, **whose, **fields)
    asked_on = fields.pop("collected_on")
    apart = {f"process_{value}": count for value, count in (process or {}).items()}
    RatingAsked.objects.create(count=asked, asked_on=asked_on, **apart, **whose, **fields)
    facts = {"count": sum(counts.values()), "asked": asked}
    line(case, "rate", by=by, role=role, facts=facts, public=False)
    record_public_step(case, "rate")


def _claim(case: Case, version: int | None) -> None:
    """What is typed in a form carries the version looked at, so that it is kept once."""
    if version is not None:
        claim(case, version=version)


def entering(case: Case, action: str, *, by: User, data: Mapping[str, Any]) -> str:
    """The role acted in, once the table of entries has nothing against it. Raises `Refused`."""
    case.refresh_from_db(fields=["stage"])
    row = engine.find(ENTRIES, action, case.stage)
    held = roles_on(by, case)
    role = next((role for role in (row.roles if row else ()) if role in held), "")
    if reasons := engine.refusals(row, asked(case, by, role, data)):
        raise Refused(reasons)
    return role
