"""The queue: jobs of killed workers start again, old rows go, a missing worker is noticed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from consultations.models import Delivery, Notice
from consultations.selectors import jobs as seen
from consultations.services import jobs
from tests.factories import case_at
from tests.races import FORK

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def a_job(**fields) -> DBTaskResult:
    jobs.beat.enqueue()
    job = DBTaskResult.objects.latest("enqueued_at")
    DBTaskResult.objects.filter(pk=job.pk).update(**fields)
    return DBTaskResult.objects.get(pk=job.pk)


def work() -> None:
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_waits():
    job = a_job()
    connections.close_all()
    worker = FORK.Process(target=work)
    worker.start()
    worker.join(60)

    assert worker.exitcode == 0
    job.refresh_from_db()
    assert job.status == "SUCCESSFUL"
    assert not seen.worker().is_late
    assert seen.last_finished() is not None


def test_a_job_that_runs_for_more_than_an_hour_starts_again():
    now = timezone.now()
    lost = a_job(status="RUNNING", started_at=now - 2 * HOUR, worker_ids=["a"])
    fresh = a_job(status="RUNNING", started_at=now - HOUR / 2, worker_ids=["b"])

    assert jobs.requeue() == 1
    lost.refresh_from_db()
    fresh.refresh_from_db()
    assert (lost.status, fresh.status) == ("READY", "RUNNING")


def test_a_job_that_killed_too_many_workers_has_failed():
    killer = a_job(status="RUNNING", started_at=timezone.now() - 2 * HOUR, worker_ids=list("abcde"))

    assert jobs.requeue() == 1
    killer.refresh_from_db()
    assert killer.status == "FAILED"


def test_a_worker_that_is_not_there_is_noticed():
    assert not seen.worker().is_late
    call_command("run_due", verbosity=0)
    job = DBTaskResult.objects.get()
    DBTaskResult.objects.filter(pk=job.pk).update(enqueued_at=timezone.now() - HOUR)

    assert seen.worker().is_late
    page = Client().get("/readyz").content.decode()
    assert "worker: not seen for 60 minutes" in page
    call_command("run_due", verbosity=0)
    assert DBTaskResult.objects.count() == 1  # one sign of life is asked for at a time


def test_what_is_old_goes(county):
    long_ago = timezone.now() - dt.timedelta(days=500)
    case_at("proposed", county=county)
    young = Notice.objects.count() - 1
    Notice.objects.filter(pk=Notice.objects.earliest("pk").pk).update(created_at=long_ago)
    Delivery.objects.create(recipient=county.office, what="digest", key="k", created_at=long_ago)
    a_job(status="SUCCESSFUL", finished_at=long_ago)

    list(jobs.tidy())
    assert Notice.objects.count() == young
    assert not Delivery.objects.exists()
    assert not DBTaskResult.objects.filter(status="SUCCESSFUL").exists()
