"""A member's contacts with the people of the sector: recorded once, taken back by the recorder."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from committees import audit
from committees.models import AuditEntry, Member, SectorContact, User
from committees.services.versions import store


@transaction.atomic
def record_contact(
    member: Member,
    *,
    by: User,
    held_on: dt.date,
    kind: str,
    head_count: int,
    raised: str = "",
) -> SectorContact:
    """Write one contact. `head_count` is a number of people; nobody is named."""
    contact = SectorContact(
        member=member,
        held_on=held_on,
        kind=kind,
        head_count=head_count,
        raised=raised,
        recorded_by=by,
    )
    store(contact, by=by)
    audit.record(AuditEntry.Kind.RECORD, by=by, about=contact, facts={"member": member.pk})
    return contact


@transaction.atomic
def take_back_contact(contact: SectorContact, *, by: User) -> None:
    """Remove a contact that was written by mistake; its history keeps it."""
    audit.record(
        AuditEntry.Kind.RECORD,
        by=by,
        about=contact,
        facts={"member": contact.member_id, "taken_back": True},
    )
    contact._history_user = by  # type: ignore[attr-defined]
    contact.delete()
