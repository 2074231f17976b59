"""For the tests: quick passwords, plain static files, a database file that processes can share."""

from config.settings.base import *  # noqa: F403  settings modules are made of each other
from config.settings.base import DATA_DIR, DATABASES, STORAGES

SECRET_KEY = "test-only-key-that-no-installation-may-ever-use"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO_DATA_ALLOWED = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "test-files"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
