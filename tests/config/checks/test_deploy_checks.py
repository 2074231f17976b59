"""Each check of an installation finds nothing in the shipped settings, and something once it is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import checks
from django.core.checks import run_checks

from config.checks import safety, storage
from config.checks.declare import DECLARED
from consultations import uploads
from tests.config.checks.shipped import DECLARING, ENVIRONMENT, found, without


@pytest.mark.parametrize("name", DECLARED)
def test_the_shipped_settings_are_right(prod, name):
    assert list(DECLARED[name]()) == []


def test_there_are_enough_of_them_and_each_says_what_to_do(prod):
    assert len(DECLARED) >= 40
    declaring = {check.__module__ for check in DECLARED.values()}
    assert declaring == {module.__name__ for module in DECLARING}
    prod.SILENCED_SYSTEM_CHECKS = ["security.W004"]
    message, hint = found(20)[0]
    assert message
    assert hint


def test_django_runs_each_of_them_only_before_a_deployment():
    shown = {message.id for message in run_checks(include_deployment_checks=True)}
    usual = {message.id for message in run_checks()}
    assert {"gov.E014", "gov.E015"} <= shown  # the tests have plain cookies
    assert not {name for name in usual if name.startswith("gov.")}
    assert all(isinstance(one, checks.Error) for one in run_checks(include_deployment_checks=True)
               if one.id.startswith("gov."))  # fmt: skip


COOKIE = {"SESSION_COOKIE_NAME": "sessionid", "CSRF_COOKIE_SECURE": False,
          "SESSION_COOKIE_HTTPONLY": False, "CSRF_COOKIE_SAMESITE": "None",
          "SESSION_COOKIE_DOMAIN": "gov.cn", "CSRF_COOKIE_PATH": "/admin/"}  # fmt: skip
LOC = "django.core.cache.backends.locmem.LocMemCache"
HASHERS = "django.contrib.auth.hashers"
# number of the check | a setting | a wrong value
WRONG = [
    (8, "MIDDLEWARE", ["django.middleware.cache.UpdateCacheMiddleware"]),
    (9, "SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies"),
    (9, "SESSION_ENGINE", "django.contrib.sessions.backends.cache"),
    (10, "SESSION_SERIALIZER", "django.contrib.sessions.serializers.PickleSerializer"),
    (11, "ALLOWED_HOSTS", ["*"]),
    (11, "ALLOWED_HOSTS", ["txy.example", ".gov.cn"]),
    (12, "SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https")),
    (12, "PROXIES", 1),
    (13, "DATA_UPLOAD_MAX_MEMORY_SIZE", None),
    (13, "DATA_UPLOAD_MAX_NUMBER_FIELDS", 100_000),
    (13, "DATA_UPLOAD_MAX_NUMBER_FILES", None),
    *((14, name, value) for name, value in COOKIE.items()),
    (15, "SECURE_SSL_REDIRECT", False),
    (15, "SECURE_HSTS_SECONDS", 3600),
    (15, "SECURE_HSTS_INCLUDE_SUBDOMAINS", False),
    (19, "SECRET_KEY", "django-insecure-" + ENVIRONMENT["TXY_SECRET_KEY"]),
    (19, "SECRET_KEY", "a" * 60),
    (19, "SECRET_KEY", "short"),
    (20, "SILENCED_SYSTEM_CHECKS", ["security.W004"]),
    (21, "DEBUG", True),
    (21, "INTERNAL_IPS", ["127.0.0.1"]),
    (21, "INSTALLED_APPS", ["committees", "zeal"]),
    (42, "TASKS", {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}),
    (22, "DATA_KEYS", []),
    (22, "DATA_KEYS", [b"a" * 32]),
    (22, "DATA_KEYS", [b"for-tests-only"]),
    (23, "PASSWORD_HASHERS", [f"{HASHERS}.MD5PasswordHasher"]),
    (23, "PASSWORD_HASHERS", [f"{HASHERS}.PBKDF2PasswordHasher", f"{HASHERS}.UnsaltedMD5Hasher"]),
    (24, "AUTH_PASSWORD_VALIDATORS", []),
    (25, "SESSION_IDLE", timedelta(hours=2)),
    (25, "SESSION_AGE", timedelta(days=14)),
    (25, "ACTIVATION_AGE", timedelta(days=30)),
    (26, "LIMITS", {}),
    (27, "CACHES", {"default": {"BACKEND": LOC}}),
    (28, "AUTHENTICATION_BACKENDS", ["django.contrib.auth.backends.ModelBackend"]),
    (29, "MEDIA_ROOT", "/srv/tongxinyuan/static/files"),
    (29, "MEDIA_URL", "/media/"),
    (30, "STORAGES", {"staticfiles": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}),
    (31, "ADMINS", [("clerk", "clerk@example.org")]),
    (32, "DEMO_DATA_ALLOWED", True),
    (33, "TIME_ZONE", "UTC"),
    (33, "USE_TZ", False),
]  # fmt: skip


@pytest.mark.parametrize(("number", "name", "value"), WRONG)
def test_a_wrong_setting_is_found(prod, number, name, value):
    setattr(prod, name, value)
    assert found(number)


def test_the_data_key_is_not_the_secret_key_again(prod):
    prod.SECRET_KEY = ENVIRONMENT["TXY_SECRET_KEY"][:32]
    prod.DATA_KEYS = [prod.SECRET_KEY.encode()]
    assert found(22)


def test_a_data_key_stands_there_once(prod):
    prod.DATA_KEYS = prod.DATA_KEYS * 2
    assert found(22)


def test_uploads_do_not_lie_in_the_program(prod):
    prod.MEDIA_ROOT = prod.BASE_DIR / "var" / "files"
    assert found(29)


@pytest.mark.parametrize("kind", safety.CEILINGS)
def test_each_limit_is_compared(prod, kind):
    most, within = prod.LIMITS[kind]
    prod.LIMITS = prod.LIMITS | {kind: (most + 1, within)}
    assert len(found(26)) == 1
    prod.LIMITS = prod.LIMITS | {kind: (most, within / 2)}
    assert len(found(26)) == 1


@pytest.mark.parametrize("validator", safety.VALIDATORS)
def test_each_rule_for_passwords_is_missed(prod, validator):
    rows = prod.AUTH_PASSWORD_VALIDATORS
    prod.AUTH_PASSWORD_VALIDATORS = [row for row in rows if validator not in row["NAME"]]
    assert len(found(24)) == 1


@pytest.mark.parametrize(
    ("directive", "sources"),
    [("script-src", ["'self'", "'unsafe-inline'"]), ("style-src", ["'unsafe-hashes'"]),
     ("img-src", ["*"]), ("connect-src", ["https:"]), ("default-src", ["'self'"]),
     ("frame-ancestors", ["'self'"]), ("base-uri", ["'self'"])],
)  # fmt: skip
def test_a_loose_policy_is_found(prod, directive, sources):
    policy = prod.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {directive: sources}
    prod.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy}
    assert found(16)


def test_the_policy_stands_first(prod):
    prod.MIDDLEWARE = ["somebody.else.Middleware", *prod.MIDDLEWARE]
    assert found(17)
    assert not found(18)


@pytest.mark.parametrize("guard", safety.IN_THIS_ORDER)
def test_each_guard_is_missed(prod, guard):
    prod.MIDDLEWARE = without(prod.MIDDLEWARE, guard)
    assert found(18)


def test_a_guard_that_stands_too_late_is_found(prod):
    guard = "config.middleware.InputSanity"
    prod.MIDDLEWARE = [*without(prod.MIDDLEWARE, guard), guard]
    assert found(18)


@pytest.mark.parametrize(
    "options",
    [{"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON"},
     {"init_command": ""}, {"transaction_mode": "DEFERRED"}, {"timeout": 5}],
)  # fmt: skip
def test_a_careless_sqlite_is_found(prod, options):
    entry = prod.DATABASES["default"]
    prod.DATABASES = {"default": entry | {"OPTIONS": entry["OPTIONS"] | options}}
    assert found(5)


def test_a_careless_postgresql_is_found(prod):
    options = {"options": "-c synchronous_commit=off"}
    prod.DATABASES = {"default": {"ENGINE": storage.POSTGRESQL, "OPTIONS": options}}
    assert found(6)
    assert not found(5)


def test_a_transaction_for_every_page_is_found(prod):
    prod.DATABASES = {"default": prod.DATABASES["default"] | {"ATOMIC_REQUESTS": True}}
    assert found(7)


@pytest.mark.parametrize("name", ["MAX_BYTES", "MAX_PIXELS", "MAX_UNPACKED"])
def test_each_bound_of_uploads_is_compared(prod, monkeypatch, name):
    monkeypatch.setattr(uploads, name, 10**12)
    assert len(found(13)) == 1


@pytest.mark.parametrize("handler", [{"class": "django.utils.log.AdminEmailHandler"},
                                     {"class": "logging.StreamHandler", "formatter": "plain"}])  # fmt: skip
def test_an_unmasked_log_is_found(prod, handler):
    formatters = prod.LOGGING["formatters"] | {"plain": {"format": "%(message)s"}}
    prod.LOGGING = {"handlers": {"other": handler}, "formatters": formatters}
    assert found(31)


@pytest.mark.parametrize(
    ("key", "value"),
    [("DEFAULT_PERMISSION_CLASSES", ["rest_framework.permissions.AllowAny"]),
     ("DEFAULT_THROTTLE_CLASSES", []), ("DEFAULT_PARSER_CLASSES", ["rest_framework.parsers.JSONParser"]),
     ("DEFAULT_RENDERER_CLASSES", ["rest_framework.renderers.BrowsableAPIRenderer"]),
     ("DEFAULT_PAGINATION_CLASS", None), ("PAGE_SIZE", 5000)],
)  # fmt: skip
def test_an_open_interface_is_found(prod, key, value):
    prod.REST_FRAMEWORK = prod.REST_FRAMEWORK | {key: value}
    assert found(34)
