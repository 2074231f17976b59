"""The pages that are measured, the floor page each stands beside, and the bounds they are held to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Way(Enum):
    """How a page is asked for."""

    FRESH = "fresh"  # under an address that was never asked for before, so that it is rendered
    KEPT = "kept"  # the same address again and again
    UNCHANGED = "unchanged"  # by a reader who has it already


@dataclass(frozen=True)
class Page:
    """`of` is the key of its addresses, `who` signs in, `times` the bound against the floor page."""

    of: str
    floor: str
    times: float
    queries: int
    growth: float = 1.2
    who: str = ""
    way: Way = Way.FRESH

    @property
    def name(self) -> str:
        return self.of if self.way is Way.FRESH else f"{self.of} {self.way.value}"


PAGES = (
    Page("home", "home", 1.3, 4),
    Page("home", "home", 0.6, 1, way=Way.KEPT),
    Page("list", "list", 1.2, 3),
    Page("list", "list", 0.5, 1, way=Way.KEPT),
    Page("list", "unchanged", 1.5, 1, way=Way.UNCHANGED),
    Page("prefecture", "list", 1.2, 3),
    Page("county", "list", 1.2, 3),
    Page("field", "list", 1.2, 3),
    Page("field-group", "list", 1.2, 3),
    Page("year", "list", 1.2, 3),
    Page("stage", "list", 1.2, 3),
    Page("source", "list", 1.2, 3),
    Page("two-filters", "list", 1.2, 3),
    Page("deep", "list", 1.2, 3),
    Page("search-common", "search", 1.2, 4, growth=2),
    Page("search-rare", "search", 1.2, 4, growth=2),
    Page("case", "detail", 1.0, 5),
    Page("case", "detail", 0.3, 1, way=Way.KEPT),
    Page("api-list", "api", 1.2, 3),
    Page("api-deep", "api", 1.2, 3),
    Page("admin-list", "list", 8, 8, who="province"),
    Page("admin-list-county", "list", 8, 8, who="county"),
    Page("admin-filter", "list", 8, 8, who="province"),
    Page("admin-search-common", "search", 8, 8, growth=2, who="province"),
    Page("admin-search-rare", "search", 8, 8, growth=2, who="province"),
    Page("admin-tasks", "list", 8, 8, who="province"),
    Page("admin-desk", "list", 8, 20, growth=5, who="county"),
    Page("admin-record", "detail", 8, 60, who="county"),
)
