"""Seats that end: resigned 辞, removed 免 or the term over, with the date and the reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit
from committees.models import AuditEntry, Member, Seat, StudioSeat, User
from committees.numbers import without_numbers
from committees.partial_dates import PartialDate, lasts
from committees.services.imports.lines import Line, Write, chosen, partial_of
from committees.services.versions import store


@dataclass(frozen=True)
class Ending:
    """How a seat ends, when and why."""

    how: str
    on: PartialDate
    why: str

    def is_that_of(self, seat: Seat) -> bool:
        return (seat.ended, seat.valid_until) == (self.how, self.on)


def ending_of(line: Line) -> Ending | None:
    """What the row says of an end, if it says anything; what is missing is told at its cell."""
    how, on, why = chosen(line, "ended"), partial_of(line, "valid_until"), line.get("ended_reason")
    if not line.get("ended"):
        if line.get("valid_until") or why:
            line.wrong("ended", _("Write also how the seat ended."))
        return None
    if not line.get("valid_until"):
        line.wrong("valid_until", _("Write when the seat ended."))
    elif on is not None and on.earliest > timezone.localdate():
        line.wrong("valid_until", _("This day has not come yet."))
    _check_reason(line, how, why)
    return Ending(how, on, why) if how and on is not None else None


def _check_reason(line: Line, how: str, why: str) -> None:
    if not why and how in (Seat.Ended.RESIGNED, Seat.Ended.REMOVED):
        line.wrong("ended_reason", _("Write why the seat ended."))
    try:
        without_numbers(why)
    except ValidationError as wrong:
        line.wrong("ended_reason", " ".join(wrong.messages))


def leave(line: Line, member: Member, seat: Seat, ending: Ending) -> None:
    """End a seat on a committee, and the places of a member in its studios.

    Whoever directs a studio or keeps one does so until somebody else is named; the roles of an
    account are ended by who grants them. The row says both.
    """
    if seat.valid_from is not None and ending.on.latest < seat.valid_from.earliest:
        line.wrong("valid_until", _("The end is before the start."))
        return
    told = {"committee": seat.committee, "on": ending.on,
            "how": Seat.Ended(ending.how).label}  # fmt: skip
    line.will(_("seat on the committee ends: %(committee)s, %(how)s, %(on)s") % told,
              _ender(seat, member, ending))  # fmt: skip
    for placed in member.studio_seats.all():
        if placed.studio.committee_id == seat.committee_id and lasts(placed.valid_until):
            _leave_studio(line, placed, ending)
    if member.user_id is not None:
        line.notes.append(_("the account stays; the security administrator ends its roles"))


def _leave_studio(line: Line, placed: StudioSeat, ending: Ending) -> None:
    if placed.kind != StudioSeat.Kind.MEMBER:
        told = {"studio": placed.studio, "kind": placed.get_kind_display()}
        line.notes.append(_("stays %(kind)s of %(studio)s; change it on the studio's page") % told)
        return

    def write(by: User) -> None:
        placed.valid_until = ending.on
        store(placed, by=by, fields=["valid_until"])

    line.will(_("seat in the studio ends: %s") % placed.studio, write)


def _ender(seat: Seat, member: Member, ending: Ending) -> Write:
    def write(by: User) -> None:
        seat.ended, seat.valid_until, seat.ended_reason = ending.how, ending.on, ending.why
        store(seat, by=by, fields=["ended", "valid_until", "ended_reason"])
        facts = {"why": "import", "ended": ending.how}
        audit.record(AuditEntry.Kind.CHANGED, by=by, about=member,
                     region=seat.committee.region_id, facts=facts)  # fmt: skip

    return write
