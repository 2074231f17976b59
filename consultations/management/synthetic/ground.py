"""What made-up cases stand on: real regions, made-up studios and units."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from committees.models import Committee, HandlingUnit, Origin, Region, Studio
from consultations.models import Campaign, TopicField

STUDIOS = 300
UNITS = 200
CAMPAIGNS = 6
FIELDS = ("transport", "water", "housing", "health", "schools", "order", "land", "culture")


@dataclass(frozen=True)
class Place:
    code: str
    committee: int


@dataclass(frozen=True)
class Ground:
    """Keys to draw from. The first counties get most cases, as the large ones really do."""

    places: list[Place]
    weights: list[float]
    studios: dict[str, list[int]]  # by prefecture
    campaigns: list[int | None]
    fields: list[int]
    units: list[int]

    def region(self, draw: Random) -> Place:
        return draw.choices(self.places, cum_weights=self.weights)[0]

    def studio(self, draw: Random, place: Place) -> int | None:
        near = self.studios.get(place.code[:4])
        return draw.choice(near) if near and draw.random() < 0.7 else None


class NoGround(Exception):
    """The regions and committees are not loaded."""


def lay() -> Ground:
    """Read the townships; make or find the studios, units, campaigns and fields."""
    places = _places()
    return Ground(
        places=places,
        weights=list(accumulate(1 / (1 + n) ** 0.5 for n in range(len(places)))),
        studios=_studios(places),
        campaigns=[None, *_campaigns(places[0])],
        fields=_fields(),
        units=_units(places),
    )


def _places() -> list[Place]:
    committees = dict(Committee.objects.values_list("region", "pk"))
    townships = Region.objects.real().filter(level=Region.Level.TOWNSHIP).order_by("code")
    codes = townships.values_list("code", flat=True)
    places = [Place(code, committees[code[:6]]) for code in codes if code[:6] in committees]
    if not places:
        raise NoGround
    return places


def _studios(places: list[Place]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, place in enumerate(places[:: max(1, len(places) // STUDIOS)]):
        studio, _ = Studio.objects.get_or_create(
            code=f"synthetic-{number}",
            defaults={
                "name": f"压测工作室{number}",
                "committee_id": place.committee,
                "region_id": place.code,
                "origin": Origin.SYNTHETIC,
            },
        )
        found.setdefault(place.code[:4], []).append(studio.pk)
    return found


def _units(places: list[Place]) -> list[int]:
    step = max(1, len(places) // UNITS)
    return [
        HandlingUnit.objects.get_or_create(
            code=f"synthetic-{number}",
            defaults={
                "name": f"压测承办单位{number}",
                "kind": HandlingUnit.Kind.OTHER,
                "region_id": place.code,
                "origin": Origin.SYNTHETIC,
            },
        )[0].pk
        for number, place in enumerate(places[::step])
    ]


def _campaigns(place: Place) -> list[int]:
    return [
        Campaign.objects.get_or_create(
            code=f"synthetic-{number}",
            defaults={
                "name": f"压测行动{number}",
                "committee_id": place.committee,
                "origin": Origin.SYNTHETIC,
            },
        )[0].pk
        for number in range(CAMPAIGNS)
    ]


def _fields() -> list[int]:
    """The fields of the reference data, or a few made-up ones on a bare database."""
    found = list(TopicField.objects.order_by("code").values_list("pk", flat=True))
    return found or [
        TopicField.objects.create(code=f"synthetic-{name}", name=f"压测{name}"[:30]).pk
        for name in FIELDS
    ]
