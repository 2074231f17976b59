"""Synthetic cases: many, marked, reproducible, and never beside what staff entered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from committees.models import HandlingUnit, Origin, Region, Studio
from consultations.models import Campaign, Case, Event, SearchDoc, Task
from consultations.selectors.search import find_cases
from consultations.services import cases as case_services
from consultations.services import search
from tests.factories import a_case

pytestmark = pytest.mark.usefixtures("county")

UNTIL = dt.date(2026, 6, 30)


def make(number: int = 60, **options) -> None:
    call_command("make_synthetic", cases=number, until=UNTIL, verbosity=0, **options)


def drawn() -> list[tuple]:
    cases = Case.objects.order_by("pk").values_list(
        "title", "problem", "stage", "region", "listed_at", "steps_recorded", "is_public"
    )
    return list(cases)


def test_they_are_marked_and_not_counted():
    make()
    assert Case.objects.count() == 60
    assert Case.objects.countable().count() == 0
    assert all(title.startswith("压测") for title in Case.objects.values_list("title", flat=True))
    for model in (Case, Studio, HandlingUnit, Campaign):
        own = model.objects.filter(origin=Origin.SYNTHETIC)
        assert own.exists(), model
    names = Studio.objects.filter(origin=Origin.SYNTHETIC).values_list("name", flat=True)
    assert all(name.startswith("压测") for name in names)


def test_the_same_seed_makes_the_same_cases():
    runs = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            make(seed=seed)
            runs.append(drawn())
            transaction.set_rollback(True)
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_the_spread_is_like_real_life():
    make(400)
    public = Case.objects.public().count() / 400
    assert 0.7 < public < 0.9
    assert Case.objects.values("stage").distinct().count() >= 10
    assert Case.objects.values("year").distinct().count() >= 5
    with_items = Case.objects.filter(items__isnull=False).distinct().count()
    assert 0.4 < with_items / 400 < 0.8
    assert Task.objects.count() == 4 * with_items
    assert 8 < Event.objects.count() / 400 < 14
    assert not Event.objects.filter(at__date__gt=UNTIL).exists()


def test_every_row_satisfies_what_validation_asks():
    make(30)
    for case in Case.objects.all():
        case.full_clean()
    for task in Task.objects.all():
        task.full_clean()


def test_the_index_row_is_the_one_the_service_writes():
    make(20)
    before = dict(SearchDoc.objects.values_list("case", "words"))
    search.rebuild(Case.objects.all())
    after = dict(SearchDoc.objects.values_list("case", "words"))
    assert {pk: sorted(words.split()) for pk, words in before.items()} == {
        pk: sorted(words.split()) for pk, words in after.items()
    }
    case = Case.objects.first()
    assert case in find_cases(Case.objects.all(), case.place)


def test_ordinary_records_can_be_made_afterwards(county):
    make(5)
    assert a_case(county=county).pk > 5


def test_a_second_run_adds_more():
    make(5)
    make(5, seed=2)
    assert Case.objects.count() == 10


def test_refused_where_staff_have_entered_cases(county):
    case_services.create(by=county.clerk, title="真实事项", problem="…", region=county.village)
    with pytest.raises(CommandError):
        make(1)
    assert Case.objects.count() == 1
    make(1, database_is_disposable=True)
    assert Case.objects.count() == 2


def test_refused_on_an_installation_without_trial_data(settings):
    settings.DEMO_DATA_ALLOWED = False
    with pytest.raises(CommandError):
        make(1)
    assert not Case.objects.exists()


def test_refused_without_regions():
    Region.objects.update(is_demo=True)
    with pytest.raises(CommandError):
        make(1)
