"""A developer's machine, and script/server: loopback only, no configuration needed."""

from config.env import ENV
from config.secrets import data_keys
from config.settings.base import *  # noqa: F403  settings modules are layered this way in Django
from config.settings.base import DATA_DIR, STORAGES

# Not a secret: it stands in the repository. prod.py refuses it.
SECRET_KEY = ENV.secret_key or "django-insecure-for-development-on-this-machine-only"
DATA_KEYS = data_keys(ENV.data_keys) or [SECRET_KEY.encode()]
DEBUG = True if ENV.debug is None else ENV.debug
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *ENV.allowed_hosts]
INTERNAL_IPS = ["127.0.0.1"]
# Letters are printed by the worker.
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

if DEBUG:
    KEEP_PAGES = 0  # a changed template shows at once
    # `manage.py runserver` serves the files as they are, without collectstatic.
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

DATA_DIR.mkdir(parents=True, exist_ok=True)
