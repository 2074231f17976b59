"""A clock that the story sets: the services read the time, and the story says which day it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from consultations import calendar

OPENING = dt.time(9, 0)
PAUSE = dt.timedelta(minutes=4)


class Clock:
    """The moment the story has reached. It never runs backwards and never passes today."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.moment = self._opening(dt.date.min.replace(year=2000))

    def turn_to(self, ago: int) -> None:
        """Go on to the office day `ago` days before today, or the working day before it."""
        day = self.day(ago)
        if day < timezone.localdate(self.moment):
            raise ValueError(f"The story goes back in time, to {day}.")
        if day > timezone.localdate(self.moment):
            self.moment = self._opening(day)

    def tick(self) -> None:
        self.moment += PAUSE

    def day(self, ago: int) -> dt.date:
        """The day `ago` days before today; for a negative number working days after today."""
        if ago < 0:
            return calendar.add_working_days(self.today, -ago)
        day = self.today - dt.timedelta(days=ago)
        while not calendar.is_working_day(day):
            day -= calendar.ONE_DAY
        return day

    @staticmethod
    def _opening(day: dt.date) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(day, OPENING))


@contextmanager
def set_to(clock: Clock) -> Iterator[None]:
    """Let `django.utils.timezone` answer with the clock of the story.

    Everything in the project asks that module, also the defaults of the models, which hold a
    reference to its functions; so the one thing to exchange is the `datetime` it reads.
    """
    real = timezone.datetime

    class ToldTime(real):  # type: ignore[misc, valid-type]  # the class is a value here
        @classmethod
        def now(cls, tz=None):
            return clock.moment.astimezone(tz)

    timezone.datetime = ToldTime  # type: ignore[misc]  # see the docstring
    try:
        yield
    finally:
        timezone.datetime = real  # type: ignore[misc]
