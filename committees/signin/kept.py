"""What somebody was sending when the session ended: kept for the same person's next sign-in.

It stands in the new, anonymous session, sealed: the database never holds it in clear. Nothing is sent
again by itself; the person sees it and presses the button.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from django.urls import reverse

from committees.sealed import Unreadable, seal, unseal
from committees.services.sent_once import FIELD

KEY = "kept"
LARGEST = 200_000  # characters of one form
GOOD_FOR = 60 * 60  # seconds
SECRET = ("password", "csrfmiddlewaretoken", "code", FIELD)


@dataclass(frozen=True)
class Kept:
    """A form as it was sent: where to, and its boxes."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What a person wrote, as far as it can be told from keys and choices."""
        return [text for _name, text in self.fields if len(text) > 3 and not text.isascii()]


def keep(request, *, user_pk: int) -> bool:
    """Keep the form of this request for that person. False when it is too large."""
    fields = [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if not any(word in name for word in SECRET)
    ]
    packed = json.dumps([request.get_full_path(), fields, bool(request.FILES), time.time()])
    if len(packed) > LARGEST:
        return False
    request.session[KEY] = {"for": user_pk, "form": seal(packed, purpose=_purpose(user_pk))}
    return True


def is_there(request) -> bool:
    """Whether something is kept for the person signed in; what is another's is dropped."""
    found = request.session.get(KEY)
    if found and found["for"] != request.user.pk:
        drop(request)
        return False
    return bool(found)


def look(request) -> Kept | None:
    """What is kept, unless it is too old or cannot be read any more."""
    if not is_there(request):
        return None
    try:
        packed = unseal(request.session[KEY]["form"], purpose=_purpose(request.user.pk))
    except Unreadable:
        return None
    path, fields, had_files, at = json.loads(packed)
    if time.time() - at > GOOD_FOR:
        return None
    return Kept(path, [(name, text) for name, text in fields], had_files)


def drop(request) -> None:
    request.session.pop(KEY, None)


def address() -> str:
    return reverse("account_kept")


def _purpose(user_pk: int) -> str:
    return f"kept-form:{user_pk}"
