"""A sealed number for one look: first the entry in the audit log, then the number."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from committees import audit
from committees.models import AuditEntry, Member, UnitContact, User


class Why(models.TextChoices):
    """What somebody needs a number for."""

    ARRANGE = "arrange", _("to arrange a visit or a meeting")
    HANDLE = "handle", _("to handle a task")
    CHECK = "check", _("to correct or check what is on record")
    REQUEST = "request", _("the person asked for it")
    OTHER = "other", _("something else")


@transaction.atomic
def see(
    record: Member | UnitContact | User, *, by: User, role: str, region: str, why: str, words: str
) -> str:
    """The number in clear, told to the audit log in the same transaction: no entry, no number."""
    audit.record(
        AuditEntry.Kind.SEEN_IN_CLEAR,
        by=by,
        role=role,
        region=region,
        about=record,
        facts={"field": "mobile", "why": why, "words": words},
    )
    fresh = type(record)._default_manager.only("mobile").get(pk=record.pk)
    return str(fresh.mobile)
