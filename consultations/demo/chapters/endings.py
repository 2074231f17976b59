"""Promises checked, follow-ups, figures, the public text, the rating."""

from __future__ import annotations

from collections.abc import Sequence

from consultations.demo.walk import Plot, Walk
from consultations.models import Case, Commitment, Rating, Task
from consultations.services import (
    followups,
    look_backs,
    publishing,
    rating_codes,
    records,
)


def kept(walk: Walk, case: Case, *, item: int, findings: Sequence[tuple]) -> Plot:
    """The promises of an agreed item are checked in their order: (ago, state, finding)."""
    promises = Commitment.objects.filter(item__case=case, item__number=item).order_by("pk")
    for found, (ago, state, finding) in zip(list(promises), findings, strict=True):
        yield ago
        person = walk.cast.holder(("member",), case)
        followups.check_commitment(
            found, by=person, state=state, finding=finding, on=walk.partial(ago)
        )
        walk.clock.tick()


def worded(walk: Walk, case: Case, *, summary: str, result: str = "") -> None:
    case.refresh_from_db()
    publishing.write_public_text(
        case, by=walk.cast["office"], public_summary=summary, result=result, version=case.version
    )
    walk.clock.tick()


def published(walk: Walk, case: Case, *, on: int, summary: str, result: str = "") -> Plot:
    """One person of the office writes the public text, a second one releases it the day after."""
    yield on
    worded(walk, case, summary=summary, result=result)
    yield max(on - 1, 0)
    walk.step(case, "publish", by=walk.cast["office2"])


def measured(
    walk: Walk, case: Case, *, metrics: Sequence[dict], funds: Sequence[dict] = ()
) -> None:
    """Figures before and after, and money granted; the first figure is the one for lists."""
    case.refresh_from_db()
    rows = [row | {"is_headline": place == 0} for place, row in enumerate(metrics)]
    records.save_figures(
        case, by=walk.cast["office"], version=case.version, metrics=rows, funds=funds
    )
    walk.clock.tick()


def rated(walk: Walk, case: Case, *, on: int, answers: Sequence[tuple]) -> Plot:
    """`answers` are (kind of rater, channel, result, how many, reason given)."""
    yield on
    for rater, channel, result, many, reason in answers:
        followups.record_rating(
            case, by=walk.cast["office"], rater=rater, channel=channel, result=result,
            process=Rating.Value.SATISFIED, count=many, reason=reason, collected_on=walk.day(on),
            asked=many + many // 4,
        )  # fmt: skip
        walk.clock.tick()


def rated_by_code(walk: Walk, case: Case, *, on: int, slips: int, answers: Sequence[tuple]) -> Plot:
    """So many slips are handed out, not all are answered: (result, process, words)."""
    yield on
    case.refresh_from_db()
    made = rating_codes.issue(case, by=walk.cast["office"], rater="affected", count=slips)
    walk.clock.tick()
    for slip, (result, process, words) in zip(made, answers, strict=False):
        rating_codes.answer(slip.code, result=result, process=process, reason=words)
        walk.clock.tick()


def relapsed(walk: Walk, case: Case, *, task: Task, finding: str) -> None:
    """The office looks back at a closed case: it came back, and is handled once more."""
    case.refresh_from_db()
    look_backs.record_look_back(
        case, by=walk.cast["office"], version=case.version, outcome="relapsed", finding=finding,
        named={"tasks": [task]},
    )  # fmt: skip
    walk.clock.tick()


def followed(walk: Walk, case: Case, *, on: int, kind: str, people: str, finding: str) -> Plot:
    yield on
    person = walk.cast.holder(("member",), case)
    followups.record_follow_up(
        case, by=person, kind=kind, done_on=walk.partial(on), people=people, finding=finding
    )
    walk.clock.tick()
