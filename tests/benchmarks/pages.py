"""The pages that are measured, the floor page each stands beside, and the bounds they are held to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """`name` is the key of its addresses, `who` signs in, `times` the bound against the floor."""

    name: str
    floor: str
    times: float
    queries: int
    growth: float = 1.2
    who: str = ""


PAGES = (
    Page("home", "home", 1.3, 3),
    Page("list", "list", 1.2, 3),
    Page("prefecture", "list", 1.2, 3),
    Page("county", "list", 1.2, 3),
    Page("field", "list", 1.2, 3),
    Page("field-group", "list", 1.2, 3),
    Page("year", "list", 1.2, 3),
    Page("stage", "list", 1.2, 3),
    Page("source", "list", 1.2, 3),
    Page("two-filters", "list", 1.2, 3),
    Page("deep", "list", 1.2, 3),
    Page("search-common", "search", 1.2, 3, growth=2),
    Page("search-rare", "search", 1.2, 3, growth=2),
    Page("case", "detail", 1.0, 5),
    Page("admin-list", "list", 8, 8, who="province"),
    Page("admin-list-county", "list", 8, 8, who="county"),
    Page("admin-filter", "list", 8, 8, who="province"),
    Page("admin-search-common", "search", 8, 8, growth=2, who="province"),
    Page("admin-search-rare", "search", 8, 8, growth=2, who="province"),
    Page("admin-desk", "list", 8, 40, who="county"),
    Page("admin-record", "detail", 8, 40, who="county"),
)
