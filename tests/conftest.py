"""What all tests share: no network, a browser where one is asked for, and the database at hand."""

import ipaddress
import os
import shutil
import sys
import time

import pytest
from django.db import connection
from django.test import Client

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


def pytest_collection_modifyitems(items):
    """Tests of what only PostgreSQL can do are skipped elsewhere, and say so."""
    if connection.vendor == "postgresql":
        return
    for item in items:
        if item.get_closest_marker("postgresql_only"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL"))


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
