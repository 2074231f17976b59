"""The runs of periodic commands, and whether the daily one did its work in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from consultations.models import JobRun

DAILY = "run_due"
LATEST = dt.timedelta(hours=26)  # a day, and two hours for a clock that was set otherwise
PATIENCE = dt.timedelta(minutes=30)  # how long a job may wait until the worker is missed
LONGEST = dt.timedelta(hours=2)  # whatever has not ended by then was broken off


class RunState(TextChoices):
    """How a run ended, or that it has not."""

    DONE = "done", _("ended well")
    FAILED = "failed", _("failed")
    RUNNING = "running", _("running")
    BROKEN_OFF = "broken_off", _("broken off")


def state_of(run: JobRun) -> RunState:
    if run.error:
        return RunState.FAILED
    if run.ended_at is not None:
        return RunState.DONE
    over = timezone.now() - run.started_at > LONGEST
    return RunState.BROKEN_OFF if over else RunState.RUNNING


class QueueState(TextChoices):
    """How a job of the queue stands; the words of the library in lower case, and in ours."""

    READY = "ready", _("waiting")
    RUNNING = "running", _("running")
    FAILED = "failed", _("failed")
    SUCCESSFUL = "successful", _("ended well")


@dataclass(frozen=True)
class Worker:
    """Since when the oldest job that could be done waits."""

    waiting_since: dt.datetime | None

    @property
    def minutes(self) -> int:
        if self.waiting_since is None:
            return 0
        return int((timezone.now() - self.waiting_since).total_seconds() // 60)

    @property
    def is_late(self) -> bool:
        return self.minutes >= PATIENCE.total_seconds() // 60


def worker() -> Worker:
    """One query. The daily command gives the worker something to do each time it runs, so that one
    who is not there is noticed."""
    ready = DBTaskResult.objects.ready().order_by("enqueued_at", "pk")
    return Worker(ready.values_list("enqueued_at", flat=True).first())


def last_finished() -> dt.datetime | None:
    """When a worker last finished a job."""
    done = DBTaskResult.objects.filter(status=QueueState.SUCCESSFUL.value.upper())
    return done.order_by("-enqueued_at", "-pk").values_list("finished_at", flat=True).first()


@dataclass(frozen=True)
class Daily:
    """The daily command: when it last ended well, and how its latest run stands."""

    last_done: dt.datetime | None
    latest: JobRun | None

    @property
    def is_late(self) -> bool:
        return self.last_done is None or timezone.now() - self.last_done > LATEST

    @property
    def hours_since(self) -> int | None:
        """Whole hours since it last ended well; None when it never did."""
        if self.last_done is None:
            return None
        return int((timezone.now() - self.last_done).total_seconds() // 3600)


def daily() -> Daily:
    """Two queries along the index of runs."""
    runs = JobRun.objects.filter(name=DAILY).order_by("-started_at", "-pk")
    done = runs.filter(ended_at__isnull=False, error="").values_list("ended_at", flat=True)
    return Daily(done.first(), runs.first())
