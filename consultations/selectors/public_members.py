"""What the public sees of members and their groups: officials acting as such, never residents."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from committees.models import (
    Committee,
    GroupMembership,
    Member,
    MemberGroup,
    Seat,
    Studio,
    StudioSeat,
)
from committees.partial_dates import lasts

GROUPS = 50


@dataclass(frozen=True)
class GroupLine:
    """A group with how many sit in it today, and those of them who have a public page."""

    group: MemberGroup
    count: int
    shown: list[GroupMembership]


def public_member(pk: int) -> Member | None:
    """A member whose office switched the page on; nobody else has one."""
    return Member.objects.filter(pk=pk, is_public=True).first()


def seats_today(member: Member) -> list[Seat]:
    rows = member.seats.select_related("committee", "sector").order_by("committee__region", "pk")
    return [seat for seat in rows if lasts(seat.valid_until)]


def places_today(member: Member) -> list[StudioSeat]:
    """The studios in which the member sits, with the post there."""
    rows = member.studio_seats.select_related("studio").order_by("studio__name", "pk")
    return [seat for seat in rows if lasts(seat.valid_until)]


def groups_of_committee(committee: Committee) -> list[GroupLine]:
    return _lines(committee.groups.filter(ended_on=None))


def groups_of_studio(studio: Studio) -> list[GroupLine]:
    """The groups of the studio's own area."""
    if studio.region_id is None:
        return []
    groups = studio.committee.groups.filter(ended_on=None, region=studio.region_id)
    return _lines(groups)


def _lines(groups: QuerySet[MemberGroup]) -> list[GroupLine]:
    """By two statements, however many sit in them."""
    rows = groups.prefetch_related("memberships__member").order_by("name", "pk")[:GROUPS]
    return [_line(group) for group in rows]


def _line(group: MemberGroup) -> GroupLine:
    sitting = [row for row in group.memberships.all() if lasts(row.valid_until)]
    sitting.sort(key=lambda row: row.pk)
    shown = [row for row in sitting if row.member is not None and row.member.is_public]
    return GroupLine(group, len(sitting), shown)
