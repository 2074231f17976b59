"""What the settings promise, asked of a live connection and of a process of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.prod",
    "TXY_SECRET_KEY": "not-random-but-long-enough-for-the-checks-0123456789",
    "TXY_DATA_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE",
    "TXY_ALLOWED_HOSTS": "txy.example",
}


def manage(*arguments, **environ):
    """Run manage.py in a process of its own with nothing but `environ`."""
    return subprocess.run(
        [sys.executable, "-W", "error", settings.BASE_DIR / "manage.py", *arguments],
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 20000)],
)
def test_sqlite_keeps_what_it_acknowledged(pragma, value):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


def test_a_request_does_not_open_a_transaction_by_itself():
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False
    assert connection.settings_dict["CONN_HEALTH_CHECKS"] is True
    if connection.vendor == "sqlite":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_development_starts_with_nothing_configured(tmp_path):
    result = manage("check", "--fail-level", "WARNING", TXY_DATA_DIR=str(tmp_path / "new"))

    assert result.returncode == 0, result.stderr
    assert (tmp_path / "new").is_dir()


def test_production_passes_the_deployment_checks(tmp_path):
    result = manage(
        "check", "--deploy", "--fail-level", "INFO", TXY_DATA_DIR=str(tmp_path), **PRODUCTION
    )

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    "missing", ["TXY_SECRET_KEY", "TXY_DATA_KEYS", "TXY_ALLOWED_HOSTS", "TXY_DATA_DIR"]
)
def test_production_does_not_start_without(missing, tmp_path):
    environ = {"TXY_DATA_DIR": str(tmp_path), **PRODUCTION}
    del environ[missing]

    result = manage("check", **environ)

    assert result.returncode != 0
    assert f"{missing} is not set" in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TXY_SECRET_KEY", "short"),
        ("TXY_DATA_KEYS", "too-short"),
        ("TXY_DATA_KEYS", "-- no base 64 --"),
        ("TXY_SECRET_KEY", "django-insecure-for-development-on-this-machine-only"),
        ("TXY_DEBUG", "1"),
    ],
)
def test_production_refuses(name, value, tmp_path):
    result = manage("check", **{"TXY_DATA_DIR": str(tmp_path), **PRODUCTION, name: value})

    assert result.returncode != 0
    assert name in result.stderr


def test_production_with_a_mail_relay_passes_too_and_asks_who_writes(tmp_path):
    told = {"TXY_DATA_DIR": str(tmp_path), **PRODUCTION, "TXY_MAIL_HOST": "mail.example"}

    silent = manage("check", **told)
    fine = manage("check", "--deploy", "--fail-level", "INFO", **told, TXY_MAIL_FROM="a@b.example")

    assert "TXY_MAIL_FROM is not set" in silent.stderr
    assert fine.returncode == 0, fine.stderr


def test_production_refuses_demonstration_data_and_keeps_the_pragmas(tmp_path):
    question = (
        "from django.conf import settings as s;"
        "print(s.DEMO_DATA_ALLOWED, s.DATABASES['default']['OPTIONS']['init_command'])"
    )

    result = manage(
        "shell", "--no-imports", "-c", question, TXY_DATA_DIR=str(tmp_path), **PRODUCTION
    )

    assert result.stdout.startswith("False PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"), (
        result
    )
