"""Meetings and due dates of what somebody may see: for a calendar program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from committees.grants import UNIT_ROLES
from committees.models import RoleGrant, User
from consultations.models import Case, Meeting, Sensitivity
from consultations.selectors.cases import cases_for, tasks_for
from consultations.workflow.cases import OPEN, Stage
from consultations.workflow.tasks import RUNNING

BACK = dt.timedelta(days=30)
AHEAD = dt.timedelta(days=366)
MOST = 300  # of each kind
LASTS = dt.timedelta(hours=2)  # a meeting whose end nobody plans


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar. `starts` is a moment for a meeting, a day for a due date."""

    uid: str
    starts: dt.datetime | dt.date
    summary: str
    place: str
    path: tuple[str, int]  # the name of the page it leads to, and the key
    stamp: dt.datetime
    version: int


def dates_for(user: User, *, grants: Iterable[RoleGrant]) -> list[Entry]:
    """In order of time; three bounded queries. Units read of their tasks alone."""
    held, today = list(grants), timezone.localdate()
    inside = inside_only(held)
    found = [*_tasks(user, held, today)]
    if inside:
        found += [*_meetings(user, inside, today), *_cases(user, inside, today)]
    return sorted(found, key=lambda entry: (_day(entry.starts), entry.uid))


def inside_only(grants: Iterable[RoleGrant]) -> list[RoleGrant]:
    """Those that show the whole of a record: a unit does not read of its meetings."""
    return [grant for grant in grants if grant.role not in UNIT_ROLES]


def entry_of(meeting: Meeting) -> Entry | None:
    """A meeting whose time is set."""
    if meeting.starts_at is None:
        return None
    place = "" if _is_kept(meeting.case) else str(meeting.room or meeting.place)
    return Entry(
        f"meeting-{meeting.pk}", meeting.starts_at, _named(_("Meeting"), meeting.case), place,
        ("case", meeting.case_id), meeting.case.updated_at, meeting.times_postponed,
    )  # fmt: skip


def _meetings(user: User, grants: list[RoleGrant], today: dt.date) -> Iterator[Entry]:
    first, last = _midnight(today - BACK), _midnight(today + AHEAD)
    mine = cases_for(user, grants=grants).values("pk")
    rows = Meeting.objects.filter(
        status__in=[Meeting.Status.PLANNED, Meeting.Status.HELD],
        starts_at__gte=first, starts_at__lt=last, case__in=mine,
    ).select_related("case", "room")  # fmt: skip
    made = map(entry_of, rows.order_by("-starts_at", "-pk")[:MOST])
    return (entry for entry in made if entry is not None)


def _tasks(user: User, grants: list[RoleGrant], today: dt.date) -> Iterator[Entry]:
    rows = tasks_for(user, grants=grants).filter(
        case__stage=Stage.HANDLING, state__in=RUNNING,
        due_on__range=(today - BACK, today + AHEAD),
    )  # fmt: skip
    for task in rows.select_related("case").order_by("due_on", "pk")[:MOST]:
        title = "" if _is_kept(task.case) else task.title
        words = _named(_("Task due"), task.case, title=title)
        yield Entry(f"task-{task.pk}", task.due_on, words, "", ("task", task.pk),
                    task.state_since, task.version)  # fmt: skip


def _cases(user: User, grants: list[RoleGrant], today: dt.date) -> Iterator[Entry]:
    rows = cases_for(user, grants=grants).filter(
        stage__in=set(OPEN) - {Stage.SCHEDULED},
        stage_due_on__range=(today - BACK, today + AHEAD),
    )
    for case in rows.order_by("stage_due_on", "pk")[:MOST]:
        words = _named(_("Next step due"), case)
        yield Entry(f"case-{case.pk}", case.stage_due_on, words, "", ("case", case.pk),
                    case.stage_since, case.version)  # fmt: skip


def _is_kept(case: Case) -> bool:
    """Calendars lie on phones and in other people's programs: what is sensitive is not named."""
    return case.sensitivity != Sensitivity.NORMAL or case.restricted_at is not None


def _named(what: str, case: Case, *, title: str = "") -> str:
    name = _("sensitive matter, sign in to read") if _is_kept(case) else title or case.title
    words = f"{what}：{name}"
    return _("(Demonstration) %s") % words if case.is_demo else words


def _day(moment: dt.datetime | dt.date) -> dt.date:
    return timezone.localdate(moment) if isinstance(moment, dt.datetime) else moment


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
