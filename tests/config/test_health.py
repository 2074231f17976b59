"""/healthz asks nothing, /readyz asks everything, and neither tells a stranger why not."""

import datetime as dt
import shutil

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from config import health
from consultations.models import JobRun
from consultations.selectors.jobs import DAILY

WHOLE = ["database: ok", "migrations: ok", "disk: ok", "cache: ok", "daily command: ok",
         "worker: ok"]  # fmt: skip


@pytest.fixture
def ran(db):
    """The daily command has just done its work."""
    call_command("run_due")


def lines(response) -> list[str]:
    return response.content.decode().splitlines()


def late(words: str) -> list[str]:
    """What is told where only the daily command is late."""
    told = f"daily command: {words}"
    return ["degraded", *(told if line.startswith("daily command") else line for line in WHOLE)]


def test_alive_without_a_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_ready_in_six_queries(client, ran, django_assert_max_num_queries):
    health.latest_migrations()

    with django_assert_max_num_queries(6):
        response = client.get("/readyz")

    assert response.status_code == 200
    assert lines(response) == ["ready", *WHOLE]


def test_degraded_but_in_service_while_the_daily_command_is_late(client, ran, caplog):
    after = JobRun.objects.get(name=DAILY).ended_at + dt.timedelta(hours=26)

    with time_machine.travel(after - dt.timedelta(minutes=1), tick=False):
        assert "daily command: ok" in lines(client.get("/readyz"))
    with time_machine.travel(after + dt.timedelta(minutes=1), tick=False):
        response = client.get("/readyz")

    assert response.status_code == 200
    assert lines(response)[0] == "degraded"
    assert "daily command: not done for 26 hours" in lines(response)
    assert "latest run: done" in caplog.text


def test_degraded_while_the_daily_command_never_ran(client, db):
    assert lines(client.get("/readyz")) == late("never done")


def test_a_run_that_failed_does_not_count(client, ran, caplog):
    JobRun.objects.update(error="RuntimeError: disk full")

    assert "daily command: never done" in lines(client.get("/readyz"))
    assert "disk full" in caplog.text
    assert "disk full" not in client.get("/readyz").content.decode()


@pytest.mark.parametrize("fault", ["raises", "forgets"])
def test_degraded_while_the_cache_does_not_work(client, ran, monkeypatch, fault):
    def broken(key):
        if fault == "raises":
            raise ConnectionError("redis://name:password@host")

    monkeypatch.setattr(caches["default"], "get", broken)

    response = client.get("/readyz")

    assert response.status_code == 200
    assert lines(response)[0] == "degraded"
    assert f"cache: {'no answer' if fault == 'raises' else 'forgets'}" in lines(response)
    assert "password" not in response.content.decode()


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client, caplog):
    app, name = max(health.latest_migrations())
    MigrationRecorder(connection).record_unapplied(app, name)

    assert_not_ready(client.get("/readyz"), "migrations: 1 missing")
    assert name in caplog.text


@pytest.mark.django_db
def test_not_ready_on_a_full_disk(client, monkeypatch, caplog):
    usage = shutil.disk_usage("/")._replace(free=1024)
    monkeypatch.setattr("config.health.shutil.disk_usage", lambda path: usage)

    assert_not_ready(client.get("/readyz"), "disk: full")
    assert "1024 bytes free" in caplog.text


def test_not_ready_without_a_database(client, monkeypatch, caplog):
    def refuse():
        raise DatabaseError("could not connect as txy with password hidden")

    monkeypatch.setattr(connection, "cursor", refuse)

    assert_not_ready(client.get("/readyz"), "database: no answer")
    assert "hidden" not in caplog.text


def test_only_asking_is_allowed(client):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405


def assert_not_ready(response, why):
    assert response.status_code == 503
    assert lines(response)[0] == "not ready"
    assert why in lines(response)
