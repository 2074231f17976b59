"""Many rows in bounded parts along an index, while they are being changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

SIZE = 200


def batches(rows: QuerySet[Any], column: str, *, size: int = SIZE) -> Iterator[list[int]]:
    """The keys of `rows`, by `column` and key; rows without a value in it are left out.

    Each part begins where the one before ended, so that what stays as it was is read once.
    """
    ordered = rows.exclude(**{column: None}).order_by(column, "pk").values_list(column, "pk")
    after = Q()
    while part := list(ordered.filter(after)[:size]):
        yield [pk for _value, pk in part]
        value, pk = part[-1]
        same, beyond = Q(**{column: value, "pk__gt": pk}), Q(**{f"{column}__gt": value})
        after = Q(**{f"{column}__gte": value}) & (same | beyond)
