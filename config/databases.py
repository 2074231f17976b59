"""The database of the installation: one SQLite file, or PostgreSQL by its address."""

from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

# Without these, writers that meet fail with "database is locked" or lose a write, and a power cut may
# lose what was already acknowledged.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        # 32 MB of pages per connection, and sorting in memory.
        "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
    ),
}
POSTGRESQL_OPTIONS = {"connect_timeout": 5}


def database(url: str | None, *, data_dir: Path) -> dict:
    """The entry for DATABASES; `url` None means the SQLite file in `data_dir`."""
    url = url or f"sqlite:///{data_dir / 'tongxinyuan.sqlite3'}"
    try:
        entry = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
        # The address holds a password: neither it nor the parser's own message may be shown.
        raise ImproperlyConfigured(
            "TXY_DATABASE_URL cannot be read. Examples: postgresql://user:password@host:5432/name, "
            "sqlite:////srv/tongxinyuan/db.sqlite3"
        ) from None
    options = {SQLITE: SQLITE_OPTIONS, POSTGRESQL: POSTGRESQL_OPTIONS}.get(entry["ENGINE"])
    if options is None:
        raise ImproperlyConfigured(
            "TXY_DATABASE_URL: only postgresql:// and sqlite:// are supported."
        )
    return {**entry, "OPTIONS": {**options, **entry.get("OPTIONS", {})}}
