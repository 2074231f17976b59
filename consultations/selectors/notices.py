"""The inbox of one person. Titles are looked up when it is read, through what the reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from committees.models import RoleGrant, User
from consultations.models import Case, Notice, Task
from consultations.selectors.cases import cases_for, tasks_for
from consultations.selectors.keyset import Order, page_of
from consultations.selectors.timeline import LABELS

SIZE = 30
NEWEST = Order("created_at", newest_first=True)
MOST = 100  # beyond, the number of unread ones says only: more
# What no step of the tables is: said by these words, or by the kind alone.
WORDS = {**LABELS, "urging_draft": _("a slip waits to be sent"), "urging": "",
         "papers": _("the papers go to the participants now")}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One notice as its reader may see it; `record` is None for what he or she sees no more."""

    notice: Notice
    record: Case | Task | None

    @property
    def title(self) -> str:
        return self.record.title if self.record is not None else ""

    @property
    def case(self) -> Case | None:
        return self.record.case if isinstance(self.record, Task) else self.record

    @property
    def step(self) -> str:
        return str(WORDS.get(self.notice.action, ""))

    @property
    def others(self) -> str:
        """That it stands for more than the record it leads to."""
        number = self.notice.others
        return ngettext("and %s other", "and %s others", number) % number if number else ""

    @property
    def day(self) -> dt.date | None:
        return self.notice.day


@dataclass(frozen=True)
class Box:
    """One page of the inbox, and the cursors of the pages beside it ("" where there is none)."""

    lines: list[Line]
    after: str
    before: str


def inbox(user: User, place: Mapping[str, str], *, grants: Iterable[RoleGrant]) -> Box:
    """The newest first. Three queries, whatever stands on the page."""
    held = list(grants)
    found = page_of(Notice.objects.filter(recipient=user), place, size=SIZE, order=NEWEST)
    return Box(_lines(user, found.rows, held), found.after, found.before)


def own_notice(user: User, pk: int, *, grants: Iterable[RoleGrant]) -> Line | None:
    """One notice of this person with what it leads to."""
    found = Notice.objects.filter(recipient=user, pk=pk)
    return next(iter(_lines(user, list(found), list(grants))), None)


def unread(user: User) -> int:
    """How many notices the person has not read, `MOST` standing for that many or more."""
    new = Notice.objects.filter(recipient=user, read_at=None).order_by("-created_at")
    return len(new.values_list("pk", flat=True)[:MOST])


def unread_words(user: User) -> str:
    """The number as it is shown; empty for none."""
    number = unread(user)
    return f"{MOST - 1}+" if number >= MOST else str(number or "")


def _lines(user: User, rows: list[Notice], grants: list[RoleGrant]) -> list[Line]:
    tasks = {row.task_id for row in rows if row.task_id}
    cases = {row.case_id for row in rows if not row.task_id}
    seen_tasks = tasks_for(user, grants=grants).filter(pk__in=tasks)
    seen_cases = cases_for(user, grants=grants).filter(pk__in=cases)
    task_of = seen_tasks.select_related("case__region", "unit").in_bulk() if tasks else {}
    case_of = seen_cases.select_related("region").in_bulk() if cases else {}
    return [
        Line(row, task_of.get(row.task_id) if row.task_id else case_of.get(row.case_id))
        for row in rows
    ]
