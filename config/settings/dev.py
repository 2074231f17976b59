"""On one's own machine: starts with no configuration at all, shows the demonstration story."""

from config.settings.base import *  # noqa: F403  settings modules are made of each other

DEBUG = False
SECRET_KEY = "development-only-key-that-no-installation-may-ever-use"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DEMO_DATA_ALLOWED = True
