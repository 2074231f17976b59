"""An installation that people work with: HTTPS, a key of its own, no demonstration data."""

from django.core.exceptions import ImproperlyConfigured

from config.env import ENV, required
from config.secrets import data_keys
from config.settings.base import *  # noqa: F403  settings modules are layered this way in Django
from config.settings.base import PAGES

SECRET_KEY = required(
    ENV.secret_key,
    "TXY_SECRET_KEY",
    hint="Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'",
)
if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("django-insecure"):
    raise ImproperlyConfigured("TXY_SECRET_KEY must be random and at least 50 characters long.")
# The first writes, the others still read: docs/operator-guide.md tells how to change them.
DATA_KEYS = data_keys(
    required(
        ENV.data_keys,
        "TXY_DATA_KEYS",
        hint="Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'",
    )
)
if ENV.debug:
    raise ImproperlyConfigured("TXY_DEBUG shows the inside of the program to anyone: remove it.")
ALLOWED_HOSTS = list(
    required(
        ENV.allowed_hosts,
        "TXY_ALLOWED_HOSTS",
        hint="Name the hosts people type, separated by commas: txy.example.gov.cn",
    )
)
required(
    ENV.data_dir, "TXY_DATA_DIR", hint="Name a directory outside the program: /srv/tongxinyuan"
)

DEMO_DATA_ALLOWED = False

# Letters go out over one relay; without one there are none, and the inbox is all.
MAIL_ON = bool(ENV.mail_host)
if MAIL_ON:
    required(ENV.mail_from, "TXY_MAIL_FROM", hint="Name the address that letters come from.")
    EMAIL_HOST = ENV.mail_host
    EMAIL_PORT = ENV.mail_port
    EMAIL_HOST_USER = ENV.mail_user or ""
    EMAIL_HOST_PASSWORD = ENV.mail_password or ""
    EMAIL_USE_SSL = ENV.mail_port == 465
    EMAIL_USE_TLS = not EMAIL_USE_SSL and ENV.mail_host not in ("localhost", "127.0.0.1", "::1")
SITE_URL = ENV.site_url or f"https://{ALLOWED_HOSTS[0]}"

# Shared by all processes: limits that are counted per process are no limits.
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV.cache_url}
        if ENV.cache_url
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "txy_cache"}
    ),
    "pages": PAGES,
}

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
# For this host and the names below it; other systems beside it under the same domain are not touched.
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if ENV.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
