"""Which guides of the desk somebody has put away."""

from __future__ import annotations

from committees.models import User
from consultations.models import GuidePutAway


def put_away_by(user: User) -> set[str]:
    """The roles whose guide this person does not need on the desk any more. One query."""
    rows = GuidePutAway.objects.filter(user=user).order_by("role", "pk")
    return set(rows.values_list("role", flat=True))
