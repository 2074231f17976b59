"""Comparing what stands with what was seen, and writing over it, as one thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.http import Http404


@contextmanager
def one_writer(record: models.Model, *, writes: bool) -> Iterator[None]:
    """Within it nobody else writes over this record; it is read anew under its lock.

    What the record holds is to be read inside. Only looking takes no lock. SQLite has no row
    locks: there the transaction itself lets one writer in at a time. A record that is gone since it
    was looked up is 404, as it is for whoever comes later.
    """
    if not writes:
        yield
        return
    with transaction.atomic():
        locked = type(record)._base_manager.select_for_update()
        try:
            record.refresh_from_db(from_queryset=locked)
        except ObjectDoesNotExist:
            raise Http404 from None
        yield
