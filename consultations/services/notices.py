"""Tell people: notices are written in the transaction of what they tell of, each once.

What should go out at once is written down as a letter in the same transaction; the worker sends it
after the commit, never a web request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from committees.models import User
from consultations.models import Case, Event, Meeting, Notice, NoticeChoice, ReturnRequest, Task
from consultations.permissions import Subject
from consultations.services import mailing
from consultations.services.hearers import Hearers, case_of
from consultations.workflow.hearing import Hear, NoticeKind, Party, hears_of

BATCH = 500


@dataclass(frozen=True)
class Telling:
    """One thing that some people are told of; `key` names it. It stands for so many `others`
    besides."""

    kind: NoticeKind
    key: str
    subject: Subject
    action: str = ""
    day: dt.date | None = None
    others: int = 0


def tell_of(event: Event) -> None:
    """Tell of a line of history just written, by the table."""
    rows = hears_of(event.action, reached=event.to_stage, is_task=event.task_id is not None)
    if not rows:
        return
    subject = _afresh(event)
    former = _former_units(event)
    hearers = Hearers([subject], units=former)
    told: dict[int, tuple[NoticeKind, Subject]] = {}
    for row in rows:
        about = _about(row, subject)
        for person in _hearing(row, event, subject, hearers, former):
            told.setdefault(person, (row.kind, about))
    told.pop(event.actor_id or 0, None)
    day, key = _day_of(event), f"event:{event.pk}"
    _keep(
        [
            _notice(Telling(kind, key, about, event.action, day), person)
            for person, (kind, about) in sorted(told.items(), key=lambda one: one[0])
        ]
    )


def _about(row: Hear, subject: Subject) -> Subject:
    """The lead unit does not see the task that assists it: it is told of its own."""
    if Party.LEAD_UNIT in row.to and isinstance(subject, Task) and subject.lead is not None:
        return subject.lead
    return subject


def write(tellings: Iterable[tuple[Telling, Collection[int]]]) -> int:
    """Keep what somebody is not told of yet; how many notices were new. Call in a transaction."""
    rows = [_notice(telling, person) for telling, people in tellings for person in sorted(people)]
    keys = {row.key for row in rows}
    known = set(Notice.objects.filter(key__in=keys).values_list("key", "recipient")) if keys else ()
    return _keep([row for row in rows if (row.key, row.recipient_id) not in known])


def _keep(fresh: list[Notice]) -> int:
    """Keep notices that nobody has yet, and write down the letters of them; how many there are."""
    if fresh:
        Notice.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
        mailing.write_at_once(Notice.objects.filter(key__in={row.key for row in fresh}))
    return len(fresh)


def mark_read(user: User, *, only: int | None = None) -> int:
    """One of the person's notices, or all of them; read twice is read once."""
    unread = Notice.objects.filter(recipient=user, read_at=None)
    if only is not None:
        unread = unread.filter(pk=only)
    return unread.update(read_at=timezone.now())


def _notice(telling: Telling, person: int) -> Notice:
    return Notice(
        recipient_id=person,
        kind=telling.kind,
        key=telling.key,
        case=case_of(telling.subject),
        task=telling.subject if isinstance(telling.subject, Task) else None,
        action=telling.action,
        day=telling.day,
        others=telling.others,
    )


def _afresh(event: Event) -> Subject:
    """The record as the step left it: it may have gone to another unit."""
    if event.task_id is not None:
        about = ("case__region", "lead__case")
        return Task.objects.select_related(*about).get(pk=event.task_id)
    return Case.objects.select_related("region").get(pk=event.case_id)


def _former_units(event: Event) -> list[int]:
    """The unit that a task was taken from: as the line says, or the last whose request to return
    it was granted."""
    if event.action == "move_unit":
        return [int(key)] if (key := event.data.get("from_unit")) else []
    if event.action != "reassign":
        return []
    granted = ReturnRequest.objects.filter(task=event.task_id, granted=True)
    return list(granted.order_by("-pk").values_list("unit_id", flat=True)[:1])


def _hearing(
    row: Hear, event: Event, subject: Subject, hearers: Hearers, former: list[int]
) -> set[int]:
    people: set[int] = set()
    for one in row.to:
        if one == Party.NAMED:
            people |= {int(key) for name in ("owner", "helper") if (key := event.data.get(name))}
        elif one == Party.FORMER_UNIT:
            for unit in former:
                people |= hearers.of_unit(unit, case_of(subject))
        elif isinstance(one, Party):
            people |= hearers.party(subject, one)
        else:
            people |= hearers.with_role(subject, one)
    return people


def _day_of(event: Event) -> dt.date | None:
    """The day of the meeting, where the line tells of one."""
    if event.action not in ("schedule", "postpone"):
        return None
    planned = Meeting.objects.filter(case=event.case_id, status=Meeting.Status.PLANNED)
    at = planned.order_by("-pk").values_list("starts_at", flat=True).first()
    return timezone.localdate(at) if at else None


@transaction.atomic
def choose(user: User, *, wishes: Mapping[str, str]) -> None:
    """How the person wants letters of each kind from now on."""
    rows = [NoticeChoice(user=user, kind=kind, mail=mail) for kind, mail in wishes.items()]
    NoticeChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["mail"]
    )
