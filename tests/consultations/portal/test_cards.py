"""A card of a list offers the steps that are possible now, and says of the others why they are not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees.grants import grants_of
from committees.models import Parameter
from consultations.models import Task
from consultations.offers import actions_for
from consultations.portal.lines import facts_for, line_of
from consultations.selectors.card_facts import Rules, facts_of
from tests.factories import TASK_WAYS, task_at, task_step
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db
PEOPLE = ("officer", "unit_leader", "member", "village_clerk", "office")


def card(person, task):
    request = RequestFactory().get("/my/")
    request.user = person
    task = Task.objects.select_related("unit", "case__region", "lead").get(pk=task.pk)
    return line_of(request, task, facts=facts_for(request, [task])[task.pk])


def handed_over(task: Task, *, days_ago: int) -> Task:
    Task.objects.filter(pk=task.pk).update(
        dispatched_on=timezone.localdate() - dt.timedelta(days=days_ago)
    )
    task.refresh_from_db()
    return task


def labels(line) -> tuple[set[str], dict[str, list[str]]]:
    offered = {step.url.split("/")[-2] for step in line.steps}
    return offered, {offer.row.action: offer.reasons for offer in line.against}


def test_a_step_that_is_not_possible_now_is_no_button_and_its_reason_is_told(county):
    task = handed_over(task_at("handling", county=county), days_ago=60)

    offered, against = labels(card(county.unit_leader, task))

    assert "request_return" not in offered
    assert "reply" not in offered
    assert {"request_return", "reply"} <= set(against)
    page = Colleague(county.unit_leader).open("/my/tasks/?box=mine")
    assert f"/my/tasks/{task.pk}/reply/?list=1" not in page.links
    for reasons in against.values():
        assert all(reason in page.text for reason in reasons)


def test_as_soon_as_it_is_possible_it_is_a_button(county):
    task = task_at("handling", county=county)
    assert "reply" in labels(card(county.unit_leader, task))[1]
    task_step(task, "draft_reply", county=county)
    offered, against = labels(card(county.unit_leader, task))
    assert "reply" in offered
    assert "reply" not in against


def test_who_asked_once_is_told_so_on_the_card(county):
    task = task_at("return_requested", county=county)
    task_step(task, "keep", county=county)
    assert "request_return" in labels(card(county.unit_leader, task))[1]


def test_who_asked_for_more_time_once_is_told_so_on_the_card(county):
    task = task_at("handling", county=county)
    Task.objects.filter(pk=task.pk).update(due_on=timezone.localdate() + dt.timedelta(days=90))
    task.refresh_from_db()
    assert "request_extension" in labels(card(county.unit_leader, task))[0]
    task_step(task, "request_extension", county=county)
    offered, against = labels(card(county.unit_leader, task))
    assert "request_extension" not in offered
    assert "request_extension" in against


@pytest.mark.parametrize("state", TASK_WAYS)
def test_the_card_says_what_the_page_of_the_task_says(county, state):
    """With what was read for all cards the guards answer as they do by themselves."""
    task = task_at(state, county=county)
    for who in PEOPLE:
        person = getattr(county, who)
        roles = {grant.role for grant in grants_of(person)}
        facts = facts_of([task], by=person, roles=roles)[task.pk]
        alone = actions_for(person, task)
        assert actions_for(person, task, known=facts) == alone, who
        line = card(person, task)
        possible = {offer.row.action for offer in alone if offer.is_open} | {"verify"}
        assert labels(line)[0] <= possible, who
        if line.one_tap:
            assert line.one_tap.action in possible


@pytest.mark.parametrize(
    ("who", "state", "url"),
    [("officer", "dispatched", "/my/tasks/?box=new"), ("officer", "handling", "/my/tasks/?box=mine"),
     ("unit_leader", "handling", "/my/tasks/?box=mine"), ("unit_leader", "handling", "/my/"),
     ("officer", "handling", "/my/"), ("member", "answered", "/my/"),
     ("village_clerk", "answered", "/my/"), ("office", "answered", "/my/")],
)  # fmt: skip
def test_three_cards_cost_as_many_queries_as_one(county, who, state, url):
    person = Colleague(getattr(county, who))
    task_at(state, county=county)
    person.open(url)
    with CaptureQueriesContext(connection) as one:
        first = person.open(url)
    for _number in range(2):
        task_at(state, county=county)
    with CaptureQueriesContext(connection) as three:
        page = person.open(url)
    assert page.text.count("修复渗漏段") > first.text.count("修复渗漏段") > 0
    assert len(three) <= len(one)


@pytest.mark.parametrize(("days_ago", "value"), [(0, 3), (5, 3), (20, 8), (100, 5)])
def test_a_rule_is_that_of_its_day_and_of_the_nearest_place(county, days_ago, value):
    today = timezone.localdate()

    def rule(region, number: int, days: int) -> None:
        Parameter.objects.create(region=region, key="return_window_days", value=number,
                                 effective_from=today - dt.timedelta(days=days))  # fmt: skip

    rule(county.region.parent, 8, 50)
    rule(county.region, 3, 10)
    day = today - dt.timedelta(days=days_ago)
    found = Rules(["return_window_days"]).value(county.village, "return_window_days", on=day)
    assert found == (5 if days_ago == 100 else value)


def test_only_what_is_late_is_red(county):
    task = task_at("handling", county=county)
    address = f"/my/tasks/{task.pk}/"

    client = Client()
    client.force_login(county.officer)
    pages = [client.get(path).content.decode() for path in ("/my/", address)]
    assert all("status--wait" in html for html in pages)
    assert not any("status--now" in html or "status--bad" in html for html in pages)

    day = timezone.localdate() - dt.timedelta(days=3)
    Task.objects.filter(pk=task.pk).update(due_on=day)

    for path in ("/my/", address):
        assert "status--bad" in client.get(path).content.decode()
