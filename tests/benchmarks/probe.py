"""Middleware of both servers: a page tells its processor time, and on demand its queries."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import connection


def tell_cost(get_response):
    """Without `X-Bench: count` no query is counted, so that timed requests are not slowed down."""

    def respond(request):
        began = _spent()
        if request.headers.get("X-Bench") == "count":
            queries: list[str] = []
            with connection.execute_wrapper(_note(queries)):
                response = get_response(request)
            response["X-Queries"] = str(len(queries))
        else:
            response = get_response(request)
        response["X-Processor"] = f"{_spent() - began:.3f}"
        return response

    return respond


def _spent() -> float:
    """Milliseconds of processor time of this thread and of its PostgreSQL process."""
    return time.thread_time() * 1000 + _spent_by_database()


def _spent_by_database() -> float:
    """SQLite works within the thread. Where the system does not tell, it counts for nothing."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return 0.0
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(told.read_text().split()[0]) / 1e6 if told.exists() else 0.0


def _note(queries: list[str]):
    def run(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)

    return run
