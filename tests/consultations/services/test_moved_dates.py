"""Who is concerned by due dates that move together is told once of all of them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from committees.grants import UNIT_ROLES
from committees.models import Parameter, RoleGrant
from consultations.calendar import Basis
from consultations.models import Case, Notice
from consultations.selectors.due_moves import digest
from consultations.selectors.local_rules import begun_otherwise
from consultations.services import due_dates, local_rules
from consultations.services.due_dates import by_rule, task_due
from tests.factories import a_task, case_at, task_at

pytestmark = pytest.mark.django_db
KEY = "reply_months"


def by_the_rule(task):
    """A running task whose date was counted by the rule, from today on."""
    fields = task_due(by_rule(task.case.region, KEY, start=task.dispatched_on))
    type(task).objects.filter(pk=task.pk).update(**fields)
    return task


def move(county, key=KEY, value=2) -> int:
    Parameter.objects.create(region=county.region, key=key, value=value,
                             effective_from="2020-01-01")  # fmt: skip
    moves = begun_otherwise(county.region, key, user=county.office)
    return local_rules.move_to_rule(
        county.region, key, by=county.office, reason="全县统一", seen=digest(moves)
    )


def people_of(unit) -> set:
    held = RoleGrant.objects.in_force().filter(unit=unit, role__in=UNIT_ROLES)
    return set(held.values_list("user", flat=True))


@pytest.mark.parametrize("batch", [500, 1])
def test_each_of_a_unit_gets_one_notice_of_three_tasks(county, monkeypatch, batch):
    monkeypatch.setattr(due_dates, "BATCH", batch)
    tasks = [by_the_rule(task_at("handling", county=county)) for _ in range(3)]

    assert move(county) == 3

    told = Notice.objects.filter(kind="dates_moved")
    assert {row.recipient_id for row in told} == people_of(county.unit)
    assert told.count() == len(people_of(county.unit))
    assert {(row.task, row.others, row.action) for row in told} == {(tasks[0], 2, "rule_moved")}


def test_the_date_of_a_case_is_told_to_who_stands_behind_it(county):
    case = case_at("proposed", county=county)

    assert move(county, key="topic_decision_days", value=7) == 1

    (told,) = Notice.objects.filter(kind="dates_moved")
    assert (told.recipient, told.case, told.task, told.others) == (county.clerk, case, None, 0)


def test_a_restricted_matter_is_told_to_no_unit(county):
    task = by_the_rule(task_at("handling", county=county))
    Case.objects.filter(pk=task.case_id).update(restricted_at="2026-01-01T00:00Z")

    assert move(county) == 1

    assert not Notice.objects.filter(kind="dates_moved").exists()


def test_the_inbox_says_how_many_others(county, client):
    for _ in range(3):
        by_the_rule(task_at("handling", county=county))
    move(county)

    client.force_login(county.officer)
    page = client.get(reverse("my:notices"))
    (line,) = [row for row in page.context["box"].lines if row.notice.kind == "dates_moved"]
    with translation.override("en"):
        assert line.others == "and 2 others"


def test_the_cost_grows_by_batches_and_not_by_tasks(county, django_assert_max_num_queries):
    case = case_at("handling", county=county)
    first = by_the_rule(case.tasks.get())
    for number in (2, 3):
        other = a_task(first.item, unit=county.unit, number=number)
        fields = {"state": "handling", "dispatched_on": first.dispatched_on}
        basis = by_rule(case.region, KEY, start=first.dispatched_on)
        type(other).objects.filter(pk=other.pk).update(**fields, **task_due(basis))
    assert basis.origin == Basis.RULE

    with django_assert_max_num_queries(45):
        assert move(county) == 3
