"""Is the process alive, and can it do its work? Details go to the log, never to the caller."""

import logging
import shutil
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def alive(request):
    """200 while the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request):
    """200 when the database answers, every migration is applied and the disk has room; else 503."""
    obstacle = database_obstacle() or disk_obstacle()
    if obstacle:
        logger.error("not ready: %s", obstacle)
        return HttpResponse("not ready\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def database_obstacle() -> str | None:
    """Why the database cannot be worked with, or None."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError as error:
        return f"database: {type(error).__name__}"
    missing = sorted(latest_migrations() - set(applied))
    return f"migrations not applied: {missing}" if missing else None


def disk_obstacle() -> str | None:
    """Why the data directory cannot take more, or None."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < settings.READY_MIN_FREE_BYTES:
        return f"only {free} bytes free in the data directory"
    return None


@cache
def latest_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of the last migrations in the code, which do not change while the process runs."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
