"""/healthz asks nothing, /readyz asks everything, and neither tells a stranger why not."""

import shutil

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from config import health


def test_alive_without_a_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_ready_in_two_queries(client, django_assert_max_num_queries):
    health.latest_migrations()

    with django_assert_max_num_queries(3):
        response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client, caplog):
    app, name = max(health.latest_migrations())
    MigrationRecorder(connection).record_unapplied(app, name)

    assert_not_ready(client.get("/readyz"))
    assert name in caplog.text


@pytest.mark.django_db
def test_not_ready_on_a_full_disk(client, monkeypatch, caplog):
    usage = shutil.disk_usage("/")._replace(free=1024)
    monkeypatch.setattr("config.health.shutil.disk_usage", lambda path: usage)

    assert_not_ready(client.get("/readyz"))
    assert "1024 bytes free" in caplog.text


def test_not_ready_without_a_database(client, monkeypatch, caplog):
    def refuse():
        raise DatabaseError("could not connect as txy with password hidden")

    monkeypatch.setattr(connection, "cursor", refuse)

    assert_not_ready(client.get("/readyz"))
    assert "hidden" not in caplog.text


def test_only_asking_is_allowed(client):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405


def assert_not_ready(response):
    assert (response.status_code, response.content) == (503, b"not ready\n")
