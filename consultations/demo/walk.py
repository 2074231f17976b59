"""Tells the stories in the order of time, each step through the services by the right person."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Generator, Iterator
from itertools import count
from typing import Any

from django.utils import timezone

from committees.models import User
from committees.partial_dates import PartialDate
from consultations.demo.clock import Clock, set_to
from consultations.demo.people import Cast
from consultations.demo.places import Places
from consultations.models import Case, Task
from consultations.permissions import stage_of, table_of
from consultations.services import cases, tasks
from consultations.workflow import engine
from consultations.workflow.engine import SYSTEM

# A plot is a generator: each `yield n` waits until n days before today.
Plot = Generator[int, None, Any]


class Walk:
    """The county at work. Stories ask it for people, places and days, and take their steps."""

    def __init__(self, places: Places, cast: Cast, *, today: dt.date) -> None:
        self.places, self.cast = places, cast
        self.clock = Clock(today)
        self._waiting: list[tuple[dt.date, int, int, Plot]] = []
        self._turn = count()

    def begin(self, plot: Plot) -> None:
        """Let a story run beside the others from the day it waits for."""
        self._wait(plot)

    def run(self) -> None:
        """Tell everything that was begun, the earliest day first."""
        with set_to(self.clock):
            while self._waiting:
                _, _, ago, plot = heapq.heappop(self._waiting)
                self.clock.turn_to(ago)
                self._wait(plot)

    def _wait(self, plot: Plot) -> None:
        ago = next(plot, None)
        if ago is not None:
            heapq.heappush(self._waiting, (self.day(ago), next(self._turn), ago, plot))

    def step(
        self, subject: Case | Task, action: str, *, by: User | None = None, **data: Any
    ) -> None:
        """Take one step, by the person whom the table names for it unless somebody is named."""
        subject.refresh_from_db()
        row = engine.find(table_of(subject), action, stage_of(subject))
        if row is None:
            raise ValueError(f"{subject}: no “{action}” from {stage_of(subject)}")
        person = None if row.roles == (SYSTEM,) else by or self.cast.holder(row.roles, subject)
        take = cases.advance if isinstance(subject, Case) else tasks.advance
        take(subject, action, by=person, data=data)
        self.clock.tick()

    def day(self, ago: int) -> dt.date:
        return self.clock.day(ago)

    def partial(self, ago: int) -> PartialDate:
        return PartialDate.parse(self.day(ago))

    def at(self, ago: int, hour: int, minute: int = 0) -> dt.datetime:
        time = dt.time(hour, minute)
        return timezone.make_aware(dt.datetime.combine(self.day(ago), time))

    def task(self, case: Case, item: int, number: int = 1) -> Task:
        """A task by the number of its agreed item and its own."""
        return Task.objects.select_related("unit", "case__region", "case__studio").get(
            case=case, item__number=item, number=number
        )

    def tasks(self, case: Case) -> Iterator[Task]:
        found = Task.objects.filter(case=case).select_related(
            "unit", "case__region", "case__studio"
        )
        yield from found.order_by("item__number", "number")
