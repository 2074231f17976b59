"""`/healthz`: the process answers. `/readyz`: it can work. Neither tells strangers why not."""

from __future__ import annotations

import logging
import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)
MIN_FREE_BYTES = 200 * 1024 * 1024


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    if faults := find_faults():
        log.error("not ready: %s", "; ".join(faults))
        return HttpResponse("not ready", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")


def find_faults() -> list[str]:
    """What keeps the process from working: database, migrations, disk."""
    faults = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            faults.append("migrations are pending")
    except DatabaseError as error:
        faults.append(f"database: {error}")
    if shutil.disk_usage(settings.DATA_DIR).free < MIN_FREE_BYTES:
        faults.append("the disk is almost full")
    return faults
