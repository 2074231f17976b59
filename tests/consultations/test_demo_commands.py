"""When the story is told and when not, on which day, and by which clock."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from committees.models import Region
from consultations.demo.clock import Clock, set_to
from consultations.demo.people import PASSWORD
from consultations.demo.places import COUNTY
from consultations.demo.seed import seed
from consultations.models import Case, Event, Suggestion, Task
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskState
from tests.consultations.reference import reference_data


def test_without_the_story_no_account_is_printed(db, capsys):
    call_command("demo_accounts")

    assert PASSWORD not in capsys.readouterr().out


def test_settings_that_refuse_demonstration_data_are_obeyed(db, settings):
    reference_data()
    settings.DEMO_DATA_ALLOWED = False

    with pytest.raises(CommandError):
        call_command("seed_demo")

    assert not Region.objects.filter(code=COUNTY).exists()


def test_without_reference_data_the_command_says_what_to_do_first(db):
    with pytest.raises(CommandError, match="load_reference"):
        call_command("seed_demo")


def test_the_story_is_the_same_on_any_day(db):
    """Also in the days of the Spring Festival of a year that is not in the calendar yet."""
    reference_data()
    today = dt.date(2027, 2, 8)

    seed(today=today)

    stages = Counter(Case.objects.values_list("stage", flat=True))
    assert set(stages) == set(Stage.values)
    assert sum(stages.values()) == 37
    assert set(Task.objects.values_list("state", flat=True)) == set(TaskState.values)
    assert timezone.localdate(Event.objects.latest("at").at) <= today


def test_the_clock_of_the_story_is_given_back(db):
    clock = Clock(dt.date(2026, 5, 20))
    clock.turn_to(10)

    with set_to(clock):
        told = timezone.localdate(), Suggestion().received_at
    after = timezone.now()

    assert told == (dt.date(2026, 5, 9), clock.moment)
    assert abs(after - dt.datetime.now(tz=dt.UTC)) < dt.timedelta(minutes=1)


def test_the_clock_does_not_run_backwards():
    clock = Clock(dt.date(2026, 5, 20))
    clock.turn_to(10)

    with pytest.raises(ValueError, match="back in time"):
        clock.turn_to(30)
