"""The settings of script/server, with what a page cost told in its headers when asked."""

from config.settings.dev import *  # noqa: F403  settings modules are layered this way in Django
from config.settings.dev import LIMITS, MIDDLEWARE

DEMO_DATA_ALLOWED = True
MIDDLEWARE = ["tests.benchmarks.probe.tell_cost", *MIDDLEWARE]
# One caller asks some thousand times a minute.
LIMITS = LIMITS | {"api": (1_000_000, LIMITS["api"][1])}
