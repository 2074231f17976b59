"""Merge a topic into another one 并题, and undo a merger that was wrong.

The suggestions of residents stay with their own topic; whoever follows one is led on from there,
so that nothing has to be sorted apart again.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from consultations.models import Case, Side
from consultations.services.history import line
from consultations.services.steps import Effect, Outcome, claim
from consultations.workflow.engine import Ask, Refused


def merge(ask: Ask) -> Outcome:
    """The other topic takes over the sides it does not have, and its history tells of it."""
    target = _locked(ask.given("target").pk)
    if target.is_ended:
        raise Refused([_("The other topic has ended; choose one that is still open.")])
    sides = _carry_sides(ask.subject, target)
    _tell(target, "take_in", ask)
    return Outcome({"merged_into": target}, {"target": target.pk, "sides": sides})


def unmerge(ask: Ask) -> Outcome:
    """The topic stands for itself again; the sides it brought go, unless they are needed now."""
    target = _locked(ask.subject.merged_into_id)
    merged = ask.subject.events.filter(action="merge").order_by("-pk").first()
    brought = merged.data.get("sides", []) if merged else []
    unused = target.sides.filter(pk__in=brought, participants=None, commitments=None)
    if unused.exists():
        claim(target, version=target.version)
        unused.delete()
    _tell(target, "let_go", ask)
    return Outcome({"merged_into": None}, {"target": target.pk})


def _locked(pk: int) -> Case:
    return Case.objects.select_for_update().get(pk=pk)


def _carry_sides(case: Case, target: Case) -> list[int]:
    """The keys of the sides that the target did not have yet; spaces make no other side."""
    known = {_plain(side) for side in target.sides.all()}
    new = [side for side in case.sides.order_by("pk") if _plain(side) not in known]
    if not new:
        return []
    claim(target, version=target.version)
    return [
        Side.objects.create(case=target, name=side.name, interest=side.interest).pk for side in new
    ]


def _plain(side: Side) -> str:
    return "".join(side.name.split()).casefold()


def _tell(target: Case, action: str, ask: Ask) -> None:
    line(
        target,
        action,
        by=ask.by,
        role=ask.role,
        reason=str(ask.given("reason") or "")[:500],
        facts={"case": ask.subject.pk, "code": ask.subject.code},
    )


EFFECTS: dict[str, Effect] = {"merge": merge, "unmerge": unmerge}
