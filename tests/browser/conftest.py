from __future__ import annotations

import pytest

from tests.browser.phone import Phone


@pytest.fixture
def phone(page, live_server) -> Phone:
    return Phone(page, live_server.url)


@pytest.fixture
def sign_in(phone):
    return phone.sign_in
