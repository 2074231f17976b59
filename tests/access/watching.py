"""What a request wrote: every statement by table, and prints of all tables before and after."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

WRITES = re.compile(
    r'\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE
)
# Sessions with their last-seen time, what limits count, and one-time keys: kept for everybody,
# told to nobody.
BOOKKEEPING = {"django_session", "usersessions_usersession", "committees_trycount",
               "committees_sentform"}  # fmt: skip


# A step that somebody tried and has no right to is told to the auditor.
TOLD_APART = {"committees_auditentry", "committees_auditseal"}


class Writes:
    """The tables that statements wrote to since the last look."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        if found := WRITES.match(sql):
            self.tables.add(found[1])
        return execute(sql, params, many, context)

    def taken(self) -> set[str]:
        found, self.tables = self.tables - BOOKKEEPING, set()
        return found


@contextmanager
def watched() -> Iterator[Writes]:
    writes = Writes()
    with connection.execute_wrapper(writes):
        yield writes


def prints() -> dict[str, str]:
    """Number of rows and a digest of their content, for each table."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in BOOKKEEPING | TOLD_APART or not model._meta.managed:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            rows = cursor.fetchall()
        found[table] = f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()}"
    return found
