"""Rendered pages, handed out again for some seconds while nothing on record has changed.

Rendering is nine tenths of what a page costs. A page is kept under everything it is made from: its
address, the language and the text size (both from cookies), the day, and the stamp of the records,
which one small query reads anew for each request. So a step, an edit or a restriction shows at
once; what is changed without a line of history (a studio's address) shows within `KEEP_PAGES`.
"""

from __future__ import annotations

import hashlib
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from consultations.selectors.public import stamp

LONGEST_ADDRESS = 300


def kept(view):
    """For views that take nothing from the request but the address and the two cookies."""

    @wraps(view)
    def from_shelf(request, *args, **kwargs):
        address = request.get_full_path()
        if not settings.KEEP_PAGES or len(address) > LONGEST_ADDRESS:
            return view(request, *args, **kwargs)
        shelf, key = caches["pages"], _key(request, address)
        if (page := shelf.get(key)) is not None:
            body, mark = page
            return HttpResponse(body, headers={"ETag": mark})
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.headers["ETag"] = mark = f'"{_digest(response.content)}"'
            shelf.set(key, (response.content, mark), settings.KEEP_PAGES)
        return response

    return from_shelf


def _key(request, address: str) -> str:
    made_from = (
        address, get_language(), request.COOKIES.get("text"), timezone.localdate(), stamp()
    )  # fmt: skip
    return _digest(repr(made_from).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:40]
