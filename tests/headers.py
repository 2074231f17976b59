"""What every answer must carry, whatever it is: page, error, file, redirect."""

from __future__ import annotations

import re

from django.http import HttpResponse

RIGHT = {
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Permissions-Policy": {"camera=(), geolocation=(), microphone=()"},
}
CLOSED = ("default-src 'none'", "frame-ancestors 'none'")
OWN = re.compile(r"'none'|'self'|'nonce-[\w+/=-]{16,}'")
INLINE = re.compile(
    r"<[^>]*\s(?:on[a-z]+|style)\s*=|<style\b|<script(?![^>]*\ssrc=)(?![^>]*application/json)"
    r"|(?:href|src|action)\s*=\s*[\"']?\s*javascript:",
    re.IGNORECASE,
)


def wrong(response: HttpResponse) -> list[str]:
    """Everything that is missing from an answer, or stands in it and must not."""
    told = [
        f"{name}: {response.headers.get(name)}"
        for name, right in RIGHT.items()
        if response.headers.get(name) not in right
    ]
    return told + _policy(response.headers.get("Content-Security-Policy", "")) + _inline(response)


def _policy(policy: str) -> list[str]:
    told = [f"no {part}" for part in CLOSED if part not in policy]
    for directive in filter(None, map(str.strip, policy.split(";"))):
        name, *sources = directive.split()
        loose = [source for source in sources if not OWN.fullmatch(source)]
        told += [f"{name} {source}" for source in loose if name != "sandbox"]
    return told


def _inline(response: HttpResponse) -> list[str]:
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if response.streaming or not is_page:
        return []
    return [found[0][:80] for found in INLINE.finditer(response.content.decode())]
