"""The calendar feed of a person: an address that is its own key, shown once, revoked at once."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from committees import audit
from committees.models import AuditEntry, User
from consultations.models import CalendarFeed

NOTED_EVERY = dt.timedelta(hours=12)


@transaction.atomic
def issue(user: User) -> str:
    """A new address; the one before, if any, opens nothing any more. Returns its token."""
    revoke(user)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(user=user, digest=_digest(token))
    audit.record(AuditEntry.Kind.FEED_ISSUED, by=user, about=user)
    return token


@transaction.atomic
def revoke(user: User) -> None:
    still = CalendarFeed.objects.filter(user=user, revoked_at=None)
    if still.update(revoked_at=timezone.now()):
        audit.record(AuditEntry.Kind.FEED_REVOKED, by=user, about=user)


def of(user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user, revoked_at=None).first()


def find(token: str) -> CalendarFeed | None:
    """The feed of this token while it is open and its owner's account is."""
    found = CalendarFeed.objects.filter(
        digest=_digest(token), revoked_at=None, user__is_active=True
    )
    return found.select_related("user").first()


def used(feed: CalendarFeed) -> None:
    """Note now and then that the feed is fetched; calendar programs do so every few minutes."""
    now = timezone.now()
    if feed.last_used_at is None or now - feed.last_used_at > NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=now)


def _digest(token: str) -> str:
    """256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
