"""Each check of what lies underneath, and of the open database, finds what is wrong."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.checks import platform
from config.checks.declare import ABOUT_DATABASE
from consultations import uploads
from consultations.models import JobRun
from consultations.selectors.jobs import DAILY
from consultations.services import jobs
from tests.config.checks.shipped import found


@pytest.mark.parametrize("name", platform.FLOORS)
def test_each_version_is_compared(prod, monkeypatch, name):
    real = platform.version
    monkeypatch.setattr(platform, "version", lambda one: "0.0.1" if one == name else real(one))
    assert len(found(1)) == 1


def test_an_old_reader_of_xml_is_found(prod, monkeypatch):
    monkeypatch.setattr(platform.pyexpat, "version_info", (2, 4, 0))
    assert found(2)


def test_a_spreadsheet_read_without_care_is_found(prod, monkeypatch):
    monkeypatch.setattr(platform.openpyxl, "DEFUSEDXML", False)
    assert found(3)


def test_another_kind_of_picture_is_found(prod, monkeypatch):
    monkeypatch.setitem(uploads.PHOTOS, ".tif", "TIFF")
    assert found(4)


# --- the open database ----------------------------------------------------------------------------


def asked(number: int) -> list[tuple[str, str]]:
    return list(ABOUT_DATABASE[f"gov.E{number:03}"]("default"))


@pytest.mark.django_db
def test_an_installation_where_nobody_works_off_the_queue_is_found():
    assert len(asked(52)) == 2  # neither the daily command nor a worker

    now = timezone.now()
    JobRun.objects.create(name=DAILY, started_at=now, ended_at=now)
    jobs.send_letters.enqueue()
    done = DBTaskResult.objects.get()
    done.set_successful(None)
    assert asked(52) == []

    long_ago = now - dt.timedelta(days=3)
    JobRun.objects.update(started_at=long_ago, ended_at=long_ago)
    jobs.send_letters.enqueue()
    DBTaskResult.objects.exclude(pk=done.pk).update(enqueued_at=long_ago)
    assert len(asked(52)) == 2


@pytest.mark.skipif(
    connection.vendor != "sqlite",
    reason="script/test starts its own PostgreSQL without fsync, so that it is quick: not durable",
)
@pytest.mark.django_db
def test_the_database_of_the_tests_is_durable():
    assert asked(50) == []


@pytest.mark.django_db(transaction=True)
def test_a_hasty_database_is_found():
    sqlite = connection.vendor == "sqlite"
    hasty, sound = ("PRAGMA synchronous=OFF", "PRAGMA synchronous=FULL") if sqlite else (
        "SET synchronous_commit=off", "SET synchronous_commit=on")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sound)
        before = asked(50)
        cursor.execute(hasty)
        try:
            assert len(asked(50)) == len(before) + 1
        finally:
            cursor.execute(sound)


@pytest.mark.postgresql_only
@pytest.mark.django_db
def test_an_owner_of_the_audit_log_is_found_and_a_plain_account_is_not():
    assert len(asked(51)) == 3
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE txy_plain")
        cursor.execute("GRANT SELECT, INSERT ON committees_auditentry TO txy_plain")
        cursor.execute("SET LOCAL ROLE txy_plain")
        try:
            assert asked(51) == []
        finally:
            cursor.execute("RESET ROLE")
