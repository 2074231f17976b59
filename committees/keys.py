"""The keys that protect what is stored: the first is in use, the others still read. Leaf."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings


def current() -> bytes:
    """The key with which new values are written."""
    return settings.DATA_KEYS[0]


def every() -> list[bytes]:
    """All keys that may have written a stored value, the one in use first."""
    return list(settings.DATA_KEYS)


@lru_cache(maxsize=64)
def name_of(key: bytes) -> str:
    """Eight hexadecimal digits that say which key it was, and nothing about it."""
    return hashlib.sha256(b"name:" + key).hexdigest()[:8]


def named(name: str) -> bytes | None:
    """The key of that name, or None when the installation does not have it any more."""
    return next((key for key in settings.DATA_KEYS if name_of(key) == name), None)


@lru_cache(maxsize=64)
def derived(key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose: what leaks of one use opens no other."""
    return hmac.digest(key, f"tongxinyuan/{purpose}".encode(), hashlib.sha256)
