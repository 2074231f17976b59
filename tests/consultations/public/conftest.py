from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_kept():
    """The figures of the home page and the limits are kept in the cache: each test begins new."""
    cache.clear()
    yield
    cache.clear()
