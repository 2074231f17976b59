"""The sessions of a person: which there are, and ending them."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from committees import audit
from committees.models import AuditEntry, User


def of(user: User) -> list[UserSession]:
    """The sessions that are still alive, the latest first."""
    rows = UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")
    alive = Session.objects.filter(
        session_key__in=rows.values("session_key"), expire_date__gt=timezone.now()
    )
    return list(rows.filter(session_key__in=alive.values("session_key")))


def sweep(user: User) -> None:
    """Leave out of the list what has run out."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    UserSession.objects.filter(user=user).exclude(session_key__in=alive).delete()


def forget() -> int:
    """Delete what has run out, of everybody; how many there were."""
    gone = Session.objects.filter(expire_date__lte=timezone.now()).delete()[0]
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return gone


def end(session: UserSession, *, by: User) -> None:
    """End one; the browser finds out with its next request."""
    end_all(session.user, only=session.session_key)
    facts = {"why": "revoked"}
    audit.record(AuditEntry.Kind.SESSION_ENDED, by=by, about=session.user, facts=facts)


def end_every(user: User, *, by: User) -> None:
    """An administrator signs somebody out everywhere."""
    with transaction.atomic():
        facts = {"why": "administrator", "sessions": end_all(user)}
        audit.record(AuditEntry.Kind.SESSION_ENDED, by=by, about=user, facts=facts)


def hold_to(user: User, *, most: int, but: str) -> int:
    """End the oldest sessions of a person above so many, never the one with this key; how many."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=but)
    newest_first = rows.order_by("-created_at", "-pk")
    over = list(newest_first.values_list("session_key", flat=True)[most - 1 :])
    if not over:
        return 0
    with transaction.atomic():
        Session.objects.filter(session_key__in=over).delete()
        UserSession.objects.filter(session_key__in=over).delete()
        facts = {"why": "too many", "sessions": len(over)}
        audit.record(AuditEntry.Kind.SESSION_ENDED, by=user, about=user, facts=facts)
    return len(over)


def end_all(user: User, *, but: str = "", only: str = "") -> int:
    """End the sessions of a person, `but` the one with this key; how many there were."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=but)
    if only:
        rows = rows.filter(session_key=only)
    with transaction.atomic():
        found = list(rows.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=found).delete()
        UserSession.objects.filter(session_key__in=found).delete()
    return len(found)
