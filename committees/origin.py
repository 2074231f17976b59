"""From where the present request comes; empty outside of one. Set by the middleware. Leaf."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from contextvars import ContextVar

address: ContextVar[str] = ContextVar("address", default="")
IPV6_HOME = 64  # a household gets this many bits, and may use every address in it


def caller(meta: Mapping[str, str], *, proxies: int) -> str:
    """The address that the outermost of our own proxies saw; what a caller claims is not looked at.

    With `proxies` 0 that is the other end of the connection.
    """
    hops = [hop.strip() for hop in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    told = hops[-proxies] if 0 < proxies <= len(hops) else meta.get("REMOTE_ADDR", "")
    found = _parsed(told) or _parsed(meta.get("REMOTE_ADDR", ""))
    return str(found) if found else ""


def network(text: str) -> str:
    """What counts as one caller: an IPv4 address, or the /64 of an IPv6 address."""
    found = _parsed(text)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, IPV6_HOME), strict=False))
    return str(found) if found else ""


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:  # a socket file, or a proxy that wrote no address
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found
