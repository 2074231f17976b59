"""The calendar at work: passed dates are written, reminders go out, slips are sent and answered."""

from __future__ import annotations

import datetime as dt

from consultations.demo.walk import Plot, Walk
from consultations.models import Urging
from consultations.services import ladder, overdue, urging

LONG = 200  # days before today from which the daily command runs


def calendar(walk: Walk) -> Plot:
    """The daily command on each working day, as it would have run."""
    last = None
    for ago in range(LONG, -1, -1):
        if walk.day(ago) != last:
            last = walk.day(ago)
            yield ago
            for _count in overdue.write():
                walk.clock.tick()
            for _written in ladder.climb():
                walk.clock.tick()


def slips(walk: Walk) -> Plot:
    """One slip was sent and answered, one waits for its answer; a third waits to be sent."""
    first = yield from _raised(walk, "修复七米栏杆", since=56)
    _send(walk, first, note="请说明栏杆什么时候动工。")
    yield 30
    urging.answer(
        first, by=walk.cast.holder(("unit_officer",), first.task),
        expected_on=walk.day(30) + dt.timedelta(days=20), text="等小修计划的资金，到位就动工。",
    )  # fmt: skip
    walk.clock.tick()
    second = yield from _raised(walk, "清淤，管住向沟里倒油污", since=25)
    _send(walk, second, note="")


def _raised(walk: Walk, title: str, *, since: int) -> Plot:
    """Wait for the day after which the slip lies there: holidays may put it off."""
    for ago in range(since, 0, -1):
        yield ago
        found = Urging.objects.filter(task__title=title, rung=Urging.Rung.SLIP)
        if slip := found.select_related("task__case__region", "task__unit").first():
            return slip
    raise ValueError(f"{title}: no slip")


def _send(walk: Walk, slip: Urging, *, note: str) -> None:
    urging.send(slip, by=walk.cast.holder(("dispatch_office",), slip.task), note=note)
    walk.clock.tick()


FOLLOWING_UP = (calendar, slips)
