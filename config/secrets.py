"""Keys as they are written in the environment."""

import base64
import binascii
from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured

BYTES = 32


def data_keys(words: Iterable[str]) -> list[bytes]:
    """32 random bytes for each word of TXY_DATA_KEYS, the key in use first."""
    return [_key(word) for word in words]


def _key(word: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != BYTES:
        raise ImproperlyConfigured(
            "TXY_DATA_KEYS: each key is 32 random bytes as secrets.token_urlsafe(32) writes them."
        )
    return key
