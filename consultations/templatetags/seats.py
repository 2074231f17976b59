"""The circle of a meeting: no rostrum, every side sits around it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from consultations.models import Capacity, Participant

register = template.Library()

BENCHES = 7
ROWS = (91, 76, 61, 46)
SPREAD = 0.86
STEP = 14.5  # from dot to dot
LETTERS = 5  # of a name that fit beside the circle
DRAWINGS = 500  # kept, about 2 MB
MEMBERS = (Capacity.HOST, Capacity.MEMBER)
ON_BENCH = {
    Capacity.HOST: gettext_lazy("CPPCC"),
    Capacity.MEMBER: gettext_lazy("CPPCC"),
    Capacity.PARTY: gettext_lazy("The parties"),
    Capacity.MASSES: gettext_lazy("Residents"),
    Capacity.CADRE: gettext_lazy("Village"),
    Capacity.TOWNSHIP: gettext_lazy("The township"),
    Capacity.DEPARTMENT: gettext_lazy("Departments"),
    Capacity.EXPERT: gettext_lazy("Experts"),
    Capacity.LAWYER: gettext_lazy("Lawyers"),
    Capacity.POLICE: gettext_lazy("Police"),
    Capacity.ELDER: gettext_lazy("Locals"),
    Capacity.COUNCIL: gettext_lazy("Council"),
    Capacity.INTERPRETER: gettext_lazy("Interpreters"),
    Capacity.MEDIA: gettext_lazy("The media"),
    Capacity.OBSERVER: gettext_lazy("Observers"),
}


@dataclass
class Bench:
    """One kind of people at the table, or one of the sides concerned, with its colour."""

    css: str
    word: Any
    people: list[Participant] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(person.count or 1 for person in self.people)


class Seen(NamedTuple):
    """A bench as it is drawn: what looks the same is drawn once."""

    css: str
    word: str
    count: int


@register.simple_tag
def benches(participants):
    """The kinds of people at the table, the members first, each side concerned on a bench of its
    own; more than seven share the last."""
    kinds: dict[str, Bench] = {}
    for person in sorted(participants, key=lambda person: person.capacity not in MEMBERS):
        kind, word = _kind(person)
        if kind not in kinds and len(kinds) == BENCHES:
            kind = list(kinds)[-1]
        kinds.setdefault(kind, Bench(_colour(person, kinds), word)).people.append(person)
    return list(kinds.values())


def _kind(person) -> tuple[str, Any]:
    """What the people of a bench have in common, and the word beside it."""
    word = ON_BENCH[Capacity(person.capacity)]
    names = [name for name in (person.organisation, person.side_name) if name]
    if person.capacity != Capacity.PARTY or not names:
        return str(word), word
    fits = next((name for name in names if len(name) <= LETTERS), "")
    return names[-1], fits or f"{names[0][: LETTERS - 1]}…"


def _colour(person, kinds) -> str:
    """The first colour belongs to the members, whether or not any came."""
    if person.capacity in MEMBERS:
        return "p1"
    others = sum(bench.css != "p1" for bench in kinds.values())
    return f"p{2 + others % 5}"


@register.simple_tag
def seats(found, by_head, *centre):
    """The circle without a rostrum: one bench for a kind of people, or one dot for a person."""
    seen = tuple(Seen(bench.css, str(bench.word), bench.count) for bench in found)
    return _circle(seen, bool(by_head), tuple(str(word) for word in centre), get_language())


@lru_cache(maxsize=DRAWINGS)
def _circle(
    found: tuple[Seen, ...], by_head: bool, centre: tuple[str, ...], language: str
) -> SafeString:
    """`language` only tells the drawings apart."""
    drawn = _heads(found) if by_head else _benches(found)
    label = _("Seated in a circle: %s") % "、".join(bench.word for bench in found)
    middle = format_html_join(
        "", '<text x="180" y="{}">{}</text>', ((131 + 24 * i, w) for i, w in enumerate(centre))
    )
    return format_html(
        '<svg class="seats" fill="currentColor" text-anchor="middle" font-size="16"'
        ' viewBox="-20 0 400 270" role="img" aria-label="{}"><g aria-hidden="true">'
        '<circle cx="180" cy="135" r="38"/></g>{}{}'
        '<g class="sf" font-size="19">{}</g></svg>',
        label, drawn, _bench_names(found), middle,
    )  # fmt: skip


def _benches(found) -> SafeString:
    n = len(found)
    arcs = format_html_join(
        "",
        '<circle class="bench {}" cx="180" cy="135" r="82" pathLength="{}"'
        ' stroke-dasharray=".88 {}" stroke-dashoffset="-{}"/>',
        ((bench.css, n, f"{n - 0.88:.2f}", f"{i + 0.06:.2f}") for i, bench in enumerate(found)),
    )
    turn = f"{-90 - 180 / n:.2f}"
    return format_html('<g stroke-width="22" transform="rotate({} 180 135)">{}</g>', turn, arcs)


def _heads(found) -> SafeString:
    """One dot for a person, in up to three rows within the part of the circle of its kind."""
    seats = []
    part = 360 / len(found)
    for i, bench in enumerate(found):
        left = bench.count
        for radius in ROWS:
            here = min(left, _room(part, radius))
            gap = math.degrees(STEP / radius)
            middle = i * part - gap * (here - 1) / 2
            seats += [
                (bench.css, f"{135 - radius}", f"{middle + k * gap:.1f}") for k in range(here)
            ]
            left -= here
    return format_html_join(
        "",
        '<circle class="seat {}" cx="180" cy="{}" r="6" transform="rotate({} 180 135)"/>',
        seats,
    )


def _room(part: float, radius: int) -> int:
    """How many dots stand side by side in a part of the circle (degrees) at a radius."""
    return max(int(math.radians(part * SPREAD) * radius / STEP + 1), 1)


@register.filter
def fit_by_head(found) -> bool:
    """Whether so many people can be drawn one by one."""
    part = 360 / max(len(found), 1)
    return all(bench.count <= sum(_room(part, r) for r in ROWS) for bench in found)


def _bench_names(found) -> SafeString:
    n = len(found)
    rows = []
    for i, bench in enumerate(found):
        turn = 360 * i / n
        side = "start" if 5 < turn < 175 else "end" if 185 < turn < 355 else "middle"
        rows.append(
            (side, f"{turn:.1f}", 27 if side == "middle" else 31, f"{-turn:.1f}", bench.word)
        )
    return format_html_join(
        "",
        '<text text-anchor="{}" transform="rotate({} 180 135) translate(180 {}) rotate({})"'
        ' dy=".36em">{}</text>',
        rows,
    )
