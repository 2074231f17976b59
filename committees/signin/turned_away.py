"""What somebody sent to a page that does not exist for this person: hidden there, told to the
auditor."""

from __future__ import annotations

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

from committees import audit
from committees.grants import grants_of
from committees.models import AuditEntry, RoleGrant, User

LONGEST = 28  # letters of a step


def turned_away_told(get_response):
    """Every form of somebody signed in that was answered as to a stranger stands in the audit log.

    Pages of steps tell it themselves, by the name of the step (`committees.admin.attempts`).
    """

    def middleware(request):
        response = get_response(request)
        if _is_try(request) and _is_turned_away(response):
            _tell(request)
        return response

    return middleware


def _is_try(request) -> bool:
    return (
        request.method == "POST"
        and request.resolver_match is not None
        and request.resolver_match.url_name is not None
        and not getattr(request, "tells_itself", False)
        # The interface asks nobody who they are, and leaves nobody there.
        and request.user is not None
        and request.user.is_authenticated
    )


def _is_turned_away(response) -> bool:
    """Hidden, or led to the sign-in page: there the staff site leads whoever has no role."""
    return response.status_code == 404 or leads_to_sign_in(response)


def leads_to_sign_in(response) -> bool:
    path = response.headers.get("Location", "").partition("?")[0]
    return path in {resolve_url(settings.LOGIN_URL), reverse("admin:login")}


def _tell(request) -> None:
    """The page by its name, its step and keys of records; a key that lets somebody in is not told."""
    match, user = request.resolver_match, request.user
    keys = {name: key for name, key in match.kwargs.items() if name.endswith(("pk", "object_id"))}
    audit.record(
        AuditEntry.Kind.REFUSED,
        by=user,
        about=match.view_name,
        region=_last_home_of(user),
        facts={"action": match.kwargs.get("action", request.method)[:LONGEST], **keys},
    )


def _last_home_of(user: User) -> str:
    """Where somebody without a role held the last one; empty for all others, whose home is known."""
    if grants_of(user):
        return ""
    last = RoleGrant.objects.filter(user=user).order_by("-valid_until", "-pk").first()
    return last.reach if last else ""
