"""From where the present request comes; empty outside of one. Set by the middleware. Leaf."""

from __future__ import annotations

from contextvars import ContextVar

address: ContextVar[str] = ContextVar("address", default="")
