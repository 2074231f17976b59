"""The prefectures as tiles of one size, roughly where they lie: a grid is no map."""

from __future__ import annotations

import math

from django import template

register = template.Library()

# Row and column of each prefecture in the grid: places only, no boundary.
GRID = {
    "5334": (0, 1), "5333": (1, 0), "5307": (1, 1), "5306": (1, 4), "5305": (2, 0),
    "5329": (2, 1), "5323": (2, 2), "5301": (2, 3), "5303": (2, 4), "5331": (3, 0),
    "5309": (3, 1), "5308": (3, 2), "5304": (3, 3), "5328": (4, 2), "5325": (4, 3),
    "5326": (4, 4),
}  # fmt: skip


@register.simple_tag
def tile_grid(names, counts):
    """(x, y, shade 0-4, code, name, count) of every prefecture of the grid that has a name."""
    most = max([counts.get(code, 0) for code in GRID] or [0])
    return [
        {
            "x": column * 71,
            "y": row * 71,
            "shade": _shade(counts.get(code, 0), most),
            "code": code,
            "name": names[code],
            "label": names[code][-2:] if len(names[code]) > 3 else names[code],
            "count": counts.get(code, 0),
        }
        for code, (row, column) in GRID.items()
        if code in names
    ]


def _shade(count: int, most: int) -> int:
    return math.ceil(4 * count / most) if count else 0


@register.simple_tag
def grid_column(code):
    """The class that puts a prefecture into its column where the one before it is not there."""
    row, column = GRID.get(code, (0, 0))
    starts = column == 0 or (row, column - 1) not in GRID.values()
    return f"c{column + 1}" if starts else ""


@register.filter
def in_grid_order(places):
    """(code, name) pairs in the reading order of the grid; those outside of it at the end."""
    return sorted(places, key=lambda place: GRID.get(place[0], (9, 9)))
