"""The figures as a plain table and as JSON; `!` marks what is over its bound."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Row

HEAD = ("page", "cases", "queries", "bytes", "median", "p95", "work", "floor", "x floor", "growth")
WIDTH = (22, 8, 8, 8, 9, 9, 9, 8, 9, 8)


def table(kind: str, rows: list[Row]) -> str:
    """Milliseconds as a reader waits (median, p95), and of the processors (work, floor)."""
    lines = [f"\n{kind}", _line(HEAD)]
    for row in rows:
        for size in sorted(row.ours):
            lines.append(_line(_cells(row, size)))
    return "\n".join(lines)


def _cells(row: Row, size: int) -> tuple[str, ...]:
    sample, last = row.ours[size], size == max(row.ours)
    times = row.times_floor(size)
    grown = last and len(row.ours) > 1
    return (
        row.page.name if size == min(row.ours) else "",
        f"{size:,}",
        _marked(f"{sample.queries}", sample.queries > row.page.queries),
        f"{sample.size:,}",
        f"{sample.median:.2f}",
        f"{sample.p95:.2f}",
        f"{sample.work:.2f}",
        f"{row.floor[size].work:.2f}",
        _marked(f"{times:.2f}", times > row.page.times),
        _marked(f"{row.growth:.2f}", row.growth > row.page.growth) if grown else "",
    )


def _marked(text: str, is_over: bool) -> str:
    return f"{text} !" if is_over else f"{text}  "


def _line(cells: tuple[str, ...]) -> str:
    first, *others = zip(cells, WIDTH, strict=True)
    return f"{first[0]:<{first[1]}}" + "".join(f"{text:>{width}}" for text, width in others)


def broken(kind: str, rows: list[Row]) -> Iterator[str]:
    """A sentence for each page that costs more on the larger database than its bound allows."""
    for row in rows:
        if len(row.ours) > 1 and row.growth > row.page.growth:
            yield f"✗ {kind}: {row.page.name} grows {row.growth:.2f} times; {row.page.growth} is allowed."


def keep(results: dict[str, list[Row]], *, directory: Path) -> Path:
    """Write the figures to a file of their own; its path."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}.json"
    figures = {
        kind: {row.page.name: _figures(row) for row in rows} for kind, rows in results.items()
    }
    path.write_text(json.dumps(figures, indent=1))
    return path


def _figures(row: Row) -> dict:
    return {
        "growth": round(row.growth, 3) if len(row.ours) > 1 else None,
        "sizes": {
            size: {
                "queries": sample.queries,
                "median": round(sample.median, 3),
                "p95": round(sample.p95, 3),
                "work": round(sample.work, 3),
                "bytes": sample.size,
                "floor_median": round(row.floor[size].median, 3),
                "floor_work": round(row.floor[size].work, 3),
            }
            for size, sample in row.ours.items()
        },
    }
