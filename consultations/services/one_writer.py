"""Comparing what stands with what was seen, and writing over it, as one thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models, transaction


@contextmanager
def one_writer(record: models.Model, *, writes: bool) -> Iterator[None]:
    """Within it nobody else writes over this record; it is read anew under its lock.

    What the record holds is to be read inside. Only looking takes no lock. SQLite has no row
    locks: there the transaction itself lets one writer in at a time.
    """
    if not writes:
        yield
        return
    with transaction.atomic():
        locked = type(record)._base_manager.select_for_update()
        record.refresh_from_db(from_queryset=locked)
        yield
