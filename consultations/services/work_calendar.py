"""Confirm a year of the working calendar: its days, and the due dates that move with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit
from committees.grants import grants_of, read_once
from committees.models import AuditEntry, Role, User, WorkCalendarDay, WorkCalendarYear
from consultations import calendar
from consultations.calendar import Table, Year
from consultations.selectors.due_moves import Move, calendar_moves, digest
from consultations.services.due_dates import move_all
from consultations.workflow.engine import Refused

KEEPERS = (Role.SYSTEM_ADMIN, Role.PROVINCE_OFFICE)
MOVED = "calendar_moved"


def preview(year: int, days: Year) -> tuple[Table, list[Move]]:
    """The calendar with these days, and what would move; nothing is written."""
    before = calendar.reread()
    after = before.with_year(year, days)
    return after, calendar_moves(before, after)


@transaction.atomic
@read_once()
def confirm(year: int, days: Year, *, document: str, by: User, seen: str) -> int:
    """Write the year and move the due dates, each with a line of history; how many moved.

    `seen` is the digest of the moves that the person looked at. Raises `Refused` where they are
    others meanwhile, or where the person keeps no calendar.
    """
    role = _role(by)
    list(WorkCalendarYear.objects.select_for_update().order_by("year"))
    after, moves = preview(year, days)
    if digest(moves) != seen:
        raise Refused([_("The due dates that move are others by now. Look at them once more.")])
    _write(year, days, document=document, by=by)
    facts = {"year": year, "days": len(days.off) + len(days.worked), "moved": len(moves)}
    audit.record(AuditEntry.Kind.CHANGED, by=by, role=role, about=f"calendar:{year}", facts=facts)
    with calendar.supposing(after):
        move_all(moves, MOVED, by=by, role=role, facts={"year": year})
    transaction.on_commit(calendar.reread)
    return len(moves)


def _role(by: User) -> str:
    held = {grant.role for grant in grants_of(by)} | (
        {Role.SYSTEM_ADMIN} if by.is_superuser else set()
    )
    role = next((role for role in KEEPERS if role in held), None)
    if role is None:
        raise Refused([_("The calendar is kept by the system administrator and the province.")])
    return role


def _write(year: int, days: Year, *, document: str, by: User) -> None:
    WorkCalendarDay.objects.filter(date__year=year).delete()
    WorkCalendarDay.objects.bulk_create(_rows(days, document))
    now = timezone.now()
    fields: dict[str, Any] = {"document": document, "confirmed_by": by, "confirmed_at": now}
    WorkCalendarYear.objects.update_or_create(
        year=year, defaults=fields | {"changed_at": now}, create_defaults=fields
    )


def _rows(days: Year, document: str) -> Iterator[WorkCalendarDay]:
    for kind, named in ((WorkCalendarDay.Kind.OFF, days.off),
                        (WorkCalendarDay.Kind.WORKED, days.worked)):  # fmt: skip
        for date, name in sorted(named.items()):
            yield WorkCalendarDay(date=date, kind=kind, name=name, source=document)
