from __future__ import annotations

import pytest

from committees.models import User
from tests.people import a_county


@pytest.fixture
def elsewhere(db):
    return a_county("539922", name="邻水县")


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root")
