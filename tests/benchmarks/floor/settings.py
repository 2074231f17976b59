from pathlib import Path

from config.databases import database
from config.env import ENV

SECRET_KEY = "only-for-the-benchmark"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.benchmarks.floor.urls"
MIDDLEWARE = ["tests.benchmarks.probe.tell_cost"]
INSTALLED_APPS = ["tests.benchmarks.floor"]
DATABASES = {"default": database(ENV.database_url, data_dir=ENV.data_dir)}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
