"""`python -m tests.benchmarks`, called by script/bench."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import report
from tests.benchmarks.databases import KINDS, Site
from tests.benchmarks.measure import measure
from tests.benchmarks.pages import PAGES

VAR = Path(__file__).resolve().parents[2] / "var" / "bench"


def main() -> int:
    wanted = _arguments()
    results = {}
    with tempfile.TemporaryDirectory(prefix="txy-bench.", dir="/tmp") as directory:
        for kind in wanted.databases:
            results[kind] = _of_one_database(kind, wanted, Path(directory))
            print(report.table(kind, results[kind]), flush=True)
    kept = report.keep(results, directory=VAR)
    print(f"\n{kept}")
    broken = [line for kind, rows in results.items() for line in report.broken(kind, rows)]
    print("\n".join(broken))
    return int(bool(broken) and wanted.strict)


def _of_one_database(kind: str, wanted: argparse.Namespace, directory: Path):
    sites = []
    try:
        for size in sorted(wanted.sizes):
            print(f"{kind}: {size} cases …", file=sys.stderr, flush=True)
            sites.append(Site(kind, size, directory / f"{kind}-{size}"))
            sites[-1].prepare()
        for site in sites:
            site.start()
        pages = [page for page in PAGES if not wanted.pages or page.name in wanted.pages]
        measured = measure(sites, pages, rounds=wanted.rounds)
        if wanted.running:
            print(f"{kind}: {wanted.running} running tasks …", file=sys.stderr, flush=True)
            print(f"{kind}\n{sites[-1].running(wanted.running)}", flush=True)
        return measured
    finally:
        for site in sites:
            site.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--sizes", type=_numbers, default=[1_000, 100_000])
    parser.add_argument("--databases", type=_names, default=_available())
    parser.add_argument("--rounds", type=int, default=60, help="requests of each page")
    parser.add_argument("--pages", type=lambda text: text.split(","), help="only these")
    parser.add_argument(
        "--running",
        type=int,
        default=100_000,
        help="running tasks for the daily command; 0 for none",
    )
    parser.add_argument("--strict", action="store_true", help="fail where growth is over its bound")
    return parser.parse_args()


def _available() -> list[str]:
    return [kind for kind in KINDS if kind != "postgresql" or "TXY_DATABASE_URL" in os.environ]


def _numbers(text: str) -> list[int]:
    return [int(part.replace("_", "")) for part in text.split(",")]


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - set(KINDS):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: say {' or '.join(KINDS)}")
    return names


sys.exit(main())
