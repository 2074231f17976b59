"""What the calendar does by itself: a list of pieces, each with its own line in the list of runs.

A piece yields how many records each of its strokes changed, so that one which breaks off still
tells what it did. It is safe to run twice and after missed days: it looks at what is due now, not
at what ran before. One that fails does not keep the others from their work.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from committees import audit
from committees.services import limits, sent_once, sessions
from consultations.models import ExtensionRequest, JobRun, Task
from consultations.selectors.jobs import DAILY
from consultations.services import (
    anonymising,
    jobs,
    ladder,
    mailing,
    overdue,
    reminders,
    sleeping,
    tasks,
)
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import TaskState

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Piece:
    """One piece of the daily command. The words of a private one's errors may hold a name."""

    name: str
    work: Callable[[], Iterator[int]]
    is_private: bool = False


def lapse() -> Iterator[int]:
    """What nobody signed for in time counts as accepted."""
    waiting = Task.objects.filter(state=TaskState.DISPATCHED).select_related("case__region", "unit")
    for task in waiting.order_by("dispatched_on", "pk").iterator():
        yield _automatic(task, "accept_by_lapse")


def _automatic(task: Task, action: str) -> int:
    """1 when the step was taken, 0 when its time has not run out."""
    try:
        tasks.advance(task, action, by=None)
    except Refused:  # still in time, or decided by somebody since the list was read
        return 0
    return 1


def silent_extensions() -> Iterator[int]:
    """Silence refuses what nobody decided on in time."""
    waiting = Task.objects.filter(
        pk__in=ExtensionRequest.objects.filter(granted=None).values("task"),
        state=TaskState.HANDLING,
    )
    for task in waiting.select_related("case__region", "unit").order_by("pk").iterator():
        yield _automatic(task, "extension_lapse")


def overdue_dates() -> Iterator[int]:
    """Dates that passed are written down, each once and with its true day."""
    yield from overdue.write()


def urge() -> Iterator[int]:
    """Notes and reminders go out, and slips are drafted for a person to send."""
    for written in ladder.climb():
        yield len(written)


def forget() -> Iterator[int]:
    """Counted tries, answers to forms sent twice and sessions that have run out."""
    yield limits.forget()
    yield sent_once.forget()
    yield sessions.forget()


def seals() -> Iterator[int]:
    """Audit entries that a crash left unsealed."""
    yield audit.seal_waiting(everything=True)


def anonymise() -> Iterator[int]:
    """Residents' names are taken out of what ended long enough ago."""
    yield anonymising.everything_due()


LAPSE = Piece("lapse", lapse)
SILENCE = Piece("silence", silent_extensions)
OVERDUE = Piece("overdue", overdue_dates)
URGE = Piece("urge", urge)
SLEEP = Piece("sleep", sleeping.mark)
FORGET = Piece("forget", forget)
ANONYMISE = Piece("anonymise", anonymise, is_private=True)
SEALS = Piece("seals", seals)
NOTICES = Piece("notices", reminders.remind)  # of what the pieces above it have written
LETTERS = Piece("letters", mailing.due)
QUEUE = Piece("queue", jobs.tidy)
PIECES = (
    LAPSE, SILENCE, OVERDUE, URGE, SLEEP, NOTICES, LETTERS, FORGET, ANONYMISE, SEALS, QUEUE,
)  # fmt: skip


def run_all() -> JobRun:
    """Every piece in its order; then raises the first error, so that whoever started it notices."""
    whole = JobRun.objects.create(name=DAILY, started_at=timezone.now())
    failed: list[Exception] = []
    for piece in PIECES:
        try:
            run(piece, whole=whole)
        except Exception as error:
            logger.error("daily command, %s: %s", piece.name, type(error).__name__)
            failed.append(error)
    _end(whole)
    if failed:
        raise failed[0]
    return whole


def run(piece: Piece, *, whole: JobRun | None = None) -> JobRun:
    """Do one piece and write its line, also where it breaks off. Adds to the line of the whole."""
    line = JobRun.objects.create(name=piece.name, started_at=timezone.now())
    try:
        for changed in piece.work():
            line.changes += changed
    except Exception as error:
        line.error = _told(piece, error)
        raise
    finally:
        _end(line)
        if whole is not None:
            whole.changes += line.changes
            whole.error = whole.error or line.error
    return line


def _told(piece: Piece, error: Exception) -> str:
    kind = type(error).__name__
    return kind if piece.is_private else f"{kind}: {error}"[:300]


def _end(line: JobRun) -> None:
    line.ended_at = timezone.now()
    line.save(update_fields=["ended_at", "changes", "error"])
