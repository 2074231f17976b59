"""What the worker does, and keeping its queue in order.

A job is a row in the database, written in the transaction of what asks for it. A worker that is
killed leaves its job running for ever, so whatever runs for longer than an hour is done again: every
job is safe to run twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Model
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from consultations.models import Delivery, JobRun, Notice
from consultations.services import posting

LONGEST = dt.timedelta(hours=1)
MOST_STARTS = 5
KEPT = dt.timedelta(days=14)  # of jobs that ended
RUNS_KEPT = dt.timedelta(days=90)
LETTERS_KEPT = dt.timedelta(days=180)
NOTICES_KEPT = dt.timedelta(days=400)
AT_ONCE = 1000


@task()
def send_letters() -> int:
    """Everything that is due; how many were sent."""
    return posting.send_due()


@task()
def beat() -> None:
    """Nothing: that it is done shows that a worker is there."""


def tidy() -> Iterator[int]:
    """For the daily command: jobs of dead workers start again, old rows go, the worker is asked
    for a sign of life."""
    yield requeue()
    yield from _prune()
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    if not waiting.filter(task_path=beat.module_path).exists():
        beat.enqueue()


def requeue() -> int:
    """Jobs of killed workers wait again; one that killed too many of them has failed."""
    lost = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - LONGEST
    )
    done = 0
    for job in lost.order_by("started_at", "pk"):
        gave_up = len(job.worker_ids) >= MOST_STARTS
        fields = {"status": TaskResultStatus.FAILED, "finished_at": timezone.now(),
                  "exception_class_path": "killed"} if gave_up else {
                  "status": TaskResultStatus.READY}  # fmt: skip
        same = DBTaskResult.objects.filter(
            pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at
        )
        done += same.update(**fields)
    return done


def _prune() -> Iterator[int]:
    """What is old goes, at most so many rows of a kind each time."""
    now = timezone.now()
    ended = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]
    )
    yield ended.filter(finished_at__lt=now - KEPT).delete()[0]
    yield _forget(JobRun, "started_at", before=now - RUNS_KEPT)
    yield _forget(Delivery, "created_at", before=now - LETTERS_KEPT)
    yield _forget(Notice, "created_at", before=now - NOTICES_KEPT)


def _forget(model: type[Model], column: str, *, before: dt.datetime) -> int:
    """Looks at the oldest keys alone, so that its cost does not grow with the table."""
    oldest = model._base_manager.order_by("pk").values_list("pk", column)[:AT_ONCE]
    gone = [key for key, at in oldest if at < before]
    return model._base_manager.filter(pk__in=gone).delete()[0] if gone else 0
