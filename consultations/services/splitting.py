"""Split a case 分立议题: part of it becomes a linked draft of its own."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from committees.models import User
from committees.services.versions import store
from consultations.models import AgreedItem, Case, CaseLink, Side
from consultations.selectors.items import items_to_split_off
from consultations.services import drafts, search
from consultations.services.screening import screen
from consultations.services.steps import Effect, Outcome
from consultations.workflow.engine import Ask, Refused

TAKEN_OVER = ("studio", "campaign", "field", "source", "source_wording", "proposer", "raised_on",
              "sensitivity", "place")  # fmt: skip


def split(ask: Ask) -> Outcome:
    """Log the draft, give it the sides and agreed items that were chosen, and link the two.

    `split` is a dict of title, problem, sides and items; the sides stay with the old case too.
    """
    case, typed = ask.subject, ask.given("split")
    items = _still_here(case, typed.get("items") or ())
    screen(case, [typed["title"], typed["problem"]])
    draft = drafts.create(
        by=ask.by,
        title=typed["title"],
        problem=typed["problem"],
        region=case.region,
        **{name: getattr(case, name) for name in TAKEN_OVER},
    )
    for side in typed.get("sides") or ():
        _side_of(draft, side)
    for number, item in enumerate(items, start=1):
        _move(item, draft, number=number, by=ask.by)
    CaseLink.objects.create(case=draft, other=case, kind=CaseLink.Kind.SPLIT)
    search.index(draft)
    search.index(case)
    facts = {"case": draft.pk, "code": draft.code, "items": [item.pk for item in items]}
    return Outcome(facts=facts)


def _still_here(case: Case, chosen: Iterable[AgreedItem]) -> list[AgreedItem]:
    keys = {item.pk for item in chosen}
    items = list(items_to_split_off(case).filter(pk__in=keys))
    if len(items) < len(keys):
        raise Refused([_("An agreed item was handed over meanwhile and stays with this case.")])
    return items


def _side_of(draft: Case, side: Side) -> Side:
    kept, _created = Side.objects.get_or_create(
        case=draft, name=side.name, defaults={"interest": side.interest}
    )
    return kept


def _move(item: AgreedItem, draft: Case, *, number: int, by: User) -> None:
    """With its tasks, promises and milestones. It will be talked over and read back anew."""
    item.case, item.number, item.meeting, item.confirmed_at = draft, number, None, None
    store(item, by=by)
    for task in item.tasks.order_by("pk"):
        task.item = item
        store(task, by=by)
    for promise in item.commitments.select_related("side").order_by("pk"):
        promise.side = promise.side and _side_of(draft, promise.side)
        store(promise, by=by)


EFFECTS: dict[str, Effect] = {"split": split}
