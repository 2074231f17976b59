"""Middleware of both servers: on demand a page tells its queries and its processor time."""

from __future__ import annotations

import time

from django.db import connection


def tell_cost(get_response):
    """Without `X-Bench: count` nothing is counted, so that timed requests are not slowed down."""

    def respond(request):
        began = time.thread_time()
        if request.headers.get("X-Bench") == "count":
            queries = []
            with connection.execute_wrapper(_note(queries)):
                response = get_response(request)
            response["X-Queries"] = str(len(queries))
        else:
            response = get_response(request)
        response["X-Processor"] = f"{(time.thread_time() - began) * 1000:.3f}"
        return response

    return respond


def _note(queries: list[str]):
    def run(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)

    return run
