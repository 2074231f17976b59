"""Milestones on the way to an agreed item. What was agreed stays as it was read back; they move.

Every change is one line of history of its own, with what stood there before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import User
from consultations.models import AgreedItem, Case, Milestone
from consultations.permissions import may_keep_milestones
from consultations.services.history import line
from consultations.services.screening import released_anew, screen
from consultations.services.steps import JustChanged, claim
from consultations.workflow.engine import Refused

Row = Mapping[str, Any]

FIELDS = ("title", "due_on", "done_on")


@transaction.atomic
@released_anew
def save_milestone(item: AgreedItem, *, by: User, version: int, row: Row) -> None:
    """Add, change or remove one milestone. `row` as for `write`; `version` is that of the case."""
    case = Case.objects.get(pk=item.case_id)
    role = keeping_role(case, by)
    claim(case, version=version)
    screen(case, row)
    kept = {one.pk: one for one in item.milestones.all()}
    write(case, item, [row], kept=kept, by=by, role=role)


@transaction.atomic
def finish(milestone: Milestone, *, by: User, on: dt.date | None = None) -> None:
    """Say that a milestone was reached, today or on an earlier day. `JustChanged` the second time."""
    case = Case.objects.get(pk=milestone.item.case_id)
    role = keeping_role(case, by)
    day = on or timezone.localdate()
    _check_day(day)
    open_still = Milestone.objects.filter(pk=milestone.pk, done_on=None)
    if not open_still.update(done_on=day):
        raise JustChanged
    # The case counts as changed; its version stays, so that a form which is open is still good.
    Case.objects.filter(pk=case.pk).update(updated_at=timezone.now())
    facts = _facts(milestone.item, milestone) | {"done_on": day.isoformat()}
    line(case, "finish_milestone", by=by, role=role, facts=facts)


def write(
    case: Case,
    item: AgreedItem,
    rows: Iterable[Row],
    *,
    kept: Mapping[int, Milestone],
    by: User,
    role: str,
) -> None:
    """Write the rows inside the caller's transaction; `kept` are the milestones the item has.

    A row has `id` (or none for a new one), `delete`, and of `FIELDS` what it changes.
    """
    for row in rows:
        if row.get("id") and row["id"] not in kept:
            raise JustChanged
        milestone = kept[row["id"]] if row.get("id") else Milestone(item=item)
        _write_one(case, milestone, row, by=by, role=role)


def _write_one(case: Case, milestone: Milestone, row: Row, *, by: User, role: str) -> None:
    if row.get("delete"):
        _remove(case, milestone, by=by, role=role)
        return
    _check_day(row.get("done_on"))
    changes = [
        {"field": name, "old": _text(getattr(milestone, name)), "new": _text(row[name])}
        for name in FIELDS
        if name in row and getattr(milestone, name) != row[name]
    ]
    if not changes:
        return
    action = "change_milestone" if milestone.pk else "add_milestone"
    for name in FIELDS:
        setattr(milestone, name, row.get(name, getattr(milestone, name)))
    milestone.save()
    facts = _facts(milestone.item, milestone) | {"changes": changes}
    line(case, action, by=by, role=role, facts=facts)


def _remove(case: Case, milestone: Milestone, *, by: User, role: str) -> None:
    if milestone.pk is None:
        return
    if milestone.done_on:
        raise Refused([_("The milestone “%s” was reached; it stays.") % milestone.title])
    facts = _facts(milestone.item, milestone) | {"due_on": _text(milestone.due_on)}
    milestone.delete()
    line(case, "remove_milestone", by=by, role=role, facts=facts)


def keeping_role(case: Case, by: User) -> str:
    """The role in which the person keeps milestones. Raises `Refused` where there is none."""
    role = may_keep_milestones(by, case)
    if role is None:
        raise Refused([_("You may not change this record.")])
    return role


def _check_day(done_on: dt.date | None) -> None:
    if done_on and done_on > timezone.localdate():
        raise Refused([_("The date is not in the future.")])


def _facts(item: AgreedItem, milestone: Milestone) -> dict[str, Any]:
    return {"item": item.number, "milestone": milestone.pk, "title": milestone.title}


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")
