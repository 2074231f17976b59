"""A modest limit on what one address may send in an hour. The address is kept as a digest only."""

from __future__ import annotations

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from committees import origin

HOUR = 60 * 60


def within_limit(what: str, *, most: int) -> bool:
    """Count one more of it. False once the address sent more than `most` within an hour."""
    key = _key(what)
    if cache.add(key, 1, HOUR):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ran out between the two
        return True


def is_used_up(what: str, *, most: int) -> bool:
    """Whether the address sent more than `most` already; counts nothing."""
    return cache.get(_key(what), 0) > most


def _key(what: str) -> str:
    network = origin.network(origin.address.get())
    return f"limit-{what}-{salted_hmac('limit', network).hexdigest()[:24]}"
