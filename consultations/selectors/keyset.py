"""Pages of a list by the place of its first and last row: the same cost at any depth.

No COUNT and no OFFSET. A cursor is `<place>-<pk>` in digits; what cannot be read as one means the
beginning of the list, so that an old or mangled link still leads somewhere.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.lookups import In

CURSOR = re.compile(r"(\d{1,16})-(\d{1,18})")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Order:
    """What a list is ordered by: one field, then the key. Newest first or in order of codes."""

    field: str
    newest_first: bool

    def sorted(self, rows: QuerySet, *, backwards: bool = False) -> QuerySet:
        sign = "-" if self.newest_first != backwards else ""
        return rows.order_by(f"{sign}{self.field}", f"{sign}pk")

    def beyond(self, place: tuple[Any, int], *, backwards: bool) -> Q:
        """The rows after (or before) a place. The first term lets an index be entered there."""
        way = "lt" if self.newest_first != backwards else "gt"
        value, pk = place
        return Q(**{f"{self.field}__{way}e": value}) & (
            Q(**{f"{self.field}__{way}": value}) | Q(**{f"pk__{way}": pk})
        )

    def place_of(self, row: Model) -> str:
        value: Any = row
        for name in self.field.split("__"):
            value = getattr(value, name)
        if isinstance(value, dt.datetime):
            value = (value - EPOCH) // MICROSECOND
        return f"{value}-{row.pk}"

    def read(self, text: str) -> tuple[Any, int] | None:
        match = CURSOR.fullmatch(text)
        if match is None:
            return None
        value: Any = match[1]
        if self.newest_first:
            value = EPOCH + int(match[1]) * MICROSECOND
        return value, int(match[2])


NEWEST = Order("listed_at", newest_first=True)


@dataclass(frozen=True)
class Page:
    """The rows of one page, and the cursors of the pages beside it ("" where there is none)."""

    rows: list[Any]
    after: str
    before: str

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(rows: QuerySet, wanted: Mapping[str, str], *, size: int, order: Order = NEWEST) -> Page:
    """The page that `after` or `before` in `wanted` asks for; the first one without them."""
    after = order.read(wanted.get("after") or "")
    before = None if after else order.read(wanted.get("before") or "")
    place = after or before
    backwards = before is not None
    if place is not None:
        rows = rows.filter(order.beyond(place, backwards=backwards))
    found = list(order.sorted(rows, backwards=backwards)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], "", "")
    goes_on = more or backwards
    came_from = after is not None or (backwards and more)
    return Page(
        found,
        after=order.place_of(found[-1]) if goes_on else "",
        before=order.place_of(found[0]) if came_from else "",
    )


class Among(In):
    """One of several values, looked at along the way and not by an index of the column.

    SQLite would collect and sort all rows of the values to show twenty. The plus sign keeps it
    walking the list in its order; PostgreSQL knows how many rows there are and decides itself.
    """

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        sql, params = self.as_sql(compiler, connection)
        return f"+{sql}", params
