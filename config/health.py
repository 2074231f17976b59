"""Is the process alive, and can it do its work? Details go to the log, never to the caller.

/healthz answers as long as the process does. /readyz tells of each part in one word; the load
balancer looks at the status alone, and what is merely late or slow leaves it at 200.
"""

import logging
import shutil
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.selectors import jobs

logger = logging.getLogger(__name__)
OK = "ok"


@dataclass(frozen=True)
class Part:
    """One thing the site rests on: the word for the caller, the detail for the log."""

    name: str
    word: str = OK
    detail: str = ""
    is_needed: bool = True

    @property
    def is_fine(self) -> bool:
        return self.word == OK


@never_cache
@require_safe
def alive(request):
    """200 while the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request):
    """200 when the database answers, every migration is applied and the disk has room; else 503.

    The first line is ready, degraded or not ready; below it one line for each part.
    """
    found = parts()
    for part in found:
        if not part.is_fine:
            level = logging.ERROR if part.is_needed else logging.WARNING
            logger.log(level, "%s: %s", part.name, part.detail)
    if any(part.is_needed and not part.is_fine for part in found):
        return _answer("not ready", found, status=503)
    return _answer("ready" if all(part.is_fine for part in found) else "degraded", found)


def _answer(word: str, found: list[Part], *, status: int = 200) -> HttpResponse:
    lines = [word, *(f"{part.name}: {part.word}" for part in found)]
    return HttpResponse("\n".join(lines) + "\n", status=status, content_type="text/plain")


def parts() -> list[Part]:
    """Every part in the order in which one rests on the other."""
    database = database_part()
    if not database.is_fine:
        return [database, disk_part()]
    migrations = migrations_part()
    if not migrations.is_fine:
        return [database, migrations, disk_part()]
    return [database, migrations, disk_part(), cache_part(), daily_part(), worker_part()]


def database_part() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Part("database", "no answer", type(error).__name__)
    return Part("database")


def migrations_part() -> Part:
    applied = MigrationRecorder(connection).applied_migrations()
    missing = sorted(latest_migrations() - set(applied))
    if missing:
        return Part("migrations", f"{len(missing)} missing", f"not applied: {missing}")
    return Part("migrations")


def disk_part() -> Part:
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < settings.READY_MIN_FREE_BYTES:
        return Part("disk", "full", f"only {free} bytes free in the data directory")
    return Part("disk")


def cache_part() -> Part:
    """Whether what is put into the shared cache is found there again. Limits are counted in it."""
    try:
        caches["default"].set("readyz", 1, 60)
        if caches["default"].get("readyz") is not None:
            return Part("cache")
        return Part("cache", "forgets", "what was put there is gone", is_needed=False)
    except Exception as error:  # each kind of cache has errors of its own
        return Part("cache", "no answer", type(error).__name__, is_needed=False)


def daily_part() -> Part:
    """The daily command; nothing stands still without it, but what is due waits."""
    found = jobs.daily()
    if not found.is_late:
        return Part("daily command")
    hours = found.hours_since
    word = "never done" if hours is None else f"not done for {hours} hours"
    latest = found.latest
    detail = f"latest run: {jobs.state_of(latest)} {latest.error}" if latest else "no run on record"
    return Part("daily command", word, detail, is_needed=False)


def worker_part() -> Part:
    """Who does the jobs; without one letters wait, and nothing else does."""
    found = jobs.worker()
    if not found.is_late:
        return Part("worker")
    detail = f"a job has been waiting for {found.minutes} minutes"
    return Part("worker", f"not seen for {found.minutes} minutes", detail, is_needed=False)


@cache
def latest_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of the last migrations in the code, which do not change while the process runs."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
