"""The answer to too much of something: what was typed stands in the page, and when to come back."""

from __future__ import annotations

from django.http import HttpResponse

from committees.services.limits import UsedUp

TOO_MANY = 429


def slowed(response: HttpResponse, refused: UsedUp | None) -> HttpResponse:
    """The page with the status and the header that say so, where something was refused."""
    if refused is not None:
        response.status_code = TOO_MANY
        response["Retry-After"] = str(refused.seconds)
    return response
