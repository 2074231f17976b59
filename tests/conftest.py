"""What all tests share: no network, a browser where one is asked for, and the database at hand."""

import hashlib
import ipaddress
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import django
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from consultations import calendar
from tests.people import County, a_county

# Playwright keeps an event loop in the main thread, in which Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    # A page that asks another host for anything gets nothing.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def refuse_other_hosts(event, arguments):
    """Audit hook: a test that would reach another host fails there, also without a network."""
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
    elif event == "socket.getaddrinfo":
        host = arguments[0] or ""
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host not in {"", "localhost"} and not is_loopback(host):
        raise RuntimeError(f"tests do not reach other hosts: {host}")


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def pytest_configure(config):
    sys.addaudithook(refuse_other_hosts)
    # Told to stop, a run ends as on Ctrl-C: fixtures and servers are ended, files removed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items):
    """Tests of what only PostgreSQL can do are skipped elsewhere, and say so."""
    if connection.vendor == "postgresql":
        return
    for item in items:
        if item.get_closest_marker("postgresql_only"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL"))


@pytest.fixture
def county(db) -> County:
    """A county with everything a case needs."""
    return a_county()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    names = [os.environ.get("TXY_CHROMIUM", ""), *BROWSERS]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium found: install it, or name the program in TXY_CHROMIUM")
    return {**browser_type_launch_args, "executable_path": found, "args": BROWSER_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(autouse=True)
def signed_in_just_now(monkeypatch):
    """`force_login` leaves the session as the sign-in page does, so that no page writes it first."""
    stock = Client.force_login

    def force_login(self, user, backend=None):
        stock(self, user, backend)
        session = self.session
        session["signed_in_at"] = session["seen_at"] = time.time()
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture(autouse=True)
def no_calendar_of_another_test():
    """Each test begins with an empty table of the calendar, as its database does."""
    calendar.keep(calendar.Table())


@pytest.fixture(scope="session")
def migrated(request, django_db_use_migrations, django_db_modify_db_settings) -> Path | None:
    """Where an SQLite database made by exactly these migrations is kept from one run to the next.

    On a fresh clone there is none, so that every migration runs. None where nothing is kept:
    on PostgreSQL, with --create-db or --no-migrations, and without pytest's cache.
    """
    cache = getattr(request.config, "cache", None)
    wanted = django_db_use_migrations and not request.config.getvalue("create_db")
    if connection.vendor != "sqlite" or cache is None or not wanted:
        return None
    loader = MigrationLoader(None)
    modules = {type(migration).__module__ for migration in loader.disk_migrations.values()}
    checksum = hashlib.sha256(f"{django.VERSION}{connection.Database.sqlite_version}".encode())
    for name in sorted(modules):
        checksum.update(Path(sys.modules[name].__file__).read_bytes())
    return cache.mkdir("migrated") / f"{checksum.hexdigest()}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, migrated):
    """Begin with the database kept by an earlier run, where there is one."""
    if migrated is None or not migrated.exists():
        return django_db_keepdb
    shutil.copyfile(migrated, connection.settings_dict["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, migrated, django_db_blocker):
    """Keep the database that the migrations made, in place of those of other migrations."""
    used = connection.settings_dict["NAME"] == connection.settings_dict["TEST"]["NAME"]
    if migrated is None or migrated.exists() or not used:
        return
    made = migrated.with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(made)])
    for old in migrated.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    made.replace(migrated)
