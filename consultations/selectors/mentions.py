"""Notes that mention somebody and that he has not opened yet."""

from __future__ import annotations

from collections.abc import Iterable

from committees.grants import INTERNAL
from committees.models import RoleGrant, User
from consultations.models import Note
from consultations.selectors.cases import cases_for

SHOWN = 20


def mentions_of(user: User, *, grants: Iterable[RoleGrant]) -> list[Note]:
    """The newest first, only of cases whose notes the person may read. One query."""
    reading = [grant for grant in grants if grant.role in INTERNAL]
    if not reading:
        return []
    own = cases_for(user, grants=reading).filter(notes__mentions=user).values("pk")
    notes = Note.objects.filter(case__in=own, mentions=user).exclude(opened_by=user)
    return list(notes.select_related("case", "author").order_by("-written_at", "-pk")[:SHOWN])
