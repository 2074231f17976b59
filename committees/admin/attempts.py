"""What somebody tried by sending a form and had no right to: hidden from the person, told to the
audit log."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404


def telling(tell: Callable[..., Any]):
    """A view whose 404 to a form that was sent is told first, by `tell(request, **kwargs)`.

    Stands above whatever decides who may open the view. Of the rest of the pages the middleware
    `turned_away_told` tells.
    """

    def guard(view):
        @wraps(view)
        def told(request, *args, **kwargs):
            request.tells_itself = True
            try:
                return view(request, *args, **kwargs)
            except Http404:
                if request.method == "POST" and request.user.is_authenticated:
                    tell(request, **kwargs)
                raise

        return told

    return guard
