"""The log names no person and holds no key."""

from __future__ import annotations

import logging
import smtplib
import sys

import pytest
from django.conf import settings

from config.logs import Masked


def line(text: str, *of, exc_info=None) -> str:
    record = logging.LogRecord("txy", logging.ERROR, __file__, 1, text, of, exc_info)
    return Masked("%(levelname)s %(message)s").format(record)


@pytest.mark.parametrize(
    ("text", "secret"),
    [("Not Found: /s/%s/", "Zq3vN8xT1mKc7LwYb5RdHs2Jf9GpUe4AoXi6MtVyCnB"),
     ("GET /account/start/%s/ failed", "K7QM-2RTX-99AB"),
     ("GET /my/mail/confirm/%s/ failed", "eyJwayI6MX0:1vMabc:Qz8-x_kT2"),
     ("GET /my/calendar/feed/%s/ failed", "Zq3vN8xT1mKc7LwYb5RdHs2Jf9GpUe4A"),
     ("letter to %s", "wang.xiaoming+txy@example.gov.cn"),
     ("mobile %s", "13887654321"), ("mobile %s", "138 8765 4321"), ("id %s", "532622199001011234")],
)  # fmt: skip
def test_keys_and_numbers_are_masked(text, secret):
    told = line(text, secret)
    assert secret not in told
    assert "***" in told


def test_the_words_of_an_error_are_masked_too():
    try:
        raise ValueError("Key (mobile)=(13887654321) already exists")
    except ValueError:
        told = line("failed", exc_info=sys.exc_info())
    assert "13887654321" not in told
    assert "Key (mobile)" in told


def test_what_a_relay_says_of_a_letter_names_no_address():
    try:
        raise smtplib.SMTPRecipientsRefused({"wang@example.gov.cn": (550, b"no such user")})
    except smtplib.SMTPRecipientsRefused:
        told = line("letter %s, try %s", 12, 1, exc_info=sys.exc_info())
    assert "wang@example.gov.cn" not in told
    assert "550" in told


def test_ordinary_lines_stay_as_they_are():
    told = "ERROR Not Found: /cases/12/ 2026-11-21 532622 /studios/s-1/"
    assert line("Not Found: /cases/12/ 2026-11-21 532622 /studios/s-1/") == told


def test_every_handler_masks():
    for handler in settings.LOGGING["handlers"].values():
        assert settings.LOGGING["formatters"][handler["formatter"]]["()"] == "config.logs.Masked"
