"""Studios, rooms, committees and brands, with what the public may see of each."""

from __future__ import annotations

from django.db.models import QuerySet

from committees.models import (
    Committee,
    Origin,
    Region,
    Room,
    Studio,
    StudioSeat,
)
from committees.models.regions import at_or_below
from committees.partial_dates import lasts
from consultations.models import Campaign, Case
from consultations.selectors.cases import public_cases
from consultations.selectors.keyset import Order, Page, page_of

IN_DIRECTORY = 50
ON_A_PAGE = 30
BY_PLACE = Order("committee__region_id", newest_first=False)
GRAND = (Region.Level.PREFECTURE, Region.Level.COUNTY)


def directory(model: type[Studio] | type[Room], *, region: str, wanted: dict[str, str]) -> Page:
    """Studios or rooms in order of place, all of Yunnan or those of a prefecture or county."""
    rows = model.objects.select_related("committee__region", "region").exclude(
        origin=Origin.SYNTHETIC
    )
    if region:
        here = at_or_below([region], path="committee__region") | at_or_below([region])
        rows = rows.filter(here)
    return page_of(rows, wanted, size=IN_DIRECTORY, order=BY_PLACE)


def prefectures() -> list[tuple[str, str]]:
    """Code and name of each, those of demonstrations too."""
    real, invented = prefectures_apart()
    return real + invented


def prefectures_apart() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Code and name of the real ones, and of those of demonstrations."""
    real: list[tuple[str, str]] = []
    invented: list[tuple[str, str]] = []
    rows = Region.objects.filter(level=Region.Level.PREFECTURE).order_by("code")
    for code, name, is_demo in rows.values_list("code", "name", "is_demo"):
        (invented if is_demo else real).append((code, name))
    return real, invented


def studio_page(code: str) -> Studio | None:
    return (
        Studio.objects.select_related(
            "committee__region", "region", "sector", "special_committee", "citation__report"
        )
        .filter(code=code)
        .first()
    )


def seats_of(studio: Studio) -> list[StudioSeat]:
    """Those who sit there today; where the end is not known to the day, until it is over."""
    seats = studio.seats.select_related("member").order_by("kind", "pk")
    return [s for s in seats if lasts(s.valid_until)]


def rooms_of(studio: Studio) -> list[Room]:
    return list(studio.rooms.order_by("name", "pk")[:ON_A_PAGE])


def room_page(code: str) -> Room | None:
    return (
        Room.objects.select_related("committee__region", "region", "studio", "citation__report")
        .filter(code=code)
        .first()
    )


def cases_with(**where: Studio | Campaign) -> QuerySet[Case]:
    """Not by way of `studio.cases`: that would fetch the column left out, row by row."""
    return public_cases().filter(**where)


def cases_in_room(room: Room) -> QuerySet[Case]:
    return public_cases().filter(pk__in=room.meetings.values("case"))


def committee_page(code: str) -> Committee | None:
    return Committee.objects.select_related("region", "parent").filter(region=code).first()


def committees_by_prefecture() -> list[tuple[Committee, list[Committee]]]:
    """The prefectures' committees with those of their counties; the province's own stands apart."""
    rows = list(
        Committee.objects.select_related("region")
        .filter(region__level__in=GRAND)
        .order_by("region_id")
    )
    tops = [row for row in rows if row.region.level == Region.Level.PREFECTURE]
    return [(top, [r for r in rows if r.region.parent_id == top.region_id]) for top in tops]


def children_of(committee: Committee) -> list[Committee]:
    return list(committee.children.order_by("region_id")[:200])


def cases_of(committee: Committee) -> QuerySet[Case]:
    """The cases of its region: its own and those of the committees below it."""
    if committee.region.level == Region.Level.PROVINCE:
        return public_cases()
    return public_cases().within(committee.region_id)


def co_hosted_by(committee: Committee) -> QuerySet[Case]:
    """Joint cases that are counted for another committee."""
    return public_cases().filter(pk__in=committee.co_hosted.values("case"))


def campaigns_of(committee: Committee) -> list[Campaign]:
    return list(committee.campaigns.order_by("code")[:ON_A_PAGE])


def studios_of(committee: Committee) -> list[Studio]:
    return list(committee.studios.order_by("name", "pk")[:ON_A_PAGE])


def rooms_at(committee: Committee) -> list[Room]:
    return list(committee.rooms.order_by("name", "pk")[:ON_A_PAGE])


def campaign_page(code: str) -> Campaign | None:
    return (
        Campaign.objects.select_related("committee__region", "parent", "citation__report")
        .prefetch_related("targets__citation__report", "children")
        .filter(code=code)
        .first()
    )
