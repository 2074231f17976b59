"""The tests: fast passwords, files in a directory of this process alone, N+1 queries raise on SQLite."""

import atexit
import shutil
import tempfile
from pathlib import Path

from config.databases import SQLITE, database
from config.env import ENV
from config.settings.base import *  # noqa: F403  settings modules are layered this way in Django
from config.settings.base import INSTALLED_APPS, LIMITS, MIDDLEWARE, STORAGES

SECRET_KEY = "for-tests-only-for-tests-only-for-tests-only-for-tests-only"  # noqa: S105  signs nothing real
DATA_KEYS = [b"for-tests-only-for-tests-only-32"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
# Whoever asks every address as everybody asks often; the limits have tests of their own.
LIMITS = LIMITS | {"api": (100_000, LIMITS["api"][1])}
# Tests change records behind the back of the services.
KEEP_PAGES = 0

if ENV.data_dir is None:
    DATA_DIR = Path(tempfile.mkdtemp(prefix="tongxinyuan-test-"))
    atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
else:
    DATA_DIR = ENV.data_dir
MEDIA_ROOT = DATA_DIR / "files"
STATIC_ROOT = DATA_DIR / "static"

DATABASES = {"default": database(ENV.database_url, data_dir=DATA_DIR)}
if DATABASES["default"]["ENGINE"] == SQLITE:
    # The pages ask the same questions on either database: they are watched on one.
    INSTALLED_APPS += ["zeal"]
    MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
    ZEAL_RAISE = True
    # A file, since a database in memory knows no WAL, and threads and processes must be able to race.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
