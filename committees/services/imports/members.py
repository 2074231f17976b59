"""Members with their seats on a committee and in a studio, and the account if the table names one.

A row that says how a seat ended ends it (`leaving`); any other gives one to whoever has none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from committees import audit
from committees.grants import KEEPERS, Codes, reach
from committees.models import AuditEntry, Committee, Member, Seat, Sector, Studio, StudioSeat, User
from committees.partial_dates import lasts
from committees.sealed import indexes, masked
from committees.services.imports.accounts import Accounts
from committees.services.imports.columns import Kind, Row, plain
from committees.services.imports.found import code_of, lies_in, named
from committees.services.imports.leaving import Ending, ending_of, leave
from committees.services.imports.lines import (
    Line,
    Write,
    checked,
    chosen,
    mobile_of,
    once,
    partial_of,
)
from committees.services.imports.writers import adder, saver

IMPORTERS = KEEPERS
MOST_TERM = 30
SEAT_SAYS = ("sector", "term", "position", "began", "valid_from")


class Members:
    """Looks at the rows of one table in order. A member is known by name on the committee, and by
    phone where two have one name."""

    def __init__(self, rows: list[Row], *, by: User):
        self.reach, self.accounts = reach(by, roles=IMPORTERS), Accounts(rows, by=by)
        self.committees = named(rows, "committee", Committee)
        self.studios = named(rows, "studio", Studio)
        self.sectors = {plain(sector.name): sector for sector in Sector.objects.order_by("pk")}
        seats = Prefetch("seats", Seat.objects.select_related("committee").order_by("pk"))
        studios = StudioSeat.objects.select_related("studio__committee").order_by("pk")
        placed = Prefetch("studio_seats", studios)
        people = Member.objects.filter(name__in={row.cells.get("name", "") for row in rows})
        self.known: dict[str, list[Member]] = defaultdict(list)
        for member in people.prefetch_related(seats, placed).order_by("pk"):
            self.known[member.name].append(member)
        self.seen: dict[tuple[Any, ...], int] = {}

    def line(self, row: Row) -> Line:
        line = checked(row, Kind.MEMBERS)
        committee = self.committees.one(line, "committee", codes=self.reach)
        studio = self.studios.one(line, "studio", codes=self.reach)
        seat = self._seat(line, committee)
        mobile, ending = mobile_of(line), ending_of(line)
        if committee is not None:
            once(line, (line.get("name"), committee.pk, mobile), seen=self.seen, column="name")
        if line.errors:
            return line
        if ending is not None:
            self._end(line, committee, mobile, ending)
            return line
        member = self._member(line, committee, mobile)
        if member is None or line.errors:
            return line
        self._sit(line, member, seat)
        self._join(line, member, studio)
        if line.get("username"):
            self._link(line, member, mobile)
        return line

    def _seat(self, line: Line, committee: Committee | None) -> Seat | None:
        sector = self.sectors.get(plain(line.get("sector")))
        if line.get("sector") and sector is None:
            line.wrong("sector", _("No sector is called “%s”.") % line.get("sector"))
        term = line.get("term")
        if term and not (term.isdecimal() and 0 < int(term) <= MOST_TERM):
            line.wrong("term", _("Write the number of the term, like 11."))
        begins = partial_of(line, "valid_from")
        if committee is None or line.errors:
            return None
        return Seat(committee=committee, sector=sector, term=int(term) if term else None,
                    position=line.get("position"), began=chosen(line, "began"),
                    valid_from=begins)  # fmt: skip

    def _end(self, line: Line, committee: Committee, mobile: str, ending: Ending) -> None:
        here = self._sitting(line, committee, mobile)
        if len(here) == 1 and (held := _seat_of(here[0], committee)):
            leave(line, here[0], held, ending)
        elif not line.errors and not self._left(line, committee, ending):
            line.wrong("name", _("Nobody of this name sits on this committee."))

    def _left(self, line: Line, committee: Committee, ending: Ending) -> bool:
        """Whether the row is on record already."""
        seats = (s for m in self.known.get(line.get("name"), []) for s in m.seats.all())
        return any(s.committee_id == committee.pk and ending.is_that_of(s) for s in seats)

    def _sitting(self, line: Line, committee: Committee, mobile: str) -> list[Member]:
        """Who of this name has a seat there, at most one; none with the reason at the cell."""
        here = [m for m in self.known.get(line.get("name"), []) if _sits(m, committee)]
        if len(here) < 2:
            return here
        here = _of_phone(here, mobile)
        if len(here) != 1:
            told = _("Several members of this committee have this name: add the mobile phone.")
            line.wrong("name", told)
        return here[:1]

    def _member(self, line: Line, committee: Committee, mobile: str) -> Member | None:
        """Whoever sits there, sat there before, or sits elsewhere with this phone; else a new one.

        Of who sat there before the phone decides whether it is the same person.
        """
        here = self._sitting(line, committee, mobile)
        if line.errors:
            return None
        if here:
            return self._known(line, here[0], mobile)
        others = self.known.get(line.get("name"), [])
        if same := _of_phone([m for m in others if _is_within(m, self.reach)], mobile):
            line.notes.append(_("on record already; the seat is added there"))
            return same[0]
        before = [m for m in others if any(s.committee_id == committee.pk for s in m.seats.all())]
        if any(not mobile or not member.mobile for member in before):
            told = _(
                "Somebody of this name sat here before: add the mobile phone, or give the seat on the member's page."
            )
            line.wrong("name", told)
            return None
        return self._new(line, mobile)

    def _new(self, line: Line, mobile: str) -> Member:
        name = line.get("name")
        member = Member(name=name, mobile=mobile, pinyin=" ".join(lazy_pinyin(name))[:120])
        line.will(_("new member"), saver(member, AuditEntry.Kind.ADDED), adds=True)
        return member

    def _known(self, line: Line, member: Member, mobile: str) -> Member:
        if mobile and mobile != member.mobile:
            member.mobile = mobile
            told = _("mobile phone: %s") % masked(mobile)
            line.will(told, saver(member, AuditEntry.Kind.CHANGED))
        return member

    def _sit(self, line: Line, member: Member, seat: Seat | None) -> None:
        """A new seat; one that is held already stays as it is, and the row says so."""
        if seat is None:
            return
        if held := _seat_of(member, seat.committee) if member.pk else None:
            if other := [line.heading(n) for n in SEAT_SAYS if _differs(line, held, seat, n)]:
                line.notes.append(_("the seat stays as it is; change it on the member's page: %s")
                                  % "、".join(other))  # fmt: skip
            return
        told = (seat.committee, seat.get_began_display(), seat.valid_from or "")
        line.will(_("seat on the committee: %s") % "，".join(filter(None, map(str, told))),
                  _seater(seat, member))  # fmt: skip

    def _join(self, line: Line, member: Member, studio: Studio | None) -> None:
        if studio is None or (member.pk and _has_place(member, studio)):
            return
        seat = StudioSeat(studio=studio, kind=StudioSeat.Kind.MEMBER, name=member.name,
                          valid_from=partial_of(line, "valid_from"))  # fmt: skip
        line.will(_("seat in the studio: %s") % studio, _seater(seat, member))

    def _link(self, line: Line, member: Member, mobile: str) -> None:
        user = self.accounts.of(line, mobile=mobile)
        if user is None or (member.user_id is not None and member.user_id == user.pk):
            return
        if member.user_id is not None:
            line.wrong("username", _("The member has another account already."))
            return
        if user.pk and hasattr(user, "member"):
            line.wrong("username", _("This account belongs to another member."))
            return

        def write(by: User) -> None:
            member.user = user
            saver(member, AuditEntry.Kind.CHANGED)(by)

        line.will(_("signs in as %s") % user.username, write)


def _of_phone(members: list[Member], mobile: str) -> list[Member]:
    hashes = set(indexes(mobile)) if mobile else set()
    return [member for member in members if member.mobile_index in hashes]


def _is_within(member: Member, codes: Codes) -> bool:
    places = [*(code_of(seat.committee) for seat in member.seats.all()),
              *(code_of(placed.studio.committee) for placed in member.studio_seats.all())]  # fmt: skip
    return any(lies_in(code, codes) for code in places)


def _seat_of(member: Member, committee: Committee) -> Seat | None:
    """The seat there that is not over; an end that is still to come changes nothing yet."""
    here = (seat for seat in member.seats.all() if seat.committee_id == committee.pk)
    return next((seat for seat in here if not seat.ended and lasts(seat.valid_until)), None)


def _has_place(member: Member, studio: Studio) -> bool:
    here = (seat for seat in member.studio_seats.all() if seat.studio_id == studio.pk)
    return any(lasts(seat.valid_until) for seat in here)


def _sits(member: Member, committee: Committee) -> bool:
    return _seat_of(member, committee) is not None


def _differs(line: Line, held: Seat, seat: Seat, name: str) -> bool:
    """Whether the table says something of the seat, and something else than is on record."""
    field = f"{name}_id" if name == "sector" else name
    return bool(line.get(name)) and getattr(held, field) != getattr(seat, field)


def _seater(seat: Seat | StudioSeat, member: Member) -> Write:
    add = adder(seat, member=member)
    place = seat.committee if isinstance(seat, Seat) else seat.studio

    def write(by: User) -> None:
        add(by)
        facts = {"why": "import", "seat": audit.label(seat)}
        audit.record(AuditEntry.Kind.CHANGED, by=by, about=member, region=code_of(place),
                     facts=facts)  # fmt: skip

    return write
