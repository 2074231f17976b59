"""Times the pieces of the daily command and the desk with many running tasks; prints a line each.

Ninety of a hundred are due within the coming year, ten passed their date: first all of those are
written at once, as after a breakdown; then nothing is left to do, as on any other run.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from itertools import cycle
from random import Random

import django

django.setup()

from django.db import connection  # noqa: E402  after setup
from django.utils import timezone  # noqa: E402

from committees.models import HandlingUnit, User  # noqa: E402
from consultations.models import AgreedItem, Task  # noqa: E402
from consultations.selectors.todo import todo_for  # noqa: E402
from consultations.services import ladder, overdue  # noqa: E402

BATCH = 2_000
LATE = 10  # of a hundred


def fill(count: int) -> int:
    """Make up the running tasks that are missing, below the items of cases being handled."""
    draw, today = Random(7), timezone.localdate()
    there = Task.objects.running().count()
    items = AgreedItem.objects.filter(case__stage="handling").order_by("pk")
    found = list(items.values_list("pk", "case"))
    units = list(HandlingUnit.objects.order_by("pk").values_list("pk", flat=True)[:200])
    numbers = dict.fromkeys((pk for pk, _case in found), 100)
    rows: list[Task] = []
    for (item, case), _n in zip(cycle(found), range(count - there), strict=False):
        numbers[item] += 1
        rows.append(_task(item, case, numbers[item], draw.choice(units), draw, today))
    for start in range(0, len(rows), BATCH):
        Task.objects.bulk_create(rows[start : start + BATCH])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Task.objects.running().count()


def _task(item: int, case: int, number: int, unit: int, draw: Random, today: dt.date) -> Task:
    is_late = draw.randrange(100) < LATE
    due = today + dt.timedelta(days=-draw.randrange(1, 30) if is_late else draw.randrange(0, 365))
    begun = today - dt.timedelta(days=draw.randrange(5, 25))
    return Task(
        item_id=item, case_id=case, number=number, title="压测任务", unit_id=unit, due_on=due,
        state="handling", first_dispatched_on=begun, dispatched_on=begun, signed_on=begun,
    )  # fmt: skip


def timed(name: str, work) -> None:
    began = time.perf_counter()
    told = work()
    print(f"  {name:<42} {time.perf_counter() - began:8.2f} s  {told}")


def main() -> None:
    print(f"  running tasks: {fill(int(sys.argv[1]))}")
    for turn in ("first", "again"):
        timed(f"passed dates, {turn}", lambda: sum(overdue.write()))
        timed(f"ladder, {turn}", lambda: sum(len(part) for part in ladder.climb()))
    for user in User.objects.filter(username__startswith="bench-").order_by("pk"):
        timed(f"desk of {user.username}", lambda user=user: len(todo_for(user)))


main()
