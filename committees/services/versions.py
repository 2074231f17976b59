"""Save records that are kept in versions, each version with the person who made it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from committees.models import User


def store(record: Any, *, by: User | None, fields: Sequence[str] | None = None) -> None:
    """Save a record; `fields` are the columns to write, all of them if not said."""
    record._history_user = by  # read by simple_history
    record.save(update_fields=fields)
