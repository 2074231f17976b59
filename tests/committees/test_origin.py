"""Whose request it is: what our own proxies saw, never what the caller writes."""

from __future__ import annotations

import pytest

from committees import origin


@pytest.mark.parametrize(
    ("forwarded", "proxies", "found"),
    [
        ("1.1.1.1", 0, "10.0.0.9"),  # no proxy of ours: the header is the caller's own
        ("1.1.1.1, 2.2.2.2", 1, "2.2.2.2"),
        ("1.1.1.1, 2.2.2.2, 3.3.3.3", 2, "2.2.2.2"),
        ("2.2.2.2", 2, "10.0.0.9"),  # the request came around one of the proxies
        ("nonsense", 1, "10.0.0.9"),
        ("", 1, "10.0.0.9"),
        ("::ffff:2.2.2.2", 1, "2.2.2.2"),
    ],
)
def test_the_caller_is_who_our_outermost_proxy_saw(forwarded, proxies, found):
    meta = {"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": forwarded}
    assert origin.caller(meta, proxies=proxies) == found


def test_a_socket_file_has_no_address():
    assert origin.caller({"REMOTE_ADDR": ""}, proxies=0) == ""


def test_one_household_is_one_network():
    assert origin.network("2001:db8::1") == origin.network("2001:db8::ffff:1")
    assert origin.network("2001:db8:0:1::1") != origin.network("2001:db8:0:2::1")
    assert origin.network("10.0.0.9") == "10.0.0.9"
    assert origin.network("") == ""
