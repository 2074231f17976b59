"""Put a guide of the desk away, or bring it back."""

from __future__ import annotations

from committees.models import User
from consultations.models import GuidePutAway


def put_away(role: str, *, by: User) -> None:
    """Once is enough; a second time changes nothing."""
    GuidePutAway.objects.get_or_create(user=by, role=role)


def bring_back(role: str, *, by: User) -> None:
    GuidePutAway.objects.filter(user=by, role=role).delete()
