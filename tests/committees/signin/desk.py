"""Short ways for the tests of signing in."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from tests.committees.signin.conftest import PASSWORD
from tests.people import SECRET

LOGIN = "/account/login/"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def sign_in(name: str, password: str = PASSWORD, client: Client | None = None, **extra):
    client = client or Client()
    return client.post(LOGIN, {"username": name, "password": password}, **extra)


def signed_in(user, password: str = PASSWORD) -> Client:
    client = Client()
    assert sign_in(user.username, password, client).status_code == 302
    return client


def code_now(secret: str = SECRET, *, later: int = 0) -> str:
    """What the authenticator app shows, `later` half-minutes from now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + later))


def plain(response, *names: str) -> bytes:
    """The page without what differs each time: the token of the form and the name typed."""
    text = TOKEN.sub(b"", response.content)
    for name in names:
        text = text.replace(name.encode(), b"")
    return text
