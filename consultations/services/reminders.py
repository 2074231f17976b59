"""Tell of what the calendar brings: for the daily command, each thing once however often it runs.

What passed or was urged is told from the rows of `Overdue` and `Urging`; the rest is looked up by
its date. Whatever was told before is left out before anybody is looked up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, takewhile
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from committees.models import Role
from consultations import calendar
from consultations.models import Case, Meeting, Notice, Overdue, Task, Urging
from consultations.permissions import Subject
from consultations.selectors.meeting_days import papers_by
from consultations.selectors.rules import local_rules
from consultations.services import notices
from consultations.services.hearers import Hearers
from consultations.services.notices import Telling
from consultations.workflow.cases import Stage
from consultations.workflow.hearing import NoticeKind as K
from consultations.workflow.hearing import Party
from consultations.workflow.tasks import DISPATCHERS, TaskState

BACK = dt.timedelta(days=30)  # after so many days without the command nobody is told any more
WEEK = dt.timedelta(days=7)
BATCH = 200
TALK_DAYS, PAPERS_DAYS = "first_contact_days", "materials_days"
CLERKS = (Role.STUDIO_DIRECTOR, Role.LIAISON)
OFFICE = (Role.COUNTY_OFFICE,)
To = tuple[str, ...]
Due = tuple[Telling, To]


def remind() -> Iterator[int]:
    """Batch by batch, each in a transaction of its own."""
    today = timezone.localdate()
    for found in DATES:
        rows = iter(found(today))
        while batch := list(islice(rows, BATCH)):
            yield _tell(batch)


@transaction.atomic
def _tell(batch: list[Due]) -> int:
    keys = [telling.key for telling, _to in batch]
    told = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = [(telling, to) for telling, to in batch if telling.key not in told]
    if not fresh:
        return 0
    hearers = Hearers([telling.subject for telling, _to in fresh])
    return notices.write((telling, _people(telling, to, hearers)) for telling, to in fresh)


def _people(telling: Telling, to: To, hearers: Hearers) -> set[int]:
    found: set[int] = set()
    for one in to:
        look: Callable[[Subject, str], set[int]]
        look = hearers.party if one in Party.values else hearers.with_role
        found |= look(telling.subject, one)
    return found


def meetings_soon(today: dt.date) -> Iterable[Due]:
    """Today and tomorrow, to the studio and to who stands behind the case."""
    until = _midnight(today + dt.timedelta(days=2))
    for meeting in _planned(timezone.now(), until):
        day = timezone.localdate(meeting.starts_at)
        told = Telling(K.MEETING_SOON, f"soon:{meeting.pk}:{day}", meeting.case, day=day)
        yield told, (Party.PROPOSERS, *CLERKS, Role.MEMBER)


def papers(today: dt.date) -> Iterable[Due]:
    """So many working days before a meeting its papers go to the participants."""
    rules = local_rules(PAPERS_DAYS)
    until = today + dt.timedelta(days=2 * rules.most(PAPERS_DAYS) + 15)
    for meeting in _planned(timezone.now(), _midnight(until)):
        held = timezone.localdate(meeting.starts_at)
        day = papers_by(held, rules.value(PAPERS_DAYS, meeting.case.region_id))
        if day <= today < held:
            told = Telling(K.DATE_CAME, f"papers:{meeting.pk}:{held}", meeting.case, "papers", day)
            yield told, CLERKS


def unrecorded(today: dt.date) -> Iterable[Due]:
    for meeting in _planned(_midnight(today - BACK), _midnight(today)):
        day = timezone.localdate(meeting.starts_at)
        key = f"unrecorded:{meeting.pk}:{day}"
        yield Telling(K.UNRECORDED, key, meeting.case, day=day), CLERKS


def passed(today: dt.date) -> Iterable[Due]:
    """A task's passed date to its unit and to who dispatches; a case's to those who decide."""
    about = ("task__lead", "task__case__region", "case__region")
    rows = _newest(Overdue.objects.select_related(*about), today - BACK)
    to = {Overdue.Kind.TASK: (Party.UNIT, *DISPATCHERS), Overdue.Kind.TOPIC: (Party.GATE, *OFFICE),
          Overdue.Kind.PARTY: (Role.PARTY_APPROVER, Role.STUDIO_DIRECTOR),
          Overdue.Kind.RECORD: (*CLERKS, *OFFICE)}  # fmt: skip
    for row in rows:
        subject = row.task or row.case
        told = Telling(K.OVERDUE, f"overdue:{row.pk}", subject, day=row.due_on)
        yield told, tuple(to.get(Overdue.Kind(row.kind), OFFICE))


def urged(today: dt.date) -> Iterable[Due]:
    """What was sent goes to the unit; a draft to those who send it."""
    about = ("task__lead", "task__case__region")
    rows = Urging.objects.filter(dropped_on=None).select_related(*about)
    return (_of_urging(row) for row in _newest(rows, today - BACK))


def tell(urging: Urging) -> None:
    """Of one that a person has just sent, in the same transaction."""
    _tell([_of_urging(urging)])


def _of_urging(row: Urging) -> Due:
    if row.is_draft:
        key, to = f"draft:{row.pk}", tuple(DISPATCHERS)
        return Telling(K.CASE_WAITS, key, row.task, "urging_draft", row.due_on), to
    kind = K.DUE_SOON if row.rung == Urging.Rung.NOTE else K.URGED
    above = (Role.LEADER,) if row.rung == Urging.Rung.LEADER else ()
    told = Telling(kind, f"urged:{row.pk}", row.task, "urging", row.due_on)
    return told, (Party.UNIT, *above)


def ran_out(today: dt.date) -> Iterable[Due]:
    """Nothing resumes by the clock: somebody has to."""
    late = {"suspended_until__range": (today - BACK, today - dt.timedelta(days=1))}
    for task in _tasks(state=TaskState.SUSPENDED, **late):
        key = f"suspension:{task.pk}:{task.suspended_until}"
        yield Telling(K.DATE_CAME, key, task, "resume", task.suspended_until), tuple(DISPATCHERS)


def untalked(today: dt.date) -> Iterable[Due]:
    """The unit has not yet spoken with who raised the matter, and the time for it has passed."""
    rules = local_rules(TALK_DAYS)
    first = today - WEEK - dt.timedelta(days=2 * rules.most(TALK_DAYS) + 15)
    last = today - dt.timedelta(days=rules.least(TALK_DAYS))
    rows = _tasks(state=TaskState.HANDLING, contacted_on=None, dispatched_on__range=(first, last),
                  case__stage=Stage.HANDLING)  # fmt: skip
    for task in rows:
        days = rules.value(TALK_DAYS, task.case.region_id)
        due = calendar.add_working_days(cast(dt.date, task.dispatched_on), days)
        if not task.is_assist and today - WEEK <= due < today:
            key = f"talk:{task.pk}:{due}"
            yield Telling(K.DATE_CAME, key, task, "record_contact", due), (Party.UNIT,)


def look_backs(today: dt.date) -> Iterable[Due]:
    for task in _tasks(state=TaskState.TRACKED, look_back_on__range=(today - BACK, today)):
        key = f"look_back:{task.pk}:{task.look_back_on}"
        yield Telling(K.DATE_CAME, key, task, "look_back", task.look_back_on), OFFICE


def closed_look_backs(today: dt.date) -> Iterable[Due]:
    closed = {"stage": Stage.CLOSED, "look_back_on__range": (today - BACK, today)}
    cases = Case.objects.filter(**closed).select_related("region").order_by("look_back_on", "pk")
    for case in cases.iterator(chunk_size=BATCH):
        key = f"look_again:{case.pk}:{case.look_back_on}"
        yield Telling(K.DATE_CAME, key, case, "look_again", case.look_back_on), OFFICE


def deferred(today: dt.date) -> Iterable[Due]:
    cases = Case.objects.filter(stage=Stage.DEFERRED, review_on__range=(today - BACK, today))
    for case in cases.select_related("region").order_by("pk").iterator(chunk_size=BATCH):
        key = f"deferred:{case.pk}:{case.review_on}"
        yield Telling(K.DATE_CAME, key, case, "resume_review", case.review_on), OFFICE


def _planned(since: dt.datetime, until: dt.datetime) -> Iterable[Meeting]:
    rows = Meeting.objects.filter(
        status=Meeting.Status.PLANNED, starts_at__gte=since, starts_at__lt=until
    )
    rows = rows.filter(case__stage=Stage.SCHEDULED).select_related("case__region")
    return rows.order_by("starts_at", "pk").iterator(chunk_size=BATCH)


def _tasks(**where: object) -> Iterable[Task]:
    rows: QuerySet[Task] = Task.objects.filter(**where).select_related("case__region", "lead")
    return rows.order_by("pk").iterator(chunk_size=BATCH)


def _newest(rows: QuerySet[Any], since: dt.date) -> Iterable[Any]:
    """By their keys from the last one back, as far as they were written since that day."""
    first = _midnight(since)
    newest = rows.order_by("-pk").iterator(chunk_size=BATCH)
    return takewhile(lambda row: row.written_at >= first, newest)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


DATES = (
    meetings_soon, papers, unrecorded, passed, urged, ran_out, untalked, look_backs, closed_look_backs,
    deferred,
)  # fmt: skip
