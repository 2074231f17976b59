"""`python -m tests.benchmarks.audit_chain`: how long it takes to verify an audit log of a million
entries, and whether one entry in ten thousand that was changed, taken out or swapped is found.

Everything happens in a throw-away SQLite database; nothing of it is kept but the figures printed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable

import django
from django.core.management import call_command

AT_ONCE = 5000
BOUND = 30.0  # seconds for a million entries
EVERY = 10_000  # one entry in so many is meddled with


def main() -> int:
    rows = _rows()
    with tempfile.TemporaryDirectory(prefix="txy-audit.", dir="/tmp") as directory:
        os.environ |= {"TXY_DATA_DIR": directory, "TXY_DATABASE_URL": "", "TXY_LOG_LEVEL": "ERROR",
                       "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}  # fmt: skip
        django.setup()
        call_command("migrate", verbosity=0)
        return _measure(rows)


def _rows() -> int:
    parser = argparse.ArgumentParser(prog="tests.benchmarks.audit_chain", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    return parser.parse_args().rows


def _measure(rows: int) -> int:
    from tests.benchmarks import chain  # noqa: PLC0415  its models need Django to be set up

    filled = _timed(lambda: chain.fill(rows, at_once=AT_ONCE))
    verified = _timed(lambda: call_command("verify_audit", stdout=sys.stderr))
    bound = BOUND * rows / 1_000_000
    figures = {"rows": rows, "filled_s": filled, "verified_s": verified, "bound_s": bound,
               "found": chain.meddle(every=EVERY)}  # fmt: skip
    print(json.dumps(figures))
    return int(verified["processor"] > bound or not all(figures["found"].values()))


def _timed(act: Callable[[], object]) -> dict[str, float]:
    """Seconds on the clock, and of the processor: the machine may have other work to do."""
    began, busy = time.perf_counter(), time.process_time()
    act()
    return {"clock": round(time.perf_counter() - began, 1),
            "processor": round(time.process_time() - busy, 1)}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
