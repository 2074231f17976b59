from __future__ import annotations

import pytest

from tests.people import a_county


@pytest.fixture
def county(db):
    return a_county()
