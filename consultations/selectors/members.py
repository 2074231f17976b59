"""Which members may be named on a case: those of its studio, else those of its committee."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from committees.models import Member, RoleGrant, Seat, StudioSeat, User
from consultations.models import Capacity, Case

MOST = 60  # boxes to tick on one page
AT_THE_TABLE = (Capacity.HOST, Capacity.MEMBER)


def in_force(path: str = "") -> Q:
    """Rows with partial dates that end this year at the earliest; what has no end goes on.

    One may still name, for what happened before, who left in the course of the year.
    """
    today = timezone.localdate().isoformat()
    open_end = Q(**{f"{path}valid_until__isnull": True})
    return open_end | Q(**{f"{path}valid_until__gte": today[:4]})


def members_of_studios(studios: Iterable[int]) -> QuerySet[Member]:
    seats = StudioSeat.objects.filter(in_force(), studio__in=list(studios), member__isnull=False)
    return Member.objects.filter(pk__in=seats.values("member")).order_by("pinyin", "pk")


def members_of_committee(committee: int) -> QuerySet[Member]:
    seats = Seat.objects.filter(in_force(), committee=committee)
    return Member.objects.filter(pk__in=seats.values("member")).order_by("pinyin", "pk")


def members_for(case: Case) -> QuerySet[Member]:
    """Those who may be ticked for a visit, an inspection or a conversion of the case."""
    if case.studio_id:
        return members_of_studios([case.studio_id])
    return members_of_committee(case.committee_id)


def members_named(case: Case, names: Iterable[str]) -> dict[str, Member]:
    """By name the members of the county that a sign-in sheet may mean, in one query.

    A name that two members share is left out: nobody is linked by guessing.
    """
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    seated = Seat.objects.filter(in_force(), committee=case.committee_id).values("member")
    placed = StudioSeat.objects.filter(
        in_force(), studio__committee=case.committee_id, member__isnull=False
    )
    here = Member.objects.filter(Q(pk__in=seated) | Q(pk__in=placed.values("member")))
    found: dict[str, list[Member]] = {}
    for member in here.filter(name__in=wanted).order_by("pk"):
        found.setdefault(member.name, []).append(member)
    return {name: members[0] for name, members in found.items() if len(members) == 1}


def acting_members(user: User, *, grants: Iterable[RoleGrant]) -> QuerySet[Member]:
    """The member of this account, and those this person acts for as a deputy."""
    principals = [grant.deputy_of_id for grant in grants if grant.deputy_of_id]
    return Member.objects.filter(user__in=[user.pk, *principals]).order_by("pinyin", "pk")
