"""Where data is kept, and that what was acknowledged stays."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from config.checks.declare import database_check, deploy_check, unless
from config.databases import POSTGRESQL, SQLITE
from consultations import uploads

PRAGMAS = {"journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"}
LIVE_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
LIVE_SETTINGS = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
LEAST_WAIT = 20
MEGABYTE = 1024 * 1024
NO_ADDRESS = ("", "/")  # Django puts its own slash before an empty one
WRITTEN_ONCE = ("committees_auditentry", "committees_auditseal", "consultations_event")
DATABASES_PY = "config/databases.py"


@deploy_check(5)
def sqlite_keeps_what_it_acknowledged():
    for entry in settings.DATABASES.values():
        if entry["ENGINE"] != SQLITE:
            continue
        options = entry.get("OPTIONS", {})
        said = {word.strip().removeprefix("PRAGMA ")
                for word in options.get("init_command", "").split(";")}  # fmt: skip
        fine = said >= PRAGMAS and options.get("transaction_mode") == "IMMEDIATE"
        yield from unless(
            fine and options.get("timeout", 0) >= LEAST_WAIT,
            _("SQLite may lose what it acknowledged, or fail when two people write."),
            _("Keep WAL, synchronous=FULL, foreign keys, IMMEDIATE and 20 s of patience: %s.")
            % DATABASES_PY,
        )


@deploy_check(6)
def postgresql_waits_for_the_disk():
    for entry in settings.DATABASES.values():
        said = f"{entry.get('OPTIONS', {})}".lower()
        careless = "synchronous_commit=off" in said or "synchronous_commit=local" in said
        yield from unless(
            entry["ENGINE"] != POSTGRESQL or not careless,
            _("PostgreSQL is asked not to wait for the disk."),
            _("Take synchronous_commit out of TXY_DATABASE_URL."),
        )


@deploy_check(7)
def reading_opens_no_transaction():
    for entry in settings.DATABASES.values():
        yield from unless(
            not entry.get("ATOMIC_REQUESTS"),
            _("ATOMIC_REQUESTS makes every page take the lock of writers."),
            _("Take ATOMIC_REQUESTS out: the services open their transactions."),
        )


@deploy_check(13)
def what_comes_in_is_bounded():
    ceilings = {
        "DATA_UPLOAD_MAX_MEMORY_SIZE": (settings.DATA_UPLOAD_MAX_MEMORY_SIZE, 3 * MEGABYTE),
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, 5000),
        "DATA_UPLOAD_MAX_NUMBER_FILES": (settings.DATA_UPLOAD_MAX_NUMBER_FILES, 100),
        "uploads.MAX_BYTES": (uploads.MAX_BYTES, 12 * MEGABYTE),
        "uploads.MAX_PIXELS": (uploads.MAX_PIXELS, 50_000_000),
        "uploads.MAX_UNPACKED": (uploads.MAX_UNPACKED, 100 * MEGABYTE),
    }
    for name, (value, ceiling) in ceilings.items():
        yield from unless(
            value is not None and 0 < value <= ceiling,
            _("%s is not bounded.") % name,
            _("Set it to at most %s.") % ceiling,
        )


@deploy_check(27)
def all_processes_share_one_cache():
    backend = settings.CACHES["default"]["BACKEND"]
    yield from unless(
        not backend.endswith(("LocMemCache", "DummyCache")),
        _("Each process has a cache of its own."),
        _("Set TXY_CACHE_URL, or keep the cache in the database (createcachetable)."),
    )


@deploy_check(29)
def uploads_lie_apart():
    media, base = Path(settings.MEDIA_ROOT).resolve(), Path(settings.BASE_DIR).resolve()
    static = Path(settings.STATIC_ROOT).resolve()
    apart = not _inside(media, static) and not _inside(static, media)
    yield from unless(
        apart and settings.MEDIA_URL in NO_ADDRESS and not _inside(media, base),
        _("Uploaded files lie among the static files or the program, or have an address."),
        _("Give TXY_DATA_DIR a directory of its own, and leave MEDIA_URL empty."),
    )


def _inside(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


@deploy_check(30)
def static_files_bear_their_digest():
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    yield from unless(
        "Manifest" in backend,
        _("Static files have no digest in their names: browsers keep old ones."),
        _("Keep whitenoise.storage.CompressedManifestStaticFilesStorage, and run collectstatic."),
    )


@database_check(50)
def the_open_database_is_durable(alias: str):
    connection = connections[alias]
    with connection.cursor() as cursor:
        for name, right in _right_values(connection.vendor).items():
            command = "PRAGMA" if connection.vendor == "sqlite" else "SHOW"
            cursor.execute(f"{command} {name}")
            found = cursor.fetchone()[0]
            yield from unless(
                found == right,
                _("The database runs with %(name)s = %(found)s.") % {"name": name, "found": found},
                _("It must be %s, or a power cut may lose what was acknowledged.") % right,
            )


def _right_values(vendor: str) -> dict[str, object]:
    return dict(LIVE_PRAGMAS if vendor == "sqlite" else LIVE_SETTINGS)


@database_check(51)
def nobody_rewrites_the_audit_log(alias: str):
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in WRITTEN_ONCE:
            cursor.execute(
                "SELECT to_regclass(%s) IS NULL OR NOT (has_table_privilege(to_regclass(%s), "
                "'UPDATE, DELETE, TRUNCATE'))",
                [table, table],
            )
            yield from unless(
                cursor.fetchone()[0],
                _("The account of the program may change or delete rows of %s.") % table,
                _("Let another account own the tables, and revoke UPDATE, DELETE and TRUNCATE: "
                  "docs/operator-guide.md."),
            )  # fmt: skip
