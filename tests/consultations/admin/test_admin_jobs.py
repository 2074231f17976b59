"""The list of runs: how each ended, and whether the daily command is late."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultations.models import JobRun
from consultations.selectors.jobs import RunState, state_of
from consultations.services import daily

URL = "/admin/consultations/jobrun/"
HOUR = dt.timedelta(hours=1)


def note(client) -> dict:
    return client.get(URL).context["note"]


def test_the_system_administrator_sees_the_last_runs(county, enter, db):
    call_command("run_due")
    client = enter(county.system_admin)

    page = client.get(URL)

    runs = list(page.context["cl"].queryset)
    assert {run.name for run in runs} == {"run_due", *(piece.name for piece in daily.PIECES)}
    assert len(runs) == JobRun.objects.count() == 1 + len(daily.PIECES)
    assert "run_due" in page.content.decode()
    assert not page.context["note"]["is_late"]
    assert enter(county.office).get(URL).status_code == 404


def test_the_list_warns_when_the_daily_command_did_not_run(county, enter):
    client = enter(county.system_admin)
    assert note(client)["is_late"]

    began = timezone.now() - 27 * HOUR
    run = JobRun.objects.create(name="run_due", started_at=began, ended_at=began)
    assert note(client)["is_late"]
    JobRun.objects.filter(pk=run.pk).update(ended_at=timezone.now())
    assert not note(client)["is_late"]
    JobRun.objects.filter(pk=run.pk).update(name="something_else")
    assert note(client)["is_late"]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"ended_at": timezone.now()}, RunState.DONE),
        ({"ended_at": timezone.now(), "error": "RuntimeError: x"}, RunState.FAILED),
        ({"started_at": timezone.now() - HOUR}, RunState.RUNNING),
        ({"started_at": timezone.now() - 3 * HOUR}, RunState.BROKEN_OFF),
    ],
)
def test_how_a_run_stands(fields, state):
    assert state_of(JobRun(name="run_due", **{"started_at": timezone.now(), **fields})) == state
