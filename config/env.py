"""Every value that comes from the environment, read once, here.

A machine of a developer needs none of them. A value that cannot be understood, and a name that
starts with TXY_ but means nothing, stop the start with a sentence that says what to do.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

# Read by the scripts and by tests, which run outside the settings.
READ_ELSEWHERE = {
    "TXY_ARTICLES",
    "TXY_CHROMIUM",
    "TXY_PG_BIN",
    "TXY_TEST_PROCESSES",
    "TXY_WALK_STEPS",
}


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the installation says about itself; None and () mean: nothing was said."""

    secret_key: str | None
    data_keys: tuple[str, ...]
    debug: bool | None
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    behind_proxy: bool
    proxies: int
    database_url: str | None
    cache_url: str | None
    data_dir: Path | None
    log_level: str
    site_url: str | None
    mail_host: str | None
    mail_port: int
    mail_user: str | None
    mail_password: str | None
    mail_from: str | None


def read(environ: Mapping[str, str]) -> Environment:
    """Understand `environ`; ImproperlyConfigured with a hint where that is not possible."""
    known = READ_ELSEWHERE | {f"TXY_{name.upper()}" for name in Environment.__annotations__}
    unknown = sorted(name for name in environ if name.startswith("TXY_") and name not in known)
    if unknown:
        raise ImproperlyConfigured(
            f"{', '.join(unknown)}: no such setting.{_meant(unknown, known)}"
            f" Known: {', '.join(sorted(known))}."
        )
    return Environment(
        secret_key=_text(environ, "TXY_SECRET_KEY"),
        data_keys=_words(environ, "TXY_DATA_KEYS"),
        debug=_flag(environ, "TXY_DEBUG"),
        allowed_hosts=_words(environ, "TXY_ALLOWED_HOSTS"),
        trusted_origins=_words(environ, "TXY_TRUSTED_ORIGINS"),
        behind_proxy=_flag(environ, "TXY_BEHIND_PROXY") or False,
        # How many of our own proxies a request passes: so many addresses of X-Forwarded-For, from
        # the right, were not written by the caller.
        proxies=_count(environ, "TXY_PROXIES", default=bool(_flag(environ, "TXY_BEHIND_PROXY"))),
        database_url=_text(environ, "TXY_DATABASE_URL"),
        cache_url=_text(environ, "TXY_CACHE_URL"),
        data_dir=_directory(environ, "TXY_DATA_DIR"),
        log_level=_one_of(environ, "TXY_LOG_LEVEL", LOG_LEVELS, default="INFO"),
        site_url=_address(environ, "TXY_SITE_URL"),
        mail_host=_text(environ, "TXY_MAIL_HOST"),
        mail_port=_port(environ, "TXY_MAIL_PORT", default=587),
        mail_user=_text(environ, "TXY_MAIL_USER"),
        mail_password=_text(environ, "TXY_MAIL_PASSWORD"),
        mail_from=_text(environ, "TXY_MAIL_FROM"),
    )


def _meant(unknown: list[str], known: set[str]) -> str:
    near = {match for name in unknown for match in get_close_matches(name, known, n=1, cutoff=0.8)}
    return f" Did you mean {', '.join(sorted(near))}?" if near else ""


def required(value, name: str, *, hint: str):
    """`value`, or ImproperlyConfigured with the `hint` when nothing was said."""
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


def _text(environ: Mapping[str, str], name: str) -> str | None:
    return environ.get(name, "").strip() or None


def _words(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in environ.get(name, "").split(",") if word.strip())


def _flag(environ: Mapping[str, str], name: str) -> bool | None:
    value = _text(environ, name)
    if value is None:
        return None
    if value.lower() not in YES | NO:
        raise ImproperlyConfigured(f"{name}={value}: say 1 (yes) or 0 (no).")
    return value.lower() in YES


def _count(environ: Mapping[str, str], name: str, *, default: int) -> int:
    value = _text(environ, name)
    if value is None:
        return int(default)
    if not re.fullmatch("[0-9]", value):
        raise ImproperlyConfigured(f"{name}={value}: say a number from 0 to 9.")
    return int(value)


def _port(environ: Mapping[str, str], name: str, *, default: int) -> int:
    value = _text(environ, name)
    if value is None:
        return default
    if not re.fullmatch("[0-9]{1,5}", value) or not 0 < int(value) < 65536:
        raise ImproperlyConfigured(f"{name}={value}: say a port, a number from 1 to 65535.")
    return int(value)


def _address(environ: Mapping[str, str], name: str) -> str | None:
    value = _text(environ, name)
    if value is not None and not re.fullmatch(r"https?://[^/\s]+", value):
        raise ImproperlyConfigured(f"{name}={value}: say https:// and the host, nothing after it.")
    return value


def _one_of(
    environ: Mapping[str, str], name: str, choices: tuple[str, ...], *, default: str
) -> str:
    value = (_text(environ, name) or default).upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value}: say one of {', '.join(choices)}.")
    return value


def _directory(environ: Mapping[str, str], name: str) -> Path | None:
    value = _text(environ, name)
    if value is None:
        return None
    path = Path(value)
    if not path.is_absolute():
        raise ImproperlyConfigured(f"{name}={value}: give the full path, starting with /.")
    return path


ENV = read(os.environ)
