"""Members as the office sees them: whose they are, and who came and went on a committee."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from committees.models import Committee, Member, Role, RoleGrant, Seat
from committees.partial_dates import PartialDate

CHANGES = 500
COUNTY = 6  # digits in the code of a county


@dataclass(frozen=True)
class Change:
    """One line 任/增补/辞/免: when, who, how. `on` is None where no date is on record."""

    on: PartialDate | None
    seat: Seat
    label: str
    reason: str = ""


def members_of_county(codes: Iterable[str]) -> QuerySet[Member]:
    """Who has or had a seat on the committee of one of these counties, or in a studio of it."""
    own = list(codes)
    return Member.objects.filter(
        Q(seats__committee__region__in=own) | Q(studio_seats__studio__committee__region__in=own)
    ).distinct()


def is_seated_within(member: Member, codes: Iterable[str]) -> bool:
    """Whether a member sits on a committee or in a studio at or below one of these regions; one
    who sits nowhere yet belongs to whoever wrote the name down."""
    own = [*member.seats.values_list("committee__region", flat=True),
           *member.studio_seats.values_list("studio__committee__region", flat=True)]  # fmt: skip
    reaches = tuple(codes)
    return not own or any(code.startswith(reaches) for code in own)


def offices_of(grants: Iterable[RoleGrant]) -> list[str]:
    """The counties whose own office the person is."""
    return [
        str(grant.region_id)
        for grant in grants
        if grant.role == Role.COUNTY_OFFICE and len(grant.region_id or "") == COUNTY
    ]


def duty_readers(grants: Iterable[RoleGrant]) -> tuple[list[str], list[int]]:
    """Counties whose office the person is (with the score), and studios kept (without it)."""
    held = list(grants)
    keep = (Role.STUDIO_DIRECTOR, Role.LIAISON)
    return offices_of(held), [g.studio_id for g in held if g.role in keep and g.studio_id]


def changes_of(committee: Committee) -> list[Change]:
    """Everybody who came to a committee or left it, the newest first."""
    seats = Seat.objects.filter(committee=committee).select_related("member", "sector")
    rows: list[Change] = []
    for seat in seats.order_by("-pk")[:CHANGES]:
        rows.append(Change(seat.valid_from, seat, str(seat.get_began_display() or "")))
        if seat.ended or seat.valid_until:
            label = str(seat.get_ended_display() or "")
            rows.append(Change(seat.valid_until, seat, label, seat.ended_reason))
    rows.sort(key=lambda row: (row.on.text if row.on else "", row.seat.pk), reverse=True)
    return rows
