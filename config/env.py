"""Every value the environment may set, read once. Development needs none of them."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def _required(name: str, hint: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {hint}")
    return value


def _list(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


DATA_DIR = Path(os.environ.get("TXY_DATA_DIR") or BASE_DIR / "var").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASE_URL = os.environ.get("TXY_DATABASE_URL") or f"sqlite:///{DATA_DIR / 'tongxinyuan.sqlite3'}"
REDIS_URL = os.environ.get("TXY_REDIS_URL", "")
ALLOWED_HOSTS = _list("TXY_ALLOWED_HOSTS")
TRUSTED_ORIGINS = _list("TXY_TRUSTED_ORIGINS")


def secret_key() -> str:
    """The signing key of an installation; production does not start without one."""
    return _required("TXY_SECRET_KEY", "a random text of at least 50 characters, kept secret.")


def allowed_hosts() -> list[str]:
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set TXY_ALLOWED_HOSTS: the host names served, with commas.")
    return ALLOWED_HOSTS
