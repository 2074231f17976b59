from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.config.checks.shipped import MODULES, shipped


@pytest.fixture
def prod(monkeypatch) -> SimpleNamespace:
    said = shipped(monkeypatch)
    for module in MODULES:
        monkeypatch.setattr(module, "settings", said)
    return said
