"""The tests reach this machine and nothing else, in Python and in the browser."""

import socket
import urllib.request

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "example.invalid"])
def test_python_does_not_reach_other_hosts(host):
    with pytest.raises(RuntimeError, match="do not reach other hosts"):
        socket.create_connection((host, 80), timeout=1)


def test_python_reaches_the_test_server(live_server):
    with urllib.request.urlopen(f"{live_server.url}/healthz") as answer:
        assert answer.read() == b"ok\n"


@pytest.mark.browser
def test_the_browser_reaches_the_test_server_and_nothing_else(live_server, page):
    assert page.goto(f"{live_server.url}/healthz").status == 200

    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.invalid/")
