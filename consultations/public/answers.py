"""How a public page answers: to anybody, by reading only, with a mark by which it can be reused.

The pages are the same for everybody but for the text size and the language, both from cookies.
"""

from __future__ import annotations

from functools import wraps

from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers


def public_page(view):
    """A page for reading: no other method, an ETag of the bytes, asked for again each time.

    A case that was hidden must disappear at once, so nothing is kept without asking.
    """

    @wraps(view)
    def with_headers(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_cache_control(response, no_cache=True)
        return response

    return require_safe(conditional_page(vary_on_headers("Cookie")(with_headers)))
