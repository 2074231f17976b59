"""The photo and the public page of a member: written together, told to the audit log."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from committees import audit
from committees.models import AuditEntry, Member, User
from committees.services.versions import store


@transaction.atomic
def save_profile(
    member: Member,
    *,
    by: User,
    is_public: bool,
    consent: bool,
    photo_is_public: bool,
    photo: Any = None,
    remove: bool = False,
) -> None:
    """Keep a checked photo, or take it away, and say what the public sees. Whoever is on a photo
    that goes finds no trace of it: the file is removed once the change is certain."""
    old = member.photo.name
    if photo is not None:
        member.photo = photo
    elif remove:
        member.photo = ""
    member.photo_consent = consent and bool(member.photo)
    member.is_public, member.photo_is_public = is_public, photo_is_public
    store(member, by=by, fields=["photo", "photo_consent", "is_public", "photo_is_public"])
    if old and old != member.photo.name:
        storage = Member._meta.get_field("photo").storage
        transaction.on_commit(lambda: storage.delete(old))
    facts = {"is_public": is_public, "has_photo": bool(member.photo), "photo": photo_is_public}
    audit.record(AuditEntry.Kind.CHANGED, by=by, about=member, facts=facts)
