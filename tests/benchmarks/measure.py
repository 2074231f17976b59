"""Asks every page of every site in turn, so that a slow moment of the machine hits all alike."""

from __future__ import annotations

import http.client
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import quote

from tests.benchmarks.databases import Site
from tests.benchmarks.pages import Page, Way

WARM_UP = 3  # requests of each page that are not timed; the last one counts the queries
NEVER_ASKED = count(1)
FLOOR_MARK = {"If-None-Match": '"floor"'}
SAFE = "/?&=%-._"


@dataclass
class Sample:
    """Milliseconds of the requests of one page, and what one of them weighed."""

    times: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    size: int = 0
    queries: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)]

    @property
    def work(self) -> float:
        return statistics.median(self.processor)


@dataclass
class Row:
    """One page: our samples and those of its floor page, by size of the database."""

    page: Page
    ours: dict[int, Sample] = field(default_factory=lambda: defaultdict(Sample))
    floor: dict[int, Sample] = field(default_factory=lambda: defaultdict(Sample))

    def times_floor(self, size: int) -> float:
        return self.ours[size].work / self.floor[size].work

    @property
    def growth(self) -> float:
        """Of the processor time from the smallest to the largest size, in the median round."""
        small, large = self.ours[min(self.ours)], self.ours[max(self.ours)]
        pairs = zip(small.processor, large.processor, strict=True)
        return statistics.median(b / a for a, b in pairs)


class Visitor:
    """One kept-alive connection to one server."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = {"Cookie": cookie} if cookie else {}

    def ask(self, url: str, **headers: str) -> tuple[float, http.client.HTTPResponse, bytes]:
        began = time.perf_counter()
        self.connection.request("GET", quote(url, safe=SAFE), headers=self.headers | headers)
        response = self.connection.getresponse()
        body = response.read()
        took = (time.perf_counter() - began) * 1000
        if response.status not in (200, 304):
            raise RuntimeError(f"{url} answered {response.status}")
        return took, response, body


def measure(sites: list[Site], pages: Iterable[Page], *, rounds: int) -> list[Row]:
    rows = [Row(page) for page in pages]
    visitors = {
        (site.size, who): Visitor(site.ports["ours"], site.cookies.get(who, ""))
        for site in sites
        for who in ("", *site.cookies)
    }
    floors = {site.size: Visitor(site.ports["floor"]) for site in sites}
    for number in range(-WARM_UP, rounds):
        for row in rows:
            for site in sites:
                ours = visitors[site.size, row.page.who]
                _ask_both(row, site, ours, floors[site.size], number)
    return rows


def _ask_both(row: Row, site: Site, ours: Visitor, floor: Visitor, number: int) -> None:
    sample, beside = row.ours[site.size], row.floor[site.size]
    url, headers = _question(row.page, site, ours, number)
    if number < 0:
        _, response, body = ours.ask(url, **headers, **{"X-Bench": "count"})
        sample.size = max(sample.size, len(body))
        sample.queries = int(response.headers["X-Queries"])
    other = f"/{row.page.floor}?bytes={sample.size}&n={number % 50}"
    for visitor, address, asked, kept in (
        (ours, url, headers, sample),
        (floor, other, FLOOR_MARK, beside),
    ):
        took, response, body = visitor.ask(address, **asked)
        if number >= 0:
            kept.times.append(took)
            kept.processor.append(float(response.headers["X-Processor"]))
            kept.size = kept.size or len(body)


def _question(page: Page, site: Site, ours: Visitor, number: int) -> tuple[str, dict[str, str]]:
    """The address and the headers of one request of a page."""
    urls = site.urls[page.of]
    if page.way is Way.FRESH:
        url = urls[number % len(urls)]
        return (
            f"{url}{'&' if '?' in url else '?'}fresh={next(NEVER_ASKED)}" if not page.who else url,
            {},
        )
    _, response, _ = ours.ask(urls[0])
    if page.way is Way.UNCHANGED:
        return urls[0], {"If-None-Match": response.headers["ETag"]}
    return urls[0], {}
