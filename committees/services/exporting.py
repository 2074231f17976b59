"""A list that leaves the system: so many an hour for one account, each on record before it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from committees import audit
from committees.models import AuditEntry, User
from committees.services import limits
from committees.services.limits import Kind


def begin(*, by: User, about: str | models.Model, facts: Mapping[str, Any]) -> None:
    """Count and tell; the file is written only after this. Raises `limits.UsedUp`, which is told,
    too."""
    try:
        with transaction.atomic():
            limits.count(limits.by_user(Kind.EXPORT, by))
            audit.record(AuditEntry.Kind.EXPORTED, by=by, about=about, facts=facts)
    except limits.UsedUp:
        audit.record(AuditEntry.Kind.REFUSED, by=by, about=about, facts={"action": "export"})
        raise


def looked_up(*, by: User, facts: Mapping[str, Any]) -> None:
    """Somebody's data were looked up on request; whose is not said."""
    audit.record(AuditEntry.Kind.SEEN_IN_CLEAR, by=by, about="person", facts=facts)
