from __future__ import annotations

import pytest

from tests.factories import County, a_county


@pytest.fixture
def county(db) -> County:
    return a_county()
