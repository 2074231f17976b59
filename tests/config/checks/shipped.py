"""The settings of an installation as they are shipped, and what a check finds in them."""

from __future__ import annotations

import importlib
import os
import sys
from types import SimpleNamespace

from django.conf import global_settings

from config.checks import code, platform, running, safety, storage
from config.checks.declare import DECLARED
from tests.config.test_settings import PRODUCTION

MODULES = (code, running, safety, storage)  # each reads the settings
DECLARING = (*MODULES, platform)  # a check is declared where its module is imported
LAYERS = ("config.env", "config.settings.base", "config.settings.prod")
ENVIRONMENT = PRODUCTION | {
    "TXY_SECRET_KEY": "Zq3vN8xT1mKc7LwYb5RdHs2Jf9GpUe4AoXi6MtVyCnBkQrWzDhSg0EjPlFuO",
    "TXY_DATA_KEYS": "oT3Yk1Vd8sQpXw5Zr7Lm2Nc9Bf4Gh6Jt0Ue_Ai-KxEM",
    "TXY_DATA_DIR": "/srv/tongxinyuan",
}


def shipped(monkeypatch) -> SimpleNamespace:
    """The settings of an installation, read anew from such an environment."""
    for name in [name for name in os.environ if name.startswith("TXY_")]:
        monkeypatch.delenv(name)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for name in LAYERS:
        monkeypatch.delitem(sys.modules, name, raising=False)
    layer = importlib.import_module(LAYERS[-1])
    values = {n: getattr(m, n) for m in (global_settings, layer) for n in dir(m) if n.isupper()}
    return SimpleNamespace(**values)


def found(number: int) -> list[tuple[str, str]]:
    return list(DECLARED[f"gov.E{number:03}"]())


def without(items: list, *gone: str) -> list:
    return [item for item in items if item not in gone]
