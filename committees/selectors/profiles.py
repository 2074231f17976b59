"""What a member finds about himself or herself: seats with their terms, places in studios, groups."""

from __future__ import annotations

from dataclasses import dataclass

from committees.models import GroupMembership, Member, Seat, StudioSeat


@dataclass(frozen=True)
class Profile:
    """The newest first, also what is over."""

    seats: list[Seat]
    studios: list[StudioSeat]
    groups: list[GroupMembership]


def profile_of(member: Member) -> Profile:
    """Three queries, however much there is."""
    seats = member.seats.select_related("committee", "sector")
    studios = member.studio_seats.select_related("studio")
    groups = member.memberships.select_related("group__committee")
    newest = ("-valid_from", "-pk")
    return Profile(
        list(seats.order_by(*newest)),
        list(studios.order_by(*newest)),
        list(groups.order_by(*newest)),
    )
